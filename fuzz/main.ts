/** The fuzzer's command line: `npm run fuzz -- COMMAND [--seconds N | --cases N] [--seed S] [--only text]`. */
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { PREFERENCES } from '../src/microkernel/targets/index.ts'
import { type CorpusLine, DECODE_CORPUS, ENCODE_CORPUS, fileFinds } from './corpus.ts'
import { measureCoverage } from './coverage.ts'
import { type DecodeJudge, describeDecode, icedJudge, llvmJudge, runDecode } from './decode.ts'
import { compileAndDispose, growth } from './dispose.ts'
import { type FuzzOptions, runEncode } from './encode-run.ts'
import { runIllegal } from './illegal-run.ts'
import { openDisassembler } from './libllvm.ts'
import { findOracle, type Oracle } from './oracle.ts'
import { checkProducts, runOf, runsFor } from './products.ts'
import { Progress } from './report.ts'
import { runRoundtrip } from './roundtrip.ts'
import { formsOnly } from './selection.ts'

const USAGE = `usage: npm run fuzz -- COMMAND [--seconds N | --cases N] [--seed S] [--only TEXT]

encode    every form with operands from every range, then random ones, held against llvm-mc 22:
          the same bytes, or others that decode to the same instruction and are no longer
illegal   operands with one thing wrong: what we refuse llvm-mc must refuse too, or the leniency
          is listed in fuzz/disagreements.ts; what we encode all the same it must encode alike

decode    random and mutated bytes: what LLVM (or iced) reads in them, and what we do
roundtrip what is encoded decodes to the same, what is decoded encodes to no more bytes, what is
          formatted parses to the same bytes; needs no oracle

gemm      random matrix products over all options against the reference, between guard pages, for each target
          that this CPU runs (10,000 unless --cases says otherwise)
dispose   compiles and disposes kernels (10,000), and looks at mappings, memory and threads

coverage  all that llvm-mc 22 knows in 64-bit mode, found by its disassembler: the share that the tables
          have, and what is missing (takes two minutes; the options below do not matter)

  --seconds N   stop after N seconds
  --cases N     stop after N cases
  --seed S      of the random operands (printed at the end)
  --only TEXT   only mnemonics with TEXT in them, or forms of a CPUID feature with TEXT in its name:
                vaddps, avx512, avx10.2, base (decode: to make bytes from)
  --oracle NAME encode and decode: llvm-mc (LLVM 22; to decode, as a library) or iced

What is found is shown, and filed, shrunk, under fuzz/corpus for the tests to replay.`

interface Options extends FuzzOptions {
  readonly oracle: 'llvm-mc' | 'iced'
}

/** What a run came to, and who judged. */
interface Outcome {
  readonly cases: number
  readonly mismatches: number
  readonly judge: string
}

/** Runs and prints what it found; null where the oracle is not installed. */
type Command = (options: Options, progress: Progress) => Promise<Outcome | null>

/** A command that llvm-mc judges. */
function judgedByLlvmMc(
  run: (
    oracle: Oracle,
    options: Options,
    progress: Progress,
  ) => Promise<{ readonly cases: number; readonly mismatches: number }>,
): Command {
  return async (options, progress) => {
    const oracle = findOracle()
    if (oracle === null) return null
    return { ...(await run(oracle, options, progress)), judge: oracle.version }
  }
}

/** Mismatches shown in full. */
const SHOWN = 20
/** Where a run would never end by itself. */
const DEFAULT_CASES = 300_000

/** Products, and kernels that are compiled and disposed, unless said. */
const PRODUCTS = 10_000

/** Keeps finds for the tests to replay. */
function file(finds: readonly CorpusLine[], corpus: string): void {
  const filed = fileFinds(finds, corpus)
  if (filed > 0) console.log(`${filed} new finds are in fuzz/corpus/${basename(corpus)}`)
}

function limited(options: Options): Options {
  const isLimited = Number.isFinite(options.seconds) || Number.isFinite(options.cases)
  return isLimited ? options : { ...options, cases: DEFAULT_CASES }
}

const COMMANDS: Readonly<Record<string, Command>> = {
  async gemm(options, progress) {
    const cases = Number.isFinite(options.cases) ? options.cases : PRODUCTS
    const targets = PREFERENCES.f32.map((name) => ({ name, run: runOf(name), runs: runsFor(name, cases) }))
    let mismatches = 0
    for (const { name: target, run, runs } of targets) {
      progress.show(`${target}: ${runs} products, ${run}`)
      try {
        checkProducts(target, runs, options.seed | 0)
      } catch (error) {
        if (!(error instanceof Error)) throw error
        mismatches++
        console.log(`${target}: ${error.message}`)
      }
    }
    progress.clear()
    const total = targets.reduce((sum, { runs }) => sum + runs, 0)
    const judges = targets.map(({ name, run }) => (run === 'native' ? name : `${name} emulated`))
    return { cases: total, mismatches, judge: `the reference on ${judges.join(' and ')}` }
  },
  async dispose(options, progress) {
    const cases = Number.isFinite(options.cases) ? options.cases : PRODUCTS
    const held = await compileAndDispose(cases, (round) => progress.show(`round ${round} of ${cases}`))
    progress.clear()
    const [before, after] = held.map((holdings) => JSON.stringify(holdings))
    console.log(`before ${before}\nafter  ${after}`)
    const grown = growth(held)
    for (const line of grown) console.log(line)
    return { cases, mismatches: grown.length, judge: 'what the process holds' }
  },
  coverage: judgedByLlvmMc(async (oracle, _options, progress) => {
    const coverage = await measureCoverage(oracle, progress)
    progress.clear()
    if (coverage === null) {
      console.log('oracle absent: the shared library of LLVM 22 is not installed, so nothing was counted')
      return { cases: 0, mismatches: 0 }
    }
    const { missing, shapes, table, withdrawn } = coverage
    console.log(table)
    console.log(`\nwithdrawn and left out (${withdrawn.length}):\n${withdrawn.join('\n')}`)
    console.log(`\nmissing (${missing.length}):\n${missing.join('\n')}`)
    return { cases: shapes, mismatches: missing.length }
  }),
  async encode(options, progress) {
    const oracle = options.oracle === 'iced' ? null : findOracle()
    if (oracle === null && options.oracle !== 'iced') return null
    const { finds, mismatches, tally } = await runEncode(oracle, options, progress)
    progress.clear()
    for (const mismatch of mismatches.slice(0, SHOWN)) console.log(mismatch)
    console.log(tally.table())
    file(finds, ENCODE_CORPUS)
    return { cases: tally.cases, mismatches: mismatches.length, judge: oracle?.version ?? 'iced-x86' }
  },
  illegal: judgedByLlvmMc(async (oracle, options, progress) => {
    const { encoded, finds, lenient, mismatches, refused, tally } = await runIllegal(
      oracle,
      limited(options),
      progress,
    )
    progress.clear()
    for (const mismatch of mismatches.slice(0, SHOWN)) console.log(mismatch)
    console.log(tally.table())
    console.log(`${refused} refused (${lenient} of them by us alone, as listed), ${encoded} legal after all`)
    file(finds, ENCODE_CORPUS)
    return { cases: tally.cases, mismatches: mismatches.length }
  }),
  async decode(options, progress) {
    let judge: DecodeJudge = icedJudge
    if (options.oracle === 'llvm-mc') {
      const disassembler = openDisassembler()
      if (disassembler === null) return null
      judge = llvmJudge(disassembler)
    }
    const result = runDecode(judge, limited(options), progress)
    progress.clear()
    const finds = [...result.finds.values()]
    console.log(describeDecode(result, SHOWN))
    file(
      finds.map(({ expected, hex }) => ({ hex, text: expected })),
      DECODE_CORPUS,
    )
    const mismatches = finds.reduce((sum, { count }) => sum + count, 0)
    return {
      cases: result.tally.cases,
      mismatches,
      judge: options.oracle === 'iced' ? 'iced-x86' : 'LLVM 22',
    }
  },
  async roundtrip(options, progress) {
    const { decodeFinds, encodeFinds, mismatches, tally } = await runRoundtrip(limited(options), progress)
    progress.clear()
    for (const mismatch of mismatches.slice(0, SHOWN)) console.log(mismatch)
    console.log(tally.table())
    file(decodeFinds, DECODE_CORPUS)
    file(encodeFinds, ENCODE_CORPUS)
    return { cases: tally.cases, mismatches: mismatches.length, judge: 'no oracle' }
  },
}

function fail(message: string): never {
  console.error(`fuzz: ${message}\n\n${USAGE}`)
  process.exit(2)
}

function numberOption(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (text === '' || !(value >= 0)) fail(`--${name} is '${text}'; it must be a number that is not negative`)
  return value
}

function readOptions(args: string[]): Options {
  const string = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args,
      options: { seconds: string, cases: string, seed: string, only: string, oracle: string },
    })
    const only = values.only ?? ''
    const oracle = values.oracle ?? 'llvm-mc'
    if (oracle !== 'llvm-mc' && oracle !== 'iced') fail(`--oracle is '${oracle}'; it is llvm-mc or iced`)
    if (only !== '' && formsOnly(only).length === 0) {
      fail(`--only is '${only}'; no mnemonic and no CPUID feature has that in its name`)
    }
    return {
      seed: numberOption('seed', values.seed, Math.floor(Math.random() * 0x100000000)),
      seconds: numberOption('seconds', values.seconds, Number.POSITIVE_INFINITY),
      cases: numberOption('cases', values.cases, Number.POSITIVE_INFINITY),
      only,
      oracle,
    }
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

const [name = '', ...rest] = process.argv.slice(2)
if ([name, ...rest].some((word) => word === '--help' || word === '-h')) {
  console.log(USAGE)
  process.exit(0)
}
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (command === undefined) fail(name === '' ? 'no command given' : `unknown command '${name}'`)
const options = readOptions(rest)
const started = performance.now()
const outcome = await command(options, new Progress())
if (outcome === null) {
  console.log('oracle absent: LLVM of version 22 or later is not installed, so nothing was judged')
} else {
  const { cases, judge, mismatches } = outcome
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${cases} cases, ${mismatches} mismatches with ${judge} in ${seconds} s, seed ${options.seed}`)
  if (mismatches > 0) process.exitCode = 1
}
