/** `npm run bench -- assembler`: all that is promised of the encoder's speed, in one run, iced-x86 beside it. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decodeRates } from './decode.ts'
import { encodeRates } from './encode.ts'
import { parseRates } from './parse.ts'
import { printRates } from './rate.ts'

const RUNS = 7

/** A fresh process: how long the import takes, and then what the first use of each mnemonic costs. */
const SCRIPT = `
const started = performance.now()
const { formsOf, mnemonics } = await import(process.argv[1])
const imported = performance.now() - started
const uses = mnemonics().map((name) => {
  const start = performance.now()
  formsOf(name)
  return performance.now() - start
})
console.log(JSON.stringify({ imported, uses }))
`

interface Start {
  readonly imported: number
  /** By mnemonic, in the order of the tables. */
  readonly uses: readonly number[]
}

function startOnce(entry: string): Start {
  const args = ['--input-type=module', '-e', SCRIPT, entry]
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`node ended with status ${status}: ${stderr.trim()}`)
  return JSON.parse(stdout) as Start
}

function printStart(): void {
  const entry = fileURLToPath(new URL('../dist/index.js', import.meta.url))
  if (!existsSync(entry)) {
    console.log('import and first use: there is no dist/; run npm run build first')
    return
  }
  const starts = Array.from({ length: RUNS }, () => startOnce(entry))
  const imported = Math.min(...starts.map((start) => start.imported))
  // Of each mnemonic the best of all processes, since other work only slows it; then what is usual, and the worst.
  const uses = starts[0]!.uses.map((_, index) => Math.min(...starts.map((start) => start.uses[index]!)))
  uses.sort((a, b) => a - b)
  const at = (share: number) => uses[Math.min(uses.length - 1, Math.floor(share * uses.length))]!.toFixed(3)
  console.log(`import                     ${imported.toFixed(1)} ms, the best of ${RUNS} processes`)
  console.log(
    `first use of a mnemonic    ${at(0.5)} ms (median), ${at(0.99)} ms (99 of 100), ${at(1)} ms (the worst)`,
  )
}

export function printAll(): void {
  printRates([...encodeRates(), ...decodeRates(), ...parseRates()])
  printStart()
}
