/** Which prefixes of an instruction are neither opcode nor operand: what text writes before the mnemonic. */
import {
  PREFIX_ADDRESS,
  PREFIX_CS,
  PREFIX_DS,
  PREFIX_ES,
  PREFIX_FS,
  PREFIX_GS,
  PREFIX_LOCK,
  PREFIX_REP,
  PREFIX_REPNE,
  PREFIX_SEGMENTS,
  PREFIX_SIZE,
  PREFIX_SS,
} from './decode-scan.ts'
import type { EncodableForm } from './encodable.ts'

/** A legacy prefix by the name that LLVM's text has for it. */
export type Prefix = 'lock' | 'repne' | 'rep' | 'data16' | 'addr32' | 'es' | 'cs' | 'ss' | 'ds' | 'fs' | 'gs'

const NAMES: readonly (readonly [bit: number, name: Prefix])[] = [
  [PREFIX_LOCK, 'lock'],
  [PREFIX_REPNE, 'repne'],
  [PREFIX_REP, 'rep'],
  [PREFIX_SIZE, 'data16'],
  [PREFIX_ADDRESS, 'addr32'],
  [PREFIX_ES, 'es'],
  [PREFIX_CS, 'cs'],
  [PREFIX_SS, 'ss'],
  [PREFIX_DS, 'ds'],
  [PREFIX_FS, 'fs'],
  [PREFIX_GS, 'gs'],
]

const lists = new Map<number, readonly Prefix[]>()
const NONE: readonly Prefix[] = Object.freeze([])

/** The prefix bits that are part of a form: its mandatory prefix, its operand size, the segment of its address. */
export function ownPrefixes(form: EncodableForm, hasMemory: boolean): number {
  let bits = hasMemory ? PREFIX_SEGMENTS : 0
  if (form.prefix === 0xf3) bits |= PREFIX_REP
  if (form.prefix === 0xf2) bits |= PREFIX_REPNE
  if (form.prefix === 0x66 || form.operandSize16) bits |= PREFIX_SIZE
  return bits
}

/** The names of prefix bits; equal bits give the same array. */
export function prefixNames(bits: number): readonly Prefix[] {
  if (bits === 0) return NONE
  let list = lists.get(bits)
  if (list === undefined) {
    list = Object.freeze(NAMES.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name))
    lists.set(bits, list)
  }
  return list
}
