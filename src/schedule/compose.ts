/** Runs a pipe of primitives over a program, checking it after each one. */
import { deepFreeze, type Primitive, type TileProgram } from './tile-program.ts'
import { verifyProgram } from './verify.ts'

/** Applies the primitives in order. ScheduleError names the primitive whose result does not hold together. */
export function compose(program: TileProgram, ...primitives: readonly Primitive[]): TileProgram {
  let current = program
  verifyProgram(current, 'the initial program')
  for (const primitive of primitives) {
    current = primitive.apply(current)
    verifyProgram(current, primitive.name)
  }
  return deepFreeze(current)
}
