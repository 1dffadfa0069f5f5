/** MXCSR: rounding, denormals, the exceptions seen and masked (SDM Vol. 1, 10.2.3). */
import { RaisedFault } from './fault.ts'

export const INVALID = 0x01
export const DENORMAL = 0x02
export const DIVIDE = 0x04
export const OVERFLOW = 0x08
export const UNDERFLOW = 0x10
export const INEXACT = 0x20
const EXCEPTIONS = 0x3f
const DAZ = 0x40
const MASKS_SHIFT = 7
const ROUNDING_SHIFT = 13
const FTZ = 0x8000
/** All exceptions masked, nearest even: as a process starts. */
export const DEFAULT_MXCSR = 0x1f80
const NAMES = [
  'invalid operation',
  'denormal operand',
  'division by zero',
  'overflow',
  'underflow',
  'inexact result',
]

/** MXCSR.RC, and the embedded rounding of EVEX. */
export const NEAREST = 0
export const DOWN = 1
export const UP = 2
export const TRUNCATE = 3
export type RoundingMode = 0 | 1 | 2 | 3

/** How floating-point instructions round, and which exceptions they have seen. */
export class FloatUnit {
  mode: RoundingMode = NEAREST
  /** Denormal operands are zeros. */
  daz = false
  /** Results that would be denormal become zeros. */
  ftz = false
  /** Exceptions since they were last cleared. */
  flags = 0
  /** Exceptions that are not masked. */
  unmasked = 0
  /** Neither directed rounding nor zeros for denormals: what the fast paths are for. */
  isPlain = true

  get mxcsr(): number {
    return (
      this.flags |
      (this.daz ? DAZ : 0) |
      ((~this.unmasked & EXCEPTIONS) << MASKS_SHIFT) |
      (this.mode << ROUNDING_SHIFT) |
      (this.ftz ? FTZ : 0)
    )
  }

  /** @throws RaisedFault #GP when reserved bits are set. */
  set mxcsr(value: number) {
    if (value >>> 16 !== 0)
      throw new RaisedFault('#GP', `MXCSR 0x${(value >>> 0).toString(16)} has reserved bits`)
    this.flags = value & EXCEPTIONS
    this.daz = (value & DAZ) !== 0
    this.unmasked = ~(value >> MASKS_SHIFT) & EXCEPTIONS
    this.#setMode(((value >> ROUNDING_SHIFT) & 3) as RoundingMode)
    this.ftz = (value & FTZ) !== 0
    this.#setMode(this.mode)
  }

  #setMode(mode: RoundingMode): void {
    this.mode = mode
    this.isPlain = mode === NEAREST && !this.daz && !this.ftz
  }

  raise(flags: number): void {
    this.flags |= flags
  }

  /** Runs with embedded rounding (or MXCSR's own, for {sae}): no exception is reported. */
  quietly(mode: RoundingMode | null, run: () => void): void {
    const { flags, mode: own, unmasked } = this
    this.unmasked = 0
    if (mode !== null) this.#setMode(mode)
    run()
    this.flags = flags
    this.unmasked = unmasked
    this.#setMode(own)
  }

  /** Runs in an environment of the instruction's own: nearest even, denormals as zeros, no exception reported. */
  flushing(run: () => void): void {
    const { daz, ftz } = this
    this.daz = true
    this.ftz = true
    this.quietly(NEAREST, run)
    this.daz = daz
    this.ftz = ftz
    this.#setMode(this.mode)
  }

  /** Runs, then raises what has occurred and is not masked. */
  checked(run: () => void): void {
    const before = this.flags
    this.flags = 0
    run()
    const raised = this.flags & this.unmasked
    this.flags |= before
    if (raised !== 0) {
      throw new RaisedFault('#XM', `${NAMES[31 - Math.clz32(raised & -raised)]}, which MXCSR does not mask`)
    }
  }
}
