/** What must hold of every TileProgram, whatever rewrote it. */
import { ScheduleError, type Statement, type TileProgram, walk } from './tile-program.ts'

/** Throws ScheduleError, naming `after`, unless the program is one that computes its contraction exactly once. */
export function verifyProgram(program: TileProgram, after: string): void {
  const fail: (reason: string) => never = (reason) => {
    throw new ScheduleError(`after ${after}: ${reason}`)
  }
  const positive = (value: number, what: string): void => {
    if (!Number.isInteger(value) || value < 1) fail(`${what} must be a positive integer, is ${value}`)
  }

  for (const [dim, size] of Object.entries(program.sizes)) {
    if (size !== 'runtime' && (!Number.isInteger(size) || size < 0)) fail(`size of ${dim} is ${size}`)
  }

  const computed = coverage(program.body, fail)
  // A program that only packs is one too: it makes panels for others.
  const onlyPacks =
    program.body.every(({ kind }) => ['pack', 'stage', 'terms', 'tile-pack'].includes(kind)) &&
    program.body.filter(({ kind }) => kind !== 'stage' && kind !== 'terms').length === 1
  // Nothing is what regions leave of a C without rows or columns.
  const isEmpty = program.sizes.m === 0 || program.sizes.n === 0
  if (computed !== 1 && !onlyPacks && !(computed === 0 && isEmpty))
    fail(`the contraction must be computed once, is computed ${computed} times`)

  const regions = program.body
    .flatMap((s) => (s.kind === 'batch' ? s.body : [s]))
    .filter((s) => s.kind === 'region')
  const area = regions.reduce((sum, region) => sum + region.m.count * region.n.count, 0)
  const { m, n } = program.sizes
  if (regions.length > 0 && !(typeof m === 'number' && typeof n === 'number' && area === m * n))
    fail(`regions of ${area} elements do not cover C`)

  let packs = 0
  let used = false
  const apart = program.body.some(
    (s) => s.kind === 'split' || ('body' in s && s.body.some((t) => t.kind === 'split')),
  )
  for (const [statement, outer] of walk(program.body)) {
    const blocked = outer.filter((loop) => loop.kind === 'block').map((loop) => loop.dim)
    const tiled = outer.filter((loop) => loop.kind === 'tiles')
    switch (statement.kind) {
      case 'batch':
        if (outer.length > 0) fail('the batch lies inside another loop')
        break
      case 'block':
        positive(statement.unit, `the unit of ${statement.dim}`)
        if (statement.size !== 'runtime') positive(statement.size, `the block of ${statement.dim}`)
        if (statement.size !== 'runtime' && statement.size % statement.unit !== 0) {
          fail(
            `the block of ${statement.dim} (${statement.size}) is no multiple of its unit (${statement.unit})`,
          )
        }
        if (blocked.includes(statement.dim)) fail(`${statement.dim} is blocked twice`)
        if (tiled.length > 0) fail(`the block of ${statement.dim} lies inside register tiles`)
        break
      case 'tiles':
        positive(statement.size, `the tile of ${statement.dim}`)
        if (tiled.some((loop) => loop.dim === statement.dim)) fail(`${statement.dim} is tiled twice`)
        break
      case 'pack':
        if (statement.operand === 'A') {
          if (program.panelsOfA === null) fail('A is packed, but has no place in the workspace')
          break
        }
        packs++
        if (blocked.includes('m'))
          fail(`${statement.operand} is packed inside a block of m, which it does not depend on`)
        if (tiled.length > 0) fail(`${statement.operand} is packed inside register tiles`)
        if (used && !apart) fail(`${statement.operand} is packed after its use`)
        break
      case 'region':
        if (outer.some((loop) => loop.kind !== 'batch')) fail('a region of tiles lies inside another loop')
        if (statement.rows.length < 1 || statement.columns.length < 1) fail('a region has no tiles')
        break
      case 'tile-pack':
        if (outer.some((loop) => loop.kind !== 'batch')) fail(`${statement.what} is packed inside a loop`)
        break
      case 'tmul':
        for (const loop of tiled) {
          if (loop.size !== statement[loop.dim]) {
            fail(`the tile of ${loop.dim} is ${statement[loop.dim]}, its loop steps by ${loop.size}`)
          }
        }
        if (tiled.length !== 2 || !outer.some((loop) => loop.kind === 'region')) {
          fail('a block of tile registers needs a region and tile loops over m and n around it')
        }
        break
      case 'stage':
        if (program.stages[statement.operand] === null)
          fail(`${statement.operand} is staged, but has no place in the workspace`)
        if (tiled.length > 0) fail(`${statement.operand} is staged inside register tiles`)
        break
      case 'terms':
        if (statement.result === null && program.terms === null)
          fail(`there are no terms of ${statement.operand} to make`)
        if (tiled.length > 0) fail(`terms of ${statement.operand} are made inside register tiles`)
        break
      case 'contract':
        used = true
        if (tiled.length > 0) fail('the contraction lies inside register tiles')
        break
      case 'tile':
        used = true
        positive(statement.unroll, 'the unroll factor')
        for (const loop of tiled) {
          if (loop.size !== statement[loop.dim]) {
            fail(`the tile of ${loop.dim} is ${statement[loop.dim]}, its loop steps by ${loop.size}`)
          }
        }
        if (tiled.length !== 2) fail('a register tile needs tile loops over m and n around it')
        if (statement.b === 'copying' && tiled.some((loop) => loop.dim === 'm' && loop.part !== 'first')) {
          fail('only the first tile of m may copy B')
        }
        break
    }
  }
  if (packs > (apart ? 2 : 1)) fail(`B is packed ${packs} times`)
}

/** How often a body computes the contraction: a loop's first step and the rest of them count as one loop. */
function coverage(body: readonly Statement[], fail: (reason: string) => never): number {
  let times = 0
  for (const [index, statement] of body.entries()) {
    if (statement.kind === 'contract' || statement.kind === 'tile' || statement.kind === 'tmul') times++
    if (!('body' in statement)) continue
    if (statement.kind === 'region') {
      if (coverage(statement.body, fail) !== 1) fail('a region must be computed once')
      // Side by side they are one.
      if (body[index - 1]?.kind !== 'region') times++
      continue
    }
    if (statement.kind === 'batch') {
      times += coverage(statement.body, fail)
      continue
    }
    if (statement.kind === 'split') {
      if (coverage(statement.rest, fail) !== 1) fail('the columns cut off must be computed once')
      times += coverage(statement.body, fail)
      continue
    }
    const inside = coverage(statement.body, fail)
    if (statement.part === 'rest') {
      const before = body[index - 1]
      if (
        before === undefined ||
        before.kind !== statement.kind ||
        before.part !== 'first' ||
        before.dim !== statement.dim ||
        before.size !== statement.size
      ) {
        fail(`the further steps over ${statement.dim} do not follow the first one`)
      }
      if (inside !== 1) fail(`a step over ${statement.dim} computes its part ${inside} times`)
      continue
    }
    const after = body[index + 1]
    if (statement.part === 'first' && !(after !== undefined && 'part' in after && after.part === 'rest')) {
      fail(`the first step over ${statement.dim} is not followed by the further ones`)
    }
    times += inside
  }
  return times
}
