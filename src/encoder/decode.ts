/** Bytes back to instructions, by the same tables that encode them. */

import { KEY_REGISTER } from './decode-conditions.ts'
import { FAILURES, fieldFailure, type Undecodable } from './decode-failure.ts'
import { entryOf, firstMatch, type OpcodeEntry } from './decode-index.ts'
import { OPCODE_WRONG, OPERANDS_SHORT, readOperands } from './decode-operands.ts'
import type { DecodePlan, PrefixedForm } from './decode-plan.ts'
import { type Prefix, prefixNames } from './decode-prefixes.ts'
import {
  BAD_PAYLOAD,
  BAD_PREFIX,
  PREFIX_ADDRESS,
  PREFIX_LOCK,
  PREFIX_REX,
  SCANNED,
  Scan,
  type ScanResult,
  TOO_LONG,
} from './decode-scan.ts'
import { repeatedRegister } from './distinct.ts'
import { featuresOf } from './features.ts'
import type { Form, Inst } from './form.ts'
import { Mem, type Operand } from './operands.ts'

export type { Undecodable, UndecodableReason } from './decode-failure.ts'
export type { Prefix } from './decode-prefixes.ts'

/** An instruction as it was found. */
export interface DecodedInst extends Inst {
  /** Bytes, all prefixes included. */
  readonly length: number
  /** Prefixes that are no part of the opcode or the operands: they mean something of their own, or nothing. */
  readonly prefixes: readonly Prefix[]
  /** CPUID features that it needs, all of them; APX_F too where r16 to r31 need it. */
  readonly features: readonly string[]
}

/** `form` is null where the bytes are no instruction. */
export type Decoded = DecodedInst | Undecodable

class FoundInst implements DecodedInst {
  readonly form: Form
  readonly operands: readonly Operand[]
  readonly length: number
  readonly prefixes: readonly Prefix[]

  constructor(form: Form, operands: readonly Operand[], length: number, prefixes: readonly Prefix[]) {
    this.form = form
    this.operands = operands
    this.length = length
    this.prefixes = prefixes
  }

  get features(): readonly string[] {
    return featuresOf(this.form, this.operands)
  }
}

function failureOf(result: ScanResult): Undecodable {
  switch (result) {
    case TOO_LONG:
      return FAILURES['too-long']
    case BAD_PREFIX:
      return FAILURES.prefix
    case BAD_PAYLOAD:
      return FAILURES.payload
    default:
      return FAILURES.truncated
  }
}

/** The address registers show the address size, where there are any. */
function isAddress32(operand: Operand): boolean {
  return operand instanceof Mem && (operand.base?.kind === 'r32' || operand.index?.kind === 'r32')
}

const scan = new Scan()

/** What a prefix makes of the form, if it makes something of it. */
function withPrefix({ prefixed }: DecodePlan): PrefixedForm | null {
  for (const each of prefixed) {
    if ((scan.prefixes & each.bit) !== 0) return each
  }
  return null
}

function finish(plan: DecodePlan, operands: Operand[], start: number): Decoded {
  const prefixed = plan.prefixed.length === 0 ? null : withPrefix(plan)
  const form = prefixed?.form ?? plan.form
  let rest = scan.prefixes & ~plan.ownPrefixes & ~PREFIX_REX
  if (prefixed !== null) rest &= ~prefixed.bit
  if ((rest & PREFIX_LOCK) !== 0) return FAILURES.lock
  if (form.distinct && repeatedRegister(form, operands) !== null) return FAILURES.distinct
  if ((rest & PREFIX_ADDRESS) !== 0 && operands.some(isAddress32)) rest &= ~PREFIX_ADDRESS
  return new FoundInst(form, operands, scan.at - start, prefixNames(rest))
}

function choose(entry: OpcodeEntry, start: number): Decoded {
  let modrm = -1
  if (entry.hasModRM) {
    if (scan.at >= scan.end) return failureOf(scan.short())
    modrm = scan.bytes[scan.at++]!
    if (scan.isWrongEvex(modrm)) return FAILURES.payload
    // ModRM.reg and ModRM.rm lie in the key as they do in the byte.
    scan.key |= (modrm & 0x3f) | (modrm >= 0xc0 ? KEY_REGISTER : 0)
  }
  const { key } = scan
  const { masks, matches, plans } = entry
  const behindModRM = scan.at
  let failure: Undecodable | null = null
  for (let i = firstMatch(entry, key); i < masks.length; i++) {
    if ((key & masks[i]!) !== matches[i]!) continue
    scan.at = behindModRM
    const plan = plans[i]!
    const operands = readOperands(scan, plan, modrm)
    if (typeof operands !== 'number') return finish(plan, operands, start)
    // What is less specific may be shorter, but is not what was begun.
    if (operands === OPERANDS_SHORT) return failureOf(scan.short())
    failure = operands === OPCODE_WRONG ? FAILURES.opcode : FAILURES.operand
  }
  return failure ?? fieldFailure(entry, key)
}

/**
 * Reads the instruction that begins at `offset`, as a CPU in 64-bit mode would: prefixes in any order and number,
 * encodings that are longer than needed, fields that are ignored. Where there is none, `form` is null and
 * `reason` and `message` say why; no bytes make it throw, and none behind their end are read.
 *
 * Registers and forms are shared and immutable. A branch target or `[rip + …]` is a Displacement from the end of the
 * instruction. `features` are the CPUID features that it needs, and `visitRegisters(form, operands, …)`
 * says what it reads and writes.
 *
 * @example
 * ```ts
 * const found = decode(Uint8Array.of(0x62, 0xf1, 0x7c, 0x48, 0x58, 0xc2))
 * if (found.form === null) throw new Error(found.message)
 * format(found) // 'vaddps zmm0, zmm0, zmm2'
 * ```
 */
export function decode(bytes: Uint8Array, offset = 0): Decoded {
  const result = scan.scan(bytes, offset)
  if (result !== SCANNED) return failureOf(result)
  const entry = entryOf(scan.map, scan.opcode)
  return entry === undefined ? FAILURES.opcode : choose(entry, offset)
}
