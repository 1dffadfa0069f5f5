/** The fuzzer's command line: `npm run fuzz -- encode|illegal [--seconds N | --cases N] [--seed S] [--only text]`. */
import { parseArgs } from 'node:util'
import { mnemonics } from '../src/encoder/index.ts'
import { measureCoverage } from './coverage.ts'
import { type FuzzOptions, runEncode } from './encode-run.ts'
import { runIllegal } from './illegal-run.ts'
import { findOracle, type Oracle } from './oracle.ts'
import { Progress } from './report.ts'

const USAGE = `usage: npm run fuzz -- COMMAND [--seconds N | --cases N] [--seed S] [--only TEXT]

encode    every form with operands from every range, then random ones, held against llvm-mc 22:
          the same bytes, or others that decode to the same instruction and are no longer
illegal   operands with one thing wrong: what we refuse llvm-mc must refuse too, or the leniency
          is listed in fuzz/disagreements.ts; what we encode all the same it must encode alike

coverage  all that llvm-mc 22 knows in 64-bit mode, found by its disassembler: the share that the tables
          have, and what is missing (takes two minutes; the options below do not matter)

  --seconds N   stop after N seconds
  --cases N     stop after N cases
  --seed S      of the random operands (printed at the end)
  --only TEXT   only mnemonics that contain TEXT`

/** Runs, prints what it found, and returns the number of cases and of mismatches. */
type Command = (
  oracle: Oracle,
  options: FuzzOptions,
  progress: Progress,
) => Promise<{ readonly cases: number; readonly mismatches: number }>

/** Mismatches shown in full. */
const SHOWN = 20
/** Where a run would never end by itself. */
const DEFAULT_CASES = 300_000

const COMMANDS: Readonly<Record<string, Command>> = {
  async coverage(oracle, _options, progress) {
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
  },
  async encode(oracle, options, progress) {
    const { mismatches, tally } = await runEncode(oracle, options, progress)
    progress.clear()
    for (const mismatch of mismatches.slice(0, SHOWN)) console.log(mismatch)
    console.log(tally.table())
    return { cases: tally.cases, mismatches: mismatches.length }
  },
  async illegal(oracle, options, progress) {
    const isLimited = Number.isFinite(options.seconds) || Number.isFinite(options.cases)
    const limited = isLimited ? options : { ...options, cases: DEFAULT_CASES }
    const { cases, encoded, lenient, mismatches, refused } = await runIllegal(oracle, limited, progress)
    progress.clear()
    for (const mismatch of mismatches.slice(0, SHOWN)) console.log(mismatch)
    console.log(`${refused} refused (${lenient} of them by us alone, as listed), ${encoded} legal after all`)
    return { cases, mismatches: mismatches.length }
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

function readOptions(args: string[]): FuzzOptions {
  const string = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args,
      options: { seconds: string, cases: string, seed: string, only: string },
    })
    const only = values.only ?? ''
    if (!mnemonics().some((mnemonic) => mnemonic.includes(only))) fail(`no mnemonic contains '${only}'`)
    return {
      seed: numberOption('seed', values.seed, Math.floor(Math.random() * 0x100000000)),
      seconds: numberOption('seconds', values.seconds, Number.POSITIVE_INFINITY),
      cases: numberOption('cases', values.cases, Number.POSITIVE_INFINITY),
      only,
    }
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

const [name = '', ...rest] = process.argv.slice(2)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (command === undefined) fail(name === '' ? 'no command given' : `unknown command '${name}'`)
const options = readOptions(rest)
const oracle = findOracle()
if (oracle === null) {
  console.log('oracle absent: no llvm-mc of version 22 or later is installed, so nothing was judged')
} else {
  const started = performance.now()
  const { cases, mismatches } = await command(oracle, options, new Progress())
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    `${cases} cases, ${mismatches} mismatches with ${oracle.version} in ${seconds} s, seed ${options.seed}`,
  )
  if (mismatches > 0) process.exitCode = 1
}
