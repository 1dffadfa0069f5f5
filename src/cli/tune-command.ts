/** `tilewright tune`: searches for faster plans on this CPU, and saves them for later runs. */
import type { TuneResult } from '../gemm/tune.ts'
import { tuneGemm } from '../gemm/tune.ts'
import { tunedFolder } from '../gemm/tuned-plans.ts'
import { decisionsOf } from '../microkernel/decisions.ts'
import { type GemmPlan, printPlan } from '../microkernel/plan.ts'
import { TARGET_NAMES } from '../microkernel/targets/index.ts'
import { choice, readArguments, readShape, UsageError } from './arguments.ts'
import { TYPE_NAMES } from './product-options.ts'
import { Progress, strong } from './terminal.ts'

export const TUNE_HELP: string = `tilewright tune MxNxK… [options]

Measures plans around the model's (tile, unrolling, cache blocks, packing, edges) for C = A·B, one thread, each in turn
with the best so far, and saves what is at least one percent faster than the model's plan, for this CPU.
compileGemm, matmul and tilewright gemm take a saved plan for exactly that problem; TILEWRIGHT_TUNED=off keeps to the model.

  --type ${TYPE_NAMES.join('|')}
                          what A and B hold (f32); C holds the sums
  --isa auto|${TARGET_NAMES.join('|')}   instruction set (auto: the best that this CPU runs)
  --trans nn|nt|tn|tt     A or B stored transposed (nn)
  --seconds N             how long to search, each shape (10)
  --dry                   save nothing
  --json                  print one array with an object per shape

Plans are kept in $XDG_CACHE_HOME/tilewright (~/.cache/tilewright), one file a problem; deleting any of them is safe.
`

export async function tuneCommand(args: readonly string[]): Promise<void> {
  const { values, words } = readArguments(args, {
    type: { type: 'string' },
    isa: { type: 'string' },
    trans: { type: 'string' },
    seconds: { type: 'string' },
    dry: { type: 'boolean' },
    json: { type: 'boolean' },
  })
  if (words.length === 0) throw new UsageError('tune: expected shapes such as 1024x1024x1024; given none')
  const shapes = words.map((word) => readShape(word))
  const type = choice('type', values.type, TYPE_NAMES)
  const target = choice('isa', values.isa, ['auto', ...TARGET_NAMES])
  const trans = choice('trans', values.trans, ['nn', 'nt', 'tn', 'tt'])
  const seconds = readSeconds(values.seconds)
  const save = values.dry !== true
  const reports: object[] = []
  for (const shape of shapes) {
    const text = `${shape.m}×${shape.n}×${shape.k}`
    const progress = new Progress()
    const result = await tuneGemm(
      { ...shape, type, transA: trans.startsWith('t'), transB: trans.endsWith('t') },
      { target, seconds, save, progress: (what) => progress.show(`${text}, ${what}`) },
    )
    progress.clear()
    if (values.json === true) reports.push(reportOf({ ...shape, type, trans }, result))
    else print(text, result)
  }
  if (values.json === true) console.log(JSON.stringify(reports, null, 1))
  else if (save) console.log(`plans are kept in ${tunedFolder()}`)
}

function readSeconds(value: string | boolean | undefined): number {
  if (value === undefined) return 10
  const seconds = Number(value)
  if (!(seconds > 0 && seconds < 1e6)) {
    throw new UsageError(`--seconds: expected a positive number; given '${String(value)}'`)
  }
  return seconds
}

function reportOf(shape: object, result: TuneResult): object {
  const { target, gflops, modelGflops, peakGflops, speedup, candidates, seconds, savedAs } = result
  return {
    ...shape,
    isa: target,
    ...{ gflops, modelGflops, peakGflops, speedup, candidates, seconds, savedAs },
    decisions: decisionsOf(result.plan),
    modelDecisions: decisionsOf(result.modelPlan),
  }
}

/** The plan's lines without the first, which names the problem. */
const indented = (plan: GemmPlan): string => printPlan(plan).trimEnd().split('\n').slice(1).join('\n')

function print(text: string, result: TuneResult): void {
  const { plan, modelPlan, gflops, modelGflops, peakGflops, speedup, candidates, seconds, savedAs } = result
  const speed = (value: number): string =>
    `${value.toFixed(1)} GFLOP/s, ${((100 * value) / peakGflops).toFixed(1)} % of the peak`
  const searched = `${candidates} plans in ${seconds.toFixed(1)} s`
  if (plan === modelPlan) {
    console.log(`${strong(`${text}: the model's plan stands`)}, ${speed(modelGflops)} (${searched})`)
    console.log(indented(plan))
    return
  }
  const gain = `${(100 * (speedup - 1)).toFixed(1)} % faster`
  console.log(
    `${strong(`${text}: ${gain}`)}, ${speed(gflops)}; the model's plan: ${modelGflops.toFixed(1)} (${searched})`,
  )
  console.log(indented(plan))
  console.log(`  instead of\n${indented(modelPlan)}`)
  if (savedAs !== null) console.log('  saved')
}
