/** Runs a pipe of primitives over a program, and checks what comes out. */
import { deepFreeze, type Primitive, type TileProgram } from './tile-program.ts'
import { verifyProgram } from './verify.ts'

/** Applies the primitives in order. ScheduleError names the primitive whose result does not hold together. */
export function compose(program: TileProgram, ...primitives: readonly Primitive[]): TileProgram {
  return deepFreeze(composed(program, primitives))
}

/** The same, to be frozen by whoever shows it to others: that takes as long as composing does. */
export function composed(program: TileProgram, primitives: readonly Primitive[]): TileProgram {
  try {
    const result = primitives.reduce((current, primitive) => primitive.apply(current), program)
    verifyProgram(result, primitives.at(-1)?.name ?? INITIAL)
    return result
  } catch (error) {
    // Checking after each would take a twentieth of a small kernel's compilation: only to say which it was.
    composeStepwise(program, primitives)
    throw error
  }
}

const INITIAL = 'the initial program'

function composeStepwise(program: TileProgram, primitives: readonly Primitive[]): void {
  let current = program
  verifyProgram(current, INITIAL)
  for (const primitive of primitives) {
    current = primitive.apply(current)
    verifyProgram(current, primitive.name)
  }
}
