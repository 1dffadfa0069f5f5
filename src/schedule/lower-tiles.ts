/** TileProgram → VFunction on a machine with tile registers: walks the program once and records instructions. */
import { mem } from '../encoder/operands.ts'
import type { VFunction } from '../regalloc/function.ts'
import { Recorder } from '../regalloc/recorder.ts'
import { argumentsOf } from './lower/arguments.ts'
import { lowerBatchLoop } from './lower/batch-loop.ts'
import { lowerBlockLoop } from './lower/block-loop.ts'
import { type Cursor, type Lowering, shifted } from './lower/environment.ts'
import { lowerTerms, requantisationCursors } from './lower/requantise.ts'
import { lowerTileLoop } from './lower/tile-loop.ts'
import { lowerTilePack } from './lower/tile-pack.ts'
import type { TileEnvironment, TileWork } from './lower/tile-work.ts'
import { operandTile, tileOfC } from './lower/tmul-order.ts'
import { arrangementOfRegion, lowerTmulTile } from './lower/tmul-tile.ts'
import { type Machine, productOf } from './machine.ts'
import { PRODUCT_TYPES, STORAGE_BYTES } from './product-type.ts'
import { isKnown } from './quantity.ts'
import { TILE_ROW_BYTES, type TileMachine, tileConfiguration, UNIT_BYTES } from './tile-machine.ts'
import { ScheduleError, type Statement, type TileProgram, type TileRegion, walk } from './tile-program.ts'

/** A machine whose vectors pack operands and finish tiles. */
export type MachineWithTiles = Machine<'zmm', 'k'> & { readonly tiles: TileMachine }

/** The same machine, when it has tile registers. */
export function withTiles(machine: Machine): MachineWithTiles | null {
  // Whoever has tile registers has vectors of 512 bits and opmasks.
  return machine.tiles === undefined ? null : (machine as unknown as MachineWithTiles)
}

/**
 * The code of a program on tile registers: `void name(uint64_t argblock)`. The program must be cut into regions.
 * ScheduleError when it is not, when a size is not known, or when the machine has no such product.
 */
export function lowerTiles(program: TileProgram, machine: MachineWithTiles): VFunction {
  const { A, B, C } = program.matrices
  const f = new Recorder(program.name, { params: ['argblock'] })
  const product = productOf(machine, program.type)
  const { group, kernel } = product
  const facts = PRODUCT_TYPES[program.type]
  const { parameter, size, factor, cursor, storage, panelsAt } = argumentsOf(f, program, group)
  const multiply = machine.tiles.products[`${storage.A} ${storage.B}`]
  if (multiply === undefined)
    throw new ScheduleError(`${machine.name} has no tile products of type ${program.type}`)
  const cx: Lowering<'zmm', 'k'> = {
    ...{ f, packs: null, indices: null, size, machine, program, product, kernel, storage },
    parameter,
    workspace: () => parameter('workspace'),
    elementBytes: UNIT_BYTES,
    lanes: machine.vectorBytes / UNIT_BYTES,
  }
  const work: TileWork = {
    ...{ cx, multiply, group },
    bytes: { A: STORAGE_BYTES[storage.A], B: STORAGE_BYTES[storage.B], C: STORAGE_BYTES[storage.C] },
    isDirect: program.output === facts.sum,
  }
  const { m, n, k } = program.sizes
  if (m === 'runtime' || n === 'runtime' || k === 'runtime')
    throw new ScheduleError(`${program.name}: tile registers need m, n and k known when compiling`)
  const env: TileEnvironment = {
    extents: { m, n, k: Math.ceil(k / group) },
    kRest: k % group,
    cursors: {
      ...{ A: cursor(A), B: cursor(B), C: cursor(C) },
      ...requantisationCursors({ program, parameter, product }),
      P: { base: parameter(panelsAt), offset: 0, strides: {} },
    },
    alpha: factor(program.alpha, 'alpha'),
    beta: factor(program.beta, 'beta'),
    relay: null,
    tile: { rows: 0, vectors: 0, lastLanes: 0, mask: null },
  }
  lowerBody(work, program.body, null, env)
  // Leaves no state that every later switch between threads would have to save.
  if ([...walk(program.body)].some(([statement]) => statement.kind === 'region')) f.tilerelease()
  f.ret()
  return f.finish()
}

function lowerBody(
  work: TileWork,
  body: readonly Statement[],
  region: TileRegion | null,
  outer: TileEnvironment,
): void {
  const { cx } = work
  let env = outer
  for (const statement of body) {
    const inside = (inner: TileEnvironment): void => {
      if ('body' in statement) lowerBody(work, statement.body, region, inner)
    }
    switch (statement.kind) {
      case 'batch':
        lowerBatchLoop(cx, statement, env, inside)
        break
      case 'block':
        lowerBlockLoop(cx, statement, env, inside)
        break
      case 'tiles':
        lowerTileLoop(cx, statement, env, inside)
        break
      case 'tile-pack':
        env = lowerTilePack(work, statement, env)
        break
      case 'terms':
        env = lowerTerms(cx, statement, env)
        break
      case 'region':
        lowerBody(work, statement.body, statement, enterRegion(work, statement, env))
        break
      case 'tmul':
        if (region === null) throw new ScheduleError('lower: a block of tiles lies outside all regions')
        lowerTmulTile(work, statement, region, env)
        break
      default:
        throw new ScheduleError(`lower: '${statement.kind}' cannot be lowered to tile registers`)
    }
  }
}

/** Configures the tiles for a region. All of them become zero, so nothing may be in them. */
function enterRegion(work: TileWork, region: TileRegion, env: TileEnvironment): TileEnvironment {
  const { cx } = work
  const { f, program } = cx
  f.ldtilecfg(mem(f.constant(tileConfiguration(shapesOf(region)), 64)))
  const { P } = env.cursors
  if (P === undefined || !isKnown(env.extents.k))
    throw new ScheduleError(`${program.name}: tile registers need k known, and panels of B`)
  const width = region.columns.length * TILE_ROW_BYTES
  const unitsOfPanels = Math.ceil(env.extents.k / region.units) * region.units
  const strides = {
    slots: {},
    one: { k: width },
    block: { k: width, n: unitsOfPanels * UNIT_BYTES },
    given: { k: width, n: unitsOfPanels * UNIT_BYTES },
    result: { k: width, n: unitsOfPanels * UNIT_BYTES },
  }
  const panels: Cursor = { ...P, strides: strides[program.panels] }
  const cursors = { ...env.cursors, P: panels }
  const rows = shifted(f, { ...env, cursors }, 'm', region.m.start)
  const there = shifted(f, rows, 'n', region.n.start)
  return { ...there, extents: { ...env.extents, m: region.m.count, n: region.n.count } }
}

/** The shape of every tile register: C's tiles, then those of A and B, each of which keeps one row or column of tiles. */
function shapesOf(region: TileRegion): { readonly rows: number; readonly rowBytes: number }[] {
  const arrangement = arrangementOfRegion(region)
  const shapes: { readonly rows: number; readonly rowBytes: number }[] = []
  const { rows, columns, units } = region
  for (const [i, height] of rows.entries()) {
    for (const [j, width] of columns.entries())
      shapes[tileOfC(arrangement, i, j)] = { rows: height, rowBytes: width * UNIT_BYTES }
  }
  for (let value = 0; value < arrangement.aTiles; value++) {
    shapes[operandTile(arrangement, 'A', value)] = {
      rows: rows[value % rows.length]!,
      rowBytes: units * UNIT_BYTES,
    }
  }
  for (let value = 0; value < arrangement.bTiles; value++) {
    const rowBytes = columns[value % columns.length]! * UNIT_BYTES
    shapes[operandTile(arrangement, 'B', value)] = { rows: units, rowBytes }
  }
  return shapes
}
