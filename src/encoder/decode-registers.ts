/** The registers that decoding returns, plain and decorated: each is made once and shared, as registers are immutable. */
import type { Slot } from './encodable.ts'
import { k, physical, REGISTER_COUNT, Reg, type RegKind, type Rounding } from './registers.ts'
import { KIND_CODE, NUMBER_MASK, NUMBER_SHIFT, WRONG } from './shape.ts'

const KINDS = Object.keys(KIND_CODE) as RegKind[]

/** The register, where there is one: of r8h 0 to 3 and of most control registers there is none. */
function existing(kind: RegKind, id: number): Reg | undefined {
  if (kind === 'r8h' && id < 4) return undefined
  const reg: Reg = physical(kind, id)
  return (reg.shape & WRONG) === 0 ? reg : undefined
}

/** A register file: what a number means in a slot. */
export type RegisterFile = readonly (Reg | undefined)[]

const files = new Map<RegKind | 'legacy bytes', RegisterFile>()

/** Made when first needed: plans of decoding are made late, registers that nothing decodes never. */
function file(name: RegKind | 'legacy bytes'): RegisterFile {
  let made = files.get(name)
  if (made === undefined) {
    made =
      name === 'legacy bytes'
        ? // Without REX, 4 to 7 are ah, ch, dh, bh.
          Array.from({ length: 8 }, (_, id) => existing(id < 4 ? 'r8' : 'r8h', id))
        : Array.from({ length: REGISTER_COUNT[name] }, (_, id) => existing(name, id))
    files.set(name, made)
  }
  return made
}

/** The file that a slot's numbers are of. A byte slot has another one where there is no REX. */
export function fileOf(slot: Slot, hasRex: boolean): RegisterFile {
  const kind = KINDS.find((each) => ((slot.kinds >> KIND_CODE[each]) & 1) === 1)!
  const takesHighBytes = ((slot.kinds >> KIND_CODE.r8h) & 1) === 1
  return file(takesHighBytes && !hasRex ? 'legacy bytes' : kind)
}

/** Whether a slot takes a register of the kind that it wants, by its number. */
export function takes(slot: Slot, reg: Reg): boolean {
  return ((slot.numbers >> ((reg.shape & NUMBER_MASK) >> NUMBER_SHIFT)) & 1) === 1
}

const ROUNDINGS: readonly Rounding[] = ['rn-sae', 'rd-sae', 'ru-sae', 'rz-sae']
const SAE = 4
const decorations = new WeakMap<Reg, (Reg | undefined)[]>()

function decorated(reg: Reg, decoration: number, make: () => Reg): Reg {
  let known = decorations.get(reg)
  if (known === undefined) {
    known = []
    decorations.set(reg, known)
  }
  known[decoration] ??= make()
  return known[decoration]
}

/** The register with {k}, and {z}. */
export function masked(reg: Reg, opmask: number, zeroing: boolean): Reg {
  return decorated(reg, opmask | (zeroing ? 8 : 0), () => new Reg(reg.kind, reg.id, k(opmask), zeroing, null))
}

/** The register with {sae}, or with the rounding mode that L′L says. */
export function rounded(reg: Reg, isMode: boolean, length: number): Reg {
  const mode = isMode ? length : SAE
  return decorated(
    reg,
    16 + mode,
    () => new Reg(reg.kind, reg.id, null, false, isMode ? ROUNDINGS[length]! : 'sae'),
  )
}
