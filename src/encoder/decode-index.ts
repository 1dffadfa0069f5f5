/**
 * The forms by opcode, for the decoder: in which order they are tried, and under which conditions. At first only the
 * opcodes of all rows are read; the rows themselves when an opcode of theirs is first met.
 */
import { type Condition, conditionsOf, type Place } from './decode-conditions.ts'
import { type DecodePlan, planOf } from './decode-plan.ts'
import { FIRST_MAP, MAPS } from './decode-scan.ts'
import type { EncodableForm } from './encodable.ts'
import { encodableForms, mnemonics } from './forms.ts'
import { parseNotation, type Scheme } from './tables/notation.ts'
import { rowsOf } from './tables/rows.ts'

/** All that an opcode can mean, the most specific first: plan i where `(key & masks[i]) === matches[i]`. */
export interface OpcodeEntry {
  readonly hasModRM: boolean
  readonly masks: Int32Array
  readonly matches: Int32Array
  readonly plans: readonly DecodePlan[]
  /** The bits of a key that any mask looks at. */
  readonly relevant: number
  /** Which plan was the first to match keys that were met: by a hash of their relevant bits, which stand beside it. */
  readonly knownKeys: Int32Array
  readonly knownPlans: Int32Array
}

/** 16 keys are remembered for each opcode. */
const KNOWN_SHIFT = 32 - 4
const MULTIPLIER = 0x9e3779b1

/** The first plan that matches the key; as many as there are plans, when none does. */
export function firstMatch(entry: OpcodeEntry, key: number): number {
  const bits = key & entry.relevant
  const place = Math.imul(bits, MULTIPLIER) >>> KNOWN_SHIFT
  if (entry.knownKeys[place] === bits) return entry.knownPlans[place]!
  const { masks, matches } = entry
  let first = 0
  while (first < masks.length && (key & masks[first]!) !== matches[first]!) first++
  entry.knownKeys[place] = bits
  entry.knownPlans[place] = first
  return first
}

const OPCODES = 256

/** Where bytes are found that begin so; legacy ones have their escapes among them, others their map apart. */
function placeOf(scheme: Scheme, map: number, opcode: readonly number[], address32: boolean): Place {
  if (scheme !== 'legacy') {
    return { map: FIRST_MAP[scheme] + map, opcode: opcode[0]!, literal: opcode[1] ?? -1, needs67: false }
  }
  const isJump67 = opcode[0] === 0x67
  const bytes = isJump67 ? opcode.slice(1) : opcode
  const escapes = bytes[0] !== 0x0f ? 0 : bytes[1] === 0x38 || bytes[1] === 0x3a ? 2 : 1
  const legacyMap = escapes < 2 ? escapes : bytes[1] === 0x38 ? 2 : 3
  return {
    map: FIRST_MAP.legacy + legacyMap,
    opcode: bytes[escapes]!,
    literal: bytes[escapes + 1] ?? -1,
    needs67: isJump67 || address32,
  }
}

function placeOfForm({ address32, map, opcode, opcodeLength, scheme }: EncodableForm): Place {
  const bytes = Array.from(
    { length: opcodeLength },
    (_, i) => Math.floor(opcode / 256 ** (opcodeLength - 1 - i)) % 256,
  )
  return placeOf(scheme, map, bytes, address32)
}

/** Opcodes that a place stands for: a register in the opcode takes eight, one in a literal ModRM byte eight of those. */
function spanOf(place: Place, hasRegister: boolean): number {
  return hasRegister && place.literal < 0 ? 8 : 1
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

type Candidate = Condition & { readonly form: EncodableForm; readonly needs67: boolean }

/**
 * Of two that mean the same, as xchg of a register and memory, the one with ModRM.rm first, as LLVM prints it; then
 * as the tables have them.
 */
function bySpecificity(a: Candidate, b: Candidate): number {
  return (
    rankOf(a.form) - rankOf(b.form) || bitCount(b.mask) - bitCount(a.mask) || a.form.rmIndex - b.form.rmIndex
  )
}

/** The forms of these mnemonics that begin with an opcode, each with its place, in the order of the tables. */
function formsAt(key: number, names: Iterable<string>): (readonly [EncodableForm, Place])[] {
  const found: (readonly [EncodableForm, Place])[] = []
  for (const name of names) {
    const forms = [...encodableForms(name)].sort((a, b) => a.serial - b.serial)
    for (const form of forms) {
      const place = placeOfForm(form)
      const first = place.map * OPCODES + place.opcode
      if (key >= first && key < first + spanOf(place, form.opcodeIndex >= 0)) found.push([form, place])
    }
  }
  return found
}

function buildEntry(key: number, names: Iterable<string>): OpcodeEntry {
  const found = formsAt(key, names)
  const siblings = found.map(([form]) => form)
  const candidates = found.flatMap(([form, place]) =>
    conditionsOf(form, place, siblings).map(
      (condition): Candidate => ({ ...condition, form, needs67: place.needs67 }),
    ),
  )
  candidates.sort(bySpecificity)
  const known = 1 << (32 - KNOWN_SHIFT)
  return {
    hasModRM: found.some(([form, place]) => form.hasModRM || place.literal >= 0),
    masks: Int32Array.from(candidates, ({ mask }) => mask),
    matches: Int32Array.from(candidates, ({ match }) => match),
    plans: candidates.map(({ form, needs67 }) => planOf(form, needs67)),
    relevant: candidates.reduce((bits, { mask }) => bits | mask, 0),
    // No key has all bits.
    knownKeys: new Int32Array(known).fill(-1),
    knownPlans: new Int32Array(known),
  }
}

/** The mnemonics that have a row with each opcode. */
function readOpcodes(): readonly (Set<string> | undefined)[] {
  const names = new Array<Set<string> | undefined>(MAPS * OPCODES).fill(undefined)
  for (const mnemonic of mnemonics()) {
    rowsOf(mnemonic).forEach((row, index) => {
      const { address32, map, opcode, opcodeRegister, scheme } = parseNotation(row[2], {
        mnemonic,
        row: index + 1,
      })
      const place = placeOf(scheme, map, opcode, address32)
      const first = place.map * OPCODES + place.opcode
      for (let key = first; key < first + spanOf(place, opcodeRegister); key++) {
        const known = names[key]
        if (known === undefined) names[key] = new Set([mnemonic])
        else known.add(mnemonic)
      }
    })
  }
  return names
}

let entries: (OpcodeEntry | undefined)[] = []
/** Made at the first use, as the entries are. */
let namesByOpcode: readonly (Set<string> | undefined)[] | null = null

/** What an opcode of a map (as FIRST_MAP numbers them) can mean; undefined when no row has it. */
export function entryOf(map: number, opcode: number): OpcodeEntry | undefined {
  const key = map * OPCODES + opcode
  return entries[key] ?? openEntry(key)
}

function openEntry(key: number): OpcodeEntry | undefined {
  if (namesByOpcode === null) {
    namesByOpcode = readOpcodes()
    entries = new Array<OpcodeEntry | undefined>(MAPS * OPCODES).fill(undefined)
  }
  const names = namesByOpcode[key]
  if (names === undefined) return undefined
  const entry = buildEntry(key, names)
  entries[key] = entry
  return entry
}
