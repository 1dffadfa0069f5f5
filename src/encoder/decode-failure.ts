/** Why bytes are no instruction. */

import {
  KEY_AAA,
  KEY_ADDRESS,
  KEY_B,
  KEY_LENGTH,
  KEY_MASK,
  KEY_PP,
  KEY_REG,
  KEY_REGISTER,
  KEY_REX2,
  KEY_RM,
  KEY_SIZE,
  KEY_V4,
  KEY_VVVV,
  KEY_W,
  KEY_Z,
} from './decode-conditions.ts'
import type { OpcodeEntry } from './decode-index.ts'

/**
 * - `truncated`: the bytes end before the instruction does.
 * - `too-long`: it would have more than 15 bytes.
 * - `prefix`: lock, 66, F2, F3 or REX before VEX or EVEX.
 * - `payload`: a fixed bit or the opcode map of VEX or EVEX is wrong, or {z} stands without a mask.
 * - `opcode`: no instruction has it.
 * - `field`: there is an instruction with this opcode, but not with these prefixes or this ModRM byte.
 * - `operand`: a register does not exist, or an address must have a SIB byte and has none.
 * - `lock`: the instruction cannot be locked, or not in this form.
 * - `distinct`: registers that must differ are the same.
 */
export type UndecodableReason =
  | 'truncated'
  | 'too-long'
  | 'prefix'
  | 'payload'
  | 'opcode'
  | 'field'
  | 'operand'
  | 'lock'
  | 'distinct'

/** Bytes that are no instruction. */
export interface Undecodable {
  readonly form: null
  readonly reason: UndecodableReason
  /** The reason in words. */
  readonly message: string
}

const make = (reason: UndecodableReason, message: string): Undecodable =>
  Object.freeze({ form: null, reason, message })

export const FAILURES: Readonly<Record<Exclude<UndecodableReason, 'field'>, Undecodable>> = {
  truncated: make('truncated', 'the bytes end before the instruction does'),
  'too-long': make('too-long', 'an instruction has at most 15 bytes'),
  prefix: make('prefix', 'lock, 66, F2, F3 and REX cannot stand before VEX or EVEX'),
  payload: make(
    'payload',
    'VEX or EVEX has a fixed bit or an opcode map that does not exist, or {z} without a mask',
  ),
  opcode: make('opcode', 'no instruction has this opcode'),
  operand: make(
    'operand',
    'a register that does not exist, or an address without the SIB byte that it must have',
  ),
  lock: make('lock', 'lock is only for instructions that read, change and write memory'),
  distinct: make('distinct', 'registers that must differ are the same'),
}

const FIELDS: readonly (readonly [bits: number, name: string])[] = [
  [KEY_REGISTER, 'ModRM.mod'],
  [KEY_REG, 'ModRM.reg'],
  [KEY_RM, 'ModRM.rm'],
  [KEY_PP, 'the prefix F2 or F3, or pp'],
  [KEY_SIZE, 'the prefix 66'],
  [KEY_W, 'W'],
  [KEY_LENGTH, 'the vector length'],
  [KEY_VVVV, 'vvvv, which must be 1111'],
  [KEY_V4, 'V′, which must be 1'],
  [KEY_B, 'EVEX.b'],
  [KEY_Z, 'EVEX.z'],
  [KEY_AAA | KEY_MASK, 'EVEX.aaa'],
  [KEY_REX2, 'the prefix REX2'],
  [KEY_ADDRESS, 'the prefix 67'],
]
const fieldFailures = new Map<number, Undecodable>()

/** Names the fields by which the bytes differ from the form that they are nearest to. */
export function fieldFailure(entry: OpcodeEntry, key: number): Undecodable {
  let fewest = FIELDS.length + 1
  let wrong = 0
  for (let i = 0; i < entry.masks.length; i++) {
    const different = (key ^ entry.matches[i]!) & entry.masks[i]!
    const count = FIELDS.filter(([bits]) => (different & bits) !== 0).length
    if (count >= fewest) continue
    fewest = count
    wrong = different
  }
  let failure = fieldFailures.get(wrong)
  if (failure === undefined) {
    const names = FIELDS.filter(([bits]) => (wrong & bits) !== 0).map(([, name]) => name)
    failure = make('field', `no instruction of this opcode has what stands in ${names.join(' and ')}`)
    fieldFailures.set(wrong, failure)
  }
  return failure
}
