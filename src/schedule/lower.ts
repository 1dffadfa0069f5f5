/** TileProgram → VFunction: walks the program once and records instructions on virtual registers. */
import type { VFunction } from '../regalloc/function.ts'
import { Recorder } from '../regalloc/recorder.ts'
import { argumentsOf } from './lower/arguments.ts'
import { lowerBatchLoop } from './lower/batch-loop.ts'
import { lowerBlockLoop } from './lower/block-loop.ts'
import { lowerCombLoop } from './lower/comb-loop.ts'
import { type Environment, type Lowering, shifted } from './lower/environment.ts'
import { lowerLanedPack, lowerLanedTile } from './lower/laned-tile.ts'
import { lowerMicrokernel } from './lower/microkernel.ts'
import { lowerNibbleTile, takesNibbles } from './lower/nibble-tile.ts'
import { lowerPack } from './lower/pack.ts'
import { lowerPackA } from './lower/pack-a.ts'
import { lowerPairedTile, makePairIndices } from './lower/paired-tile.ts'
import { lowerRelayLoop } from './lower/relay-loop.ts'
import { lowerTerms, requantisationCursors } from './lower/requantise.ts'
import { lowerStage } from './lower/stage.ts'
import { lowerTileLoop } from './lower/tile-loop.ts'
import type { Machine } from './machine.ts'
import { lanesOf, productOf } from './machine.ts'
import type { MaskKind, VectorKind } from './operand-kinds.ts'
import { ceilDiv, isKnown, type Quantity, scale } from './quantity.ts'
import {
  type BlockLoop,
  type ColumnSplit,
  type Dim,
  ScheduleError,
  type Statement,
  type TileProgram,
  walk,
} from './tile-program.ts'

/**
 * The code of a program on a machine: `void name(uint64_t argblock)`. The program must be tiled.
 * ScheduleError when it is not, or when a parameter that it needs has no place in the argument block.
 */
export function lower<K extends VectorKind, M extends MaskKind>(
  program: TileProgram,
  machine: Machine<K, M>,
): VFunction {
  const f = new Recorder(program.name, { params: ['argblock'] })
  const product = productOf(machine, program.type, program.planes !== null)
  const { group, unitBytes: elementBytes } = product
  const { A, B, C } = program.matrices
  const kernel = A.argument === 'b' ? (product.swapped ?? product.kernel) : product.kernel
  const { parameter, size, factor, cursor, storage, panelsAt } = argumentsOf(f, program, group)

  const statements = [...walk(program.body)].map(([statement]) => statement)
  const { pairs } = kernel
  const optional = statements.some((s) => s.kind === 'pack' && s.optional)
  const cx: Lowering<K, M> = {
    f,
    packs: optional ? parameter('pack') : null,
    indices:
      pairs !== undefined && statements.some((s) => s.kind === 'tile' && s.steps === 'pairs')
        ? makePairIndices(f, pairs, lanesOf(machine, elementBytes))
        : null,
    size,
    parameter,
    workspace: () => parameter('workspace'),
    ...{ machine, program, product, kernel },
    storage,
    elementBytes,
    lanes: lanesOf(machine, elementBytes),
  }
  const sizes = Object.fromEntries(
    (['m', 'n', 'k'] as const).map((dim) => [dim, size(program.sizes[dim], program.sizeParameters[dim])]),
  ) as Record<Dim, Quantity>
  const packs = statements.some(
    (s) => (s.kind === 'pack' && s.operand === 'B') || (s.kind === 'tile' && s.b !== 'in place'),
  )
  const env: Environment<M> = {
    extents: { ...sizes, k: ceilDiv(f, sizes.k, group, 'k.units') },
    kRest: remainder(f, sizes.k, group),
    cursors: {
      A: cursor(A),
      B: cursor(B),
      C: cursor(C),
      ...requantisationCursors({ parameter, program, product }),
      ...(packs ? { P: { base: parameter(panelsAt), offset: 0, strides: {} } } : {}),
    },
    alpha: factor(program.alpha, 'alpha'),
    beta: factor(program.beta, 'beta'),
    relay: null,
    tile: { rows: 0, vectors: 0, lastLanes: 0, mask: null },
  }
  lowerBody(cx, program.body, env)
  f.ret()
  return f.finish()
}

/** k mod group, a power of two. */
function remainder(f: Recorder, k: Quantity, group: number): Quantity {
  if (group === 1) return 0
  if (isKnown(k)) return k % group
  const rest = f.gp('k.rest')
  f.mov(rest, k)
  f.and(rest, group - 1)
  return rest
}

function lowerBody<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  body: readonly Statement[],
  outer: Environment<M>,
): void {
  let env = outer
  for (const statement of body) {
    // Blocks of n and k reuse the same panels, so their place is fixed where the innermost of those begins.
    if (statement.kind === 'pack' || statement.kind === 'tiles' || blocksRows(statement))
      env = withPanels(cx, env)
    switch (statement.kind) {
      case 'batch':
        lowerBatchLoop(cx, statement, env, (inner) => lowerBody(cx, statement.body, inner))
        break
      case 'block':
        if (statement.relays !== null) lowerRelay(cx, statement, env)
        else
          (statement.isComb ? lowerCombLoop : lowerBlockLoop)(cx, statement, env, (inner) =>
            lowerBody(cx, statement.body, inner),
          )
        break
      case 'tiles':
        lowerTileLoop(cx, statement, env, (inner) => lowerBody(cx, statement.body, inner))
        break
      case 'pack':
        if (statement.layout === 'lanes') lowerLanedPack(cx, env)
        else if (statement.operand === 'A') env = lowerPackA(cx, statement, env)
        else env = lowerPack(cx, statement, env)
        break
      case 'stage':
        env = lowerStage(cx, statement, env)
        break
      case 'terms':
        env = lowerTerms(cx, statement, env)
        break
      case 'split':
        lowerSplit(cx, statement, env)
        break
      case 'tile':
        if (statement.steps === 'pairs') lowerPairedTile(cx, env)
        else if (statement.steps === 'nibbles' && takesNibbles(cx, env)) lowerNibbleTile(cx, statement, env)
        else if (statement.steps === 'lanes') lowerLanedTile(cx, env, statement.n)
        else lowerMicrokernel(cx, statement, env)
        break
      case 'contract':
        throw new ScheduleError('lower: the contraction has no register tile yet; apply registerTile first')
    }
  }
}

/** A is brought together once for all blocks of the same steps. */
function lowerRelay<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  statement: BlockLoop,
  env: Environment<M>,
): void {
  const [first, ...others] = statement.body
  const stages = first?.kind === 'stage' && first.operand === 'A'
  lowerRelayLoop(cx, statement, env, {
    before: (at) => (stages ? lowerStage(cx, first, at) : at),
    body: (at) => lowerBody(cx, stages ? others : statement.body, at),
  })
}

function lowerSplit<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { tail, body, rest }: ColumnSplit,
  env: Environment<M>,
): void {
  const { n } = env.extents
  if (!isKnown(n)) throw new ScheduleError(`${cx.program.name}: columns can be cut off only where n is known`)
  lowerBody(cx, body, { ...env, extents: { ...env.extents, n: n - tail } })
  lowerBody(cx, rest, { ...shifted(cx.f, env, 'n', n - tail), extents: { ...env.extents, n: tail } })
}

function blocksRows(statement: Statement): boolean {
  return statement.kind === 'block' && statement.dim === 'm'
}

/** Says how panels follow one another: a panel of w columns takes w·k elements, or all take the same place. */
function withPanels<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
): Environment<M> {
  const { P } = env.cursors
  if (P === undefined || P.strides.n !== undefined || cx.program.panels === 'one') return env
  const perColumn = scale(cx.f, env.extents.k, cx.elementBytes, 'panel.column')
  return { ...env, cursors: { ...env.cursors, P: { ...P, strides: { n: perColumn } } } }
}
