/** `gemm` and `js`: the comparison with peers, from the options to the report, the JSON or the plot. */
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { TYPE_NAMES } from '../../src/cli/product-options.ts'
import { Progress, strong } from '../../src/cli/terminal.ts'
import { resolveTarget } from '../../src/gemm/cpu.ts'
import { TARGET_NAMES } from '../../src/microkernel/targets/index.ts'
import { type CpuFeatures, cpuFeatures } from '../../src/runtime/features.ts'
import { BANDWIDTH } from '../contenders/bandwidth.ts'
import type { Setting, Timing } from '../contenders/contender.ts'
import { type Entry, OURS, peersFrom } from '../contenders/registry.ts'
import { meddlingVariables } from '../processes/environment.ts'
import { Arena } from './arena.ts'
import { type GemmOptions, readGemmOptions } from './options.ts'
import { plot } from './plot.ts'
import { missingLines, reportLines } from './report.ts'
import { measureShape, type ShapeResult } from './rounds.ts'
import { type Row, type RunOptions, rowsOf } from './rows.ts'
import { SHAPE_SETS, showShape } from './shapes.ts'

const SHARED_HELP = `  --shapes LIST          m×n×k, m×n×k*count for a batch, or sets: ${Object.keys(SHAPE_SETS).join(', ')}
  --type TYPE|both       what A and B hold (f32): ${TYPE_NAMES.join(', ')}; both: f32 and f64
  --isa NAME             instruction set (auto); where its vectors are AVX2's, peers are held to AVX2 too:
                         ${TARGET_NAMES.join(', ')}
  --threads N            threads (1)
  --peers[=LIST]         ${peersFrom('native').join(', ')}, ${peersFrom('package').join(', ')}
  --peer-path NAME=PATH  a peer's library, or the folder of its node_modules; NAME@LABEL adds another
  --packed               B packed outside the timing; contenders that cannot stay out
  --cold                 operands in turn from more memory than the last cache holds
  --align 64|32|16       boundary of the operands; JavaScript's own arrays lie on 16 (64)
  --rounds N             rounds (9), each with every contender in turn
  --milliseconds N       that a sample takes, at least (10)
  --json                 print one array with an object per shape and contender
  --svg FILE             plot GFLOP/s over size
`

export const GEMM_HELP: string = `npm run bench -- gemm [options]

Kernel time of matrix products: one problem repeated inside one native call, for us and for the peers alike.

${SHARED_HELP}  --trans nn|nt|tn|tt    A or B stored transposed
  --open                 our sizes given at the call, by one kernel for all
`

export const JS_HELP: string = `npm run bench -- js [options]

Matrix products as called from JavaScript, with everything around them, beside the peers from npm.

${SHARED_HELP}`

/** More than what the last cache holds, of which replacement policies may keep a part. */
const COLD_CACHES = 4

export async function gemmCommand(args: readonly string[]): Promise<void> {
  const options = readGemmOptions(args, { shapes: 'square', peers: [], alignments: ['64', '32', '16'] })
  await compare(options, 'kernel', [OURS, BANDWIDTH])
}

export async function jsCommand(args: readonly string[]): Promise<void> {
  const options = readGemmOptions(args, {
    shapes: 'peers',
    peers: peersFrom('package'),
    alignments: ['16', '32', '64'],
  })
  await compare(options, 'javascript', [OURS, 'matmul', 'JavaScript loop'])
}

async function compare(options: GemmOptions, timing: Timing, own: readonly string[]): Promise<void> {
  const [load = 0] = loadavg()
  const cpu = cpuFeatures()
  const target = resolveTarget(options.isa, 'native', options.types[0])
  const { threads, packed, openSizes } = options
  const setting: Setting = { threads, target, timing, packed, openSizes }
  const entries: Entry[] = own.map((name) => ({ name, kind: name, path: null }))
  const arena = await Arena.open([...entries, ...options.peers], setting)
  const progress = new Progress()
  const rows: Row[] = []
  try {
    for (const type of options.types) {
      const run: RunOptions = { ...options, type, target, coldBytes: options.cold ? coldBytes(cpu) : 0 }
      const results: ShapeResult[] = []
      for (const shape of options.shapes) {
        const show = (text: string): void => progress.show(`${type} ${showShape(shape)}, ${text}`)
        const result = await measureShape(arena, shape, run, show)
        results.push(result)
        rows.push(...rowsOf(result, run))
      }
      progress.clear()
      if (!options.json) {
        const leftOut = meddlingVariables(process.env)
        const lines = reportLines({ arena, results, options: run, cpu: cpu.brand, load, leftOut })
        console.log([strong(lines[0]!), ...lines.slice(1)].join('\n'))
      }
    }
    if (options.json) {
      console.log(JSON.stringify(rows, null, 1))
      for (const line of missingLines(arena)) console.error(line)
    }
    if (options.svg !== null) writeFileSync(options.svg, plot(rows, cpu.brand))
  } finally {
    progress.clear()
    arena.close()
  }
  if (rows.some(({ verified }) => !verified)) process.exitCode = 1
}

/** So many bytes of operands that none is in a cache when its turn comes again. */
function coldBytes({ caches }: CpuFeatures): number {
  return COLD_CACHES * Math.max(...caches.map(({ bytes }) => bytes), 32 << 20)
}
