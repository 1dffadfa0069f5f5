/** The forms by opcode, for the decoder: in which order they are tried, and under which conditions. */
import { type Condition, conditionsOf, type Place } from './decode-conditions.ts'
import { type DecodePlan, planOf } from './decode-plan.ts'
import { FIRST_MAP, MAPS } from './decode-scan.ts'
import type { EncodableForm } from './encodable.ts'
import { encodableForms, mnemonics } from './forms.ts'

/** All that an opcode can mean, the most specific first: plan i where `(key & masks[i]) === matches[i]`. */
export interface OpcodeEntry {
  readonly hasModRM: boolean
  readonly masks: Int32Array
  readonly matches: Int32Array
  readonly plans: readonly DecodePlan[]
}

const OPCODES = 256

function opcodeBytes(form: EncodableForm): number[] {
  const { opcode, opcodeLength } = form
  return Array.from(
    { length: opcodeLength },
    (_, i) => Math.floor(opcode / 256 ** (opcodeLength - 1 - i)) % 256,
  )
}

function legacyPlace(form: EncodableForm): Place {
  const bytes = opcodeBytes(form)
  const isJump67 = bytes[0] === 0x67
  if (isJump67) bytes.shift()
  const escapes = bytes[0] !== 0x0f ? 0 : bytes[1] === 0x38 || bytes[1] === 0x3a ? 2 : 1
  const map = FIRST_MAP.legacy + (escapes < 2 ? escapes : bytes[1] === 0x38 ? 2 : 3)
  return {
    map,
    opcode: bytes[escapes]!,
    literal: bytes[escapes + 1] ?? -1,
    needs67: isJump67 || form.address32,
  }
}

function placeOf(form: EncodableForm): Place {
  if (form.scheme === 'legacy') return legacyPlace(form)
  const [opcode, literal = -1] = opcodeBytes(form)
  return {
    map: FIRST_MAP[form.scheme] + form.map,
    opcode: opcode!,
    literal,
    needs67: false,
  }
}

/** F2 and F3 choose before 66, and 66 before the rest; a register in the opcode comes last, so that 90 is nop. */
function rankOf({ opcodeIndex, prefix }: EncodableForm): number {
  if (opcodeIndex >= 0) return 3
  return prefix === 0xf2 || prefix === 0xf3 ? 0 : prefix === 0x66 ? 1 : 2
}

function bitCount(value: number): number {
  let count = 0
  for (let rest = value; rest !== 0; rest &= rest - 1) count++
  return count
}

type Candidate = Condition & { readonly form: EncodableForm; readonly rank: number }

/** Of two that mean the same, as xchg of a register and memory, the one with ModRM.rm first, as LLVM prints it. */
function bySpecificity(a: Candidate, b: Candidate): number {
  return (
    a.rank - b.rank ||
    bitCount(b.mask) - bitCount(a.mask) ||
    a.form.rmIndex - b.form.rmIndex ||
    a.form.serial - b.form.serial
  )
}

function buildEntry(forms: readonly EncodableForm[], places: ReadonlyMap<EncodableForm, Place>): OpcodeEntry {
  const candidates = forms.flatMap((form): Candidate[] => {
    const place = places.get(form)!
    const rank = rankOf(form)
    return conditionsOf(form, place, forms).map((condition) => ({ ...condition, form, rank }))
  })
  candidates.sort(bySpecificity)
  return {
    hasModRM: forms.some((form) => form.hasModRM || places.get(form)!.literal >= 0),
    masks: Int32Array.from(candidates, ({ mask }) => mask),
    matches: Int32Array.from(candidates, ({ match }) => match),
    plans: candidates.map(({ form }) => planOf(form, places.get(form)!.needs67)),
  }
}

function buildIndex(): readonly (OpcodeEntry | undefined)[] {
  const places = new Map<EncodableForm, Place>()
  const byOpcode = new Map<number, EncodableForm[]>()
  for (const mnemonic of mnemonics()) {
    for (const form of encodableForms(mnemonic)) {
      const place = placeOf(form)
      places.set(form, place)
      // A register in the opcode itself takes eight opcodes; one in a literal ModRM byte takes eight of those.
      const span = form.opcodeIndex >= 0 && place.literal < 0 ? 8 : 1
      for (let opcode = place.opcode; opcode < place.opcode + span; opcode++) {
        const key = place.map * OPCODES + opcode
        const list = byOpcode.get(key)
        if (list === undefined) byOpcode.set(key, [form])
        else list.push(form)
      }
    }
  }
  const entries = new Array<OpcodeEntry | undefined>(MAPS * OPCODES).fill(undefined)
  for (const [key, forms] of byOpcode) entries[key] = buildEntry(forms, places)
  return entries
}

let index: readonly (OpcodeEntry | undefined)[] | null = null

/** The entry of every opcode, at 256 · map + opcode. Built from all the tables when it is first asked for. */
export function opcodeIndex(): readonly (OpcodeEntry | undefined)[] {
  index ??= buildIndex()
  return index
}
