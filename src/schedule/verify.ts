/** What must hold of every TileProgram, whatever rewrote it. */
import { ScheduleError, type TileProgram, walk } from './tile-program.ts'

/** Throws ScheduleError, naming `after`, unless the program is one that computes its contraction exactly once. */
export function verifyProgram(program: TileProgram, after: string): void {
  const fail = (reason: string): never => {
    throw new ScheduleError(`after ${after}: ${reason}`)
  }
  const positive = (value: number, what: string): void => {
    if (!Number.isInteger(value) || value < 1) fail(`${what} must be a positive integer, is ${value}`)
  }

  for (const [dim, size] of Object.entries(program.sizes)) {
    if (size !== 'runtime' && (!Number.isInteger(size) || size < 0)) fail(`size of ${dim} is ${size}`)
  }

  let leaves = 0
  let packs = 0
  for (const [statement, outer] of walk(program.body)) {
    const blocked = outer.filter((loop) => loop.kind === 'block').map((loop) => loop.dim)
    const tiled = outer.filter((loop) => loop.kind === 'tiles')
    switch (statement.kind) {
      case 'block':
        positive(statement.size, `the block of ${statement.dim}`)
        positive(statement.unit, `the unit of ${statement.dim}`)
        if (statement.size % statement.unit !== 0) {
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
        packs++
        if (blocked.includes('m'))
          fail(`${statement.operand} is packed inside a block of m, which it does not depend on`)
        if (tiled.length > 0) fail(`${statement.operand} is packed inside register tiles`)
        if (leaves > 0) fail(`${statement.operand} is packed after its use`)
        break
      case 'contract':
        leaves++
        if (tiled.length > 0) fail('the contraction lies inside register tiles')
        break
      case 'tile':
        leaves++
        positive(statement.unroll, 'the unroll factor')
        for (const loop of tiled) {
          if (loop.size !== statement[loop.dim]) {
            fail(`the tile of ${loop.dim} is ${statement[loop.dim]}, its loop steps by ${loop.size}`)
          }
        }
        if (tiled.length !== 2) fail('a register tile needs tile loops over m and n around it')
        break
    }
  }
  if (leaves !== 1) fail(`the contraction must be computed once, is computed ${leaves} times`)
  if (packs > 1) fail(`B is packed ${packs} times`)
}
