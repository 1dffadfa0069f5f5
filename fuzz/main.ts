/** The fuzzer's command line: `npm run fuzz -- encode [--seconds N | --cases N] [--seed S] [--only text]`. */
import { parseArgs } from 'node:util'
import { runEncode } from './encode-run.ts'
import { findOracle } from './oracle.ts'
import { Progress } from './report.ts'

const USAGE = `usage: npm run fuzz -- encode [--seconds N | --cases N] [--seed S] [--only TEXT]

encode   every form with operands from every range, then random ones, held against llvm-mc 22:
         the same bytes, or others that decode to the same instruction and are no longer
  --seconds N   stop after N seconds
  --cases N     stop after N cases
  --seed S      of the random operands (printed at the end)
  --only TEXT   only mnemonics that contain TEXT`

function fail(message: string): never {
  console.error(`fuzz: ${message}\n\n${USAGE}`)
  process.exit(2)
}

function numberOption(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (!(value >= 0)) fail(`--${name} is '${text}'; it must be a number that is not negative`)
  return value
}

async function encode(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string' },
      cases: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
    },
  })
  const oracle = findOracle()
  if (oracle === null) {
    console.log('oracle absent: no llvm-mc of version 22 or later is installed, so nothing was judged')
    return 0
  }
  const seed = numberOption('seed', values.seed, Math.floor(Math.random() * 0x100000000))
  const progress = new Progress()
  const started = performance.now()
  const { mismatches, tally } = await runEncode(
    oracle,
    {
      seed,
      seconds: numberOption('seconds', values.seconds, Number.POSITIVE_INFINITY),
      cases: numberOption('cases', values.cases, Number.POSITIVE_INFINITY),
      only: values.only ?? '',
    },
    progress,
  )
  progress.clear()
  for (const mismatch of mismatches) console.log(mismatch)
  console.log(tally.table())
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    `${tally.cases} cases, ${tally.mismatches} mismatches with ${oracle.version} in ${seconds} s, seed ${seed}`,
  )
  return tally.mismatches === 0 ? 0 : 1
}

const [command, ...rest] = process.argv.slice(2)
if (command === 'encode') {
  try {
    process.exitCode = await encode(rest)
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
} else fail(command === undefined ? 'no command given' : `unknown command '${command}'`)
