/** Which status flags an instruction leaves undefined (SDM Vol. 2), given its operands: those are not compared. */
import type { Inst } from '../src/encoder/form.ts'
import { Mem } from '../src/encoder/operands.ts'
import { Reg } from '../src/encoder/registers.ts'
import type { Image } from './native-step.ts'

const C = 0x001
const P = 0x004
const A = 0x010
const Z = 0x040
const S = 0x080
const O = 0x800

const WIDTH: Readonly<Record<string, number>> = { r8: 8, r8h: 8, r16: 16, r32: 32, r64: 64 }

/** Width and masked count of a shift or rotation. */
function shiftOf(inst: Inst, before: Image): { readonly bits: number; readonly count: number } {
  const [to] = inst.operands
  const last = inst.operands.at(-1)
  const bits = to instanceof Reg ? WIDTH[to.kind]! : to instanceof Mem ? to.width : 64
  const raw = typeof last === 'number' ? last : Number(before.general[1]! & 0xffn)
  return { bits, count: raw & (bits === 64 ? 63 : 31) }
}

/** shld and shrd by more than the width. */
export function hasUndefinedResult(inst: Inst, before: Image): boolean {
  if (!/^sh[lr]d$/.test(inst.form.mnemonic)) return false
  const { bits, count } = shiftOf(inst, before)
  return count > bits
}

function shiftFlags(inst: Inst, before: Image): number {
  const { bits, count } = shiftOf(inst, before)
  const { mnemonic } = inst.form
  if (count === 0) return 0
  if (mnemonic.startsWith('r')) return count === 1 ? 0 : O
  return (
    A |
    (count === 1 ? 0 : O) |
    (count >= bits ? C : 0) |
    (mnemonic.length === 4 && count > bits ? O | S | Z | P | C : 0)
  )
}

const FIXED: Readonly<Record<string, number>> = {
  and: A,
  or: A,
  xor: A,
  test: A,
  mul: S | Z | A | P,
  imul: S | Z | A | P,
  div: C | O | S | Z | A | P,
  idiv: C | O | S | Z | A | P,
  bt: O | S | A | P,
  bts: O | S | A | P,
  btr: O | S | A | P,
  btc: O | S | A | P,
  bsf: C | O | S | A | P,
  bsr: C | O | S | A | P,
  tzcnt: O | S | A | P,
  lzcnt: O | S | A | P,
  andn: A | P,
  bextr: A | S | P,
  blsi: A | P,
  blsmsk: A | P,
  blsr: A | P,
  bzhi: A | P,
}

/** Bits of RFLAGS that may be anything after the instruction. */
export function undefinedFlags(inst: Inst, before: Image): number {
  const mnemonic = inst.form.mnemonic.replace(/^lock /, '')
  if (/^(sh[lr]d?|sar|ro[lr]|rc[lr])$/.test(mnemonic)) return shiftFlags(inst, before)
  return FIXED[mnemonic] ?? 0
}
