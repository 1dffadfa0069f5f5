/** The independent judge: llvm-mc 22, driven in batches, with its answers put back to the lines they belong to. */
import { spawn, spawnSync } from 'node:child_process'
import { MAX_INSTRUCTION_BYTES } from '../src/encoder/code-buffer.ts'

/** More lines than this a process only cost memory. */
export const BATCH_LINES = 15_000

const CANDIDATES = ['llvm-mc-22', 'llvm-mc']
const COMMON = ['-triple=x86_64', '--output-asm-variant=1']
/** What no sample is: it closes each block of bytes to decode. */
const SENTINEL = 'movabs r11, 3689348814741910323'
const SENTINEL_BLOCK = '[0x49 0xbb 0x33 0x33 0x33 0x33 0x33 0x33 0x33 0x33]'

export interface Oracle {
  /** As llvm-mc names itself, `LLVM version 22.1.8`. */
  readonly version: string
  /** The bytes of each line of Intel text, as hex; null for a line that is not accepted. */
  assemble(lines: readonly string[]): Promise<(string | null)[]>
  /** Each byte string (hex) as Intel text, instructions joined by `; `; null where it is no code. */
  disassemble(codes: readonly string[]): Promise<(string | null)[]>
}

/** Everything llvm-mc can encode: without this it prefers, or refuses, by the features of a plain x86-64. */
function allFeatures(command: string): string[] {
  const help = spawnSync(command, ['-triple=x86_64', '-mattr=help'], { input: '', encoding: 'utf8' }).stderr
  const section = help.slice(help.indexOf('Available features'))
  const isa =
    /^(adx|aes|amx-|avx|bmi|cldemote|clflushopt|clwb|cmov|crc32|cx|f16c|fma$|gfni|lzcnt|movbe|movdir|mmx|pclmul|popcnt|prefetch|prfchw|rdpid|rdrnd|rdseed|rtm|serialize|sha|sm3|sm4|sse|ssse|vaes|vpclmul|waitpkg|xsave)/
  return [...section.matchAll(/^ {2}(\S+) +- /gm)].map((match) => match[1]!).filter((name) => isa.test(name))
}

function run(
  command: string,
  args: readonly string[],
  input: string,
): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk
    })
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', () => resolve({ stdout, stderr }))
    child.stdin.end(input)
  })
}

/** The lines (from 0) that llvm-mc complained about. */
function failedLines(stderr: string, severity: 'error' | 'warning'): Set<number> {
  const pattern = new RegExp(`^<stdin>:(\\d+):\\d+: ${severity}:`, 'gm')
  return new Set([...stderr.matchAll(pattern)].map((match) => Number(match[1]) - 1))
}

/** Answers come in the order of the lines, and lines with errors have none. */
async function assembleBatch(
  command: string,
  mattr: string,
  lines: readonly string[],
): Promise<(string | null)[]> {
  const args = [...COMMON, mattr, '-x86-asm-syntax=intel', '--show-encoding']
  const { stdout, stderr } = await run(command, args, `${lines.join('\n')}\n`)
  const failed = failedLines(stderr, 'error')
  const encodings = [...stdout.matchAll(/# encoding: \[([^\]]*)\]/g)]
    .map((match) => match[1]!.replaceAll('0x', '').replaceAll(',', ''))
    // What is too long is an error, and printed all the same.
    .filter((hex) => hex.length <= 2 * MAX_INSTRUCTION_BYTES)
  if (encodings.length !== lines.length - failed.size) {
    throw new Error(
      `${command}: ${encodings.length} encodings for ${lines.length} lines with ${failed.size} errors`,
    )
  }
  let next = 0
  return lines.map((_, line) => (failed.has(line) ? null : encodings[next++]!))
}

async function disassembleBatch(
  command: string,
  mattr: string,
  codes: readonly string[],
): Promise<(string | null)[]> {
  const blocks = codes.map((hex) => `[${hex.replace(/../g, '0x$& ').trimEnd()}]\n${SENTINEL_BLOCK}`)
  const { stdout, stderr } = await run(command, [...COMMON, mattr, '--disassemble'], `${blocks.join('\n')}\n`)
  const failed = failedLines(stderr, 'warning')
  const answers: string[] = []
  let current: string[] = []
  for (const raw of stdout.split('\n')) {
    // LLVM shows a missing index where the base has the low bits of rsp, but for rsp and r12.
    const text = raw
      .replace(/#.*$/, '')
      .trim()
      .replace(/\s+/g, ' ')
      .replace(/\b(r20d?|r28d?) \+ [er]iz\b/, '$1')
    if (text === SENTINEL) {
      answers.push(current.join('; '))
      current = []
    } else if (text !== '' && !text.startsWith('.')) current.push(text)
  }
  if (answers.length !== codes.length) {
    throw new Error(`${command}: ${answers.length} answers for ${codes.length} byte strings`)
  }
  return answers.map((text, index) => (failed.has(2 * index) ? null : text))
}

async function inBatches<T>(
  items: readonly string[],
  each: (batch: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const results: T[] = []
  for (let from = 0; from < items.length; from += BATCH_LINES) {
    results.push(...(await each(items.slice(from, from + BATCH_LINES))))
  }
  return results
}

/** The oracle of this machine, or null where no llvm-mc of version 22 or later is installed. */
export function findOracle(): Oracle | null {
  for (const command of CANDIDATES) {
    const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' })
    const version = /LLVM version (\d+)\S*/.exec(stdout ?? '')
    if (version === null || Number(version[1]) < 22) continue
    const mattr = `-mattr=${allFeatures(command)
      .map((name) => `+${name}`)
      .join(',')}`
    return {
      version: version[0],
      assemble: (lines) => inBatches(lines, (batch) => assembleBatch(command, mattr, batch)),
      disassemble: (codes) => inBatches(codes, (batch) => disassembleBatch(command, mattr, batch)),
    }
  }
  return null
}
