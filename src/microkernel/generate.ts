/** The whole way from a problem to machine code, on one page. */
import { listing, type MachineCode } from '../encoder/index.ts'
import { allocate, assemble, type PFunction, type VFunction } from '../regalloc/index.ts'
import { compose } from '../schedule/compose.ts'
import { lower } from '../schedule/lower.ts'
import { order } from '../schedule/order.ts'
import { type BlockLevel, block } from '../schedule/primitives/block.ts'
import { pack, packOnTheWay } from '../schedule/primitives/pack.ts'
import { registerTile } from '../schedule/primitives/register-tile.ts'
import { unroll } from '../schedule/primitives/unroll.ts'
import { ELEMENT_BYTES, type Primitive, type TileProgram } from '../schedule/tile-program.ts'
import { ARGUMENTS } from './argument-block.ts'
import { type GemmPlan, kernelName } from './plan.ts'
import { targetNamed } from './targets/index.ts'

/** Everything that generation passes through, for those who want to look. */
export interface GeneratedGemm {
  readonly plan: GemmPlan
  readonly program: TileProgram
  readonly code: MachineCode
  /** Intel syntax with offsets and bytes. */
  readonly listing: string
}

/** The product as one contraction, before any scheduling. */
export function gemmProgram(plan: GemmPlan): TileProgram {
  const { type, m, n, k, lda, ldb, ldc, accumulate } = plan.problem
  return {
    name: kernelName(plan),
    type,
    sizes: { m, n, k },
    matrices: {
      A: { name: 'A', dims: ['m', 'k'], ld: lda },
      B: { name: 'B', dims: ['k', 'n'], ld: ldb },
      C: { name: 'C', dims: ['m', 'n'], ld: ldc },
    },
    accumulate,
    parameters: ARGUMENTS,
    panels: 'block',
    body: [{ kind: 'contract', b: 'in place' }],
  }
}

/** The plan's decisions as rewrites, in the order in which they are applied. */
export function schedulePipe(plan: GemmPlan): readonly Primitive[] {
  const { tile, packB } = plan
  // Blocks end where tiles end, if they can; else columns at whole vectors, so that only the last is partial.
  const { vectorBytes } = targetNamed(plan.target)
  const preferred = { n: tile.n, k: 8, m: tile.m }
  const least = { n: vectorBytes / ELEMENT_BYTES[plan.problem.type], k: 1, m: 1 }
  const levels: BlockLevel[] = (['n', 'k', 'm'] as const).flatMap((dim) => {
    const size = plan.block[dim]
    if (size === null) return []
    return [{ dim, size, unit: size % preferred[dim] === 0 ? preferred[dim] : least[dim] }]
  })
  return [
    ...(levels.length > 0 ? [block(...levels)] : []),
    ...(packB === 'ahead' ? [pack('B')] : []),
    registerTile({ m: tile.m, n: tile.n }),
    ...(packB === 'on the way' ? [packOnTheWay('B')] : []),
    unroll('k', plan.unroll),
  ]
}

/** plan → TileProgram → VFunction → PFunction → MachineCode. Pure: runs on any platform. */
export function generateGemm(plan: GemmPlan): GeneratedGemm {
  const program = compose(gemmProgram(plan), ...schedulePipe(plan))
  const virtual: VFunction = order(lower(program, targetNamed(plan.target)))
  const physical: PFunction = allocate(virtual)
  const code = assemble(physical)
  return Object.freeze({
    plan,
    program,
    code,
    get listing(): string {
      return listing(code)
    },
  })
}
