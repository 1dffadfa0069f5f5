/** The registers that decoding returns, plain and decorated: each is made once and shared, as registers are immutable. */
import type { Slot } from './encodable.ts'
import { k, physical, REGISTER_COUNT, Reg, type RegKind, type Rounding } from './registers.ts'
import { KIND_CODE, KIND_MASK, NUMBER_MASK, NUMBER_SHIFT, WRONG } from './shape.ts'

const KINDS = Object.keys(KIND_CODE) as RegKind[]
const NUMBERS = 32

/** The register, where there is one: of r8h 0 to 3 and of most control registers there is none. */
function existing(kind: RegKind, id: number): Reg | undefined {
  if (kind === 'r8h' && id < 4) return undefined
  const reg: Reg = physical(kind, id)
  return (reg.shape & WRONG) === 0 ? reg : undefined
}

/** A register file: what each number of five bits means in a slot; undefined where there is no such register for it. */
export type RegisterFile = readonly (Reg | undefined)[]

/** Registers that slots of a kind, with the same numbers, take; made when first needed, by all that decides on them. */
const files = new Map<string, RegisterFile>()

/** Without REX, 4 to 7 are ah, ch, dh, bh. */
function byteWithoutRex(id: number): Reg | undefined {
  return id < 8 ? existing(id < 4 ? 'r8' : 'r8h', id) : undefined
}

/** Whether a slot takes a register of the kind that it wants, by its number. */
function takes(slot: Slot, reg: Reg): boolean {
  return ((slot.numbers >> ((reg.shape & NUMBER_MASK) >> NUMBER_SHIFT)) & 1) === 1
}

/**
 * The file that a slot's numbers are of, of which the bits in `numberMask` count. A byte slot has another one where there
 * is no REX.
 */
export function fileOf(slot: Slot, hasRex: boolean, numberMask: number): RegisterFile {
  const kind = KINDS.find((each) => ((slot.kinds >> KIND_CODE[each]) & 1) === 1)!
  const isLegacyByte = ((slot.kinds >> KIND_CODE.r8h) & 1) === 1 && !hasRex
  const key = `${isLegacyByte ? 'legacy bytes' : kind} ${slot.numbers} ${numberMask}`
  let file = files.get(key)
  if (file === undefined) {
    file = Array.from({ length: NUMBERS }, (_, number) => {
      const id = number & numberMask
      const reg = isLegacyByte
        ? byteWithoutRex(id)
        : id < REGISTER_COUNT[kind]
          ? existing(kind, id)
          : undefined
      return reg !== undefined && takes(slot, reg) ? reg : undefined
    })
    files.set(key, file)
  }
  return file
}

const ROUNDINGS: readonly Rounding[] = ['rn-sae', 'rd-sae', 'ru-sae', 'rz-sae']
const SAE = 4
/** By kind and number: the register with each of its decorations. */
const decorations: (Reg | undefined)[][] = []

function decorationsOf(reg: Reg): (Reg | undefined)[] {
  const place = ((reg.shape & KIND_MASK) << 5) | reg.id
  decorations[place] ??= []
  return decorations[place]
}

/** The register with {k}, and {z}. */
export function masked(reg: Reg, opmask: number, zeroing: boolean): Reg {
  const known = decorationsOf(reg)
  const decoration = opmask | (zeroing ? 8 : 0)
  known[decoration] ??= new Reg(reg.kind, reg.id, k(opmask), zeroing, null)
  return known[decoration]
}

/** The register with {sae}, or with the rounding mode that L′L says. */
export function rounded(reg: Reg, isMode: boolean, length: number): Reg {
  const known = decorationsOf(reg)
  const decoration = 16 + (isMode ? length : SAE)
  known[decoration] ??= new Reg(reg.kind, reg.id, null, false, isMode ? ROUNDINGS[length]! : 'sae')
  return known[decoration]
}
