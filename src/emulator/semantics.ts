/** Every instruction that the emulator knows, by the table's mnemonics. */
import { amxSemantics } from './amx.ts'
import { bitSemantics } from './bit.ts'
import { broadcastSemantics } from './broadcast.ts'
import { compressSemantics } from './compress.ts'
import { controlSemantics, plainControlSemantics } from './control.ts'
import { convertSemantics } from './convert.ts'
import { floatSemantics } from './float.ts'
import { floatCompareSemantics } from './float-compare.ts'
import { floatSpecialSemantics } from './float-special.ts'
import { fmaSemantics } from './fma.ts'
import { insertSemantics } from './insert.ts'
import type { ControlSemantics, Semantics, SemanticsTable } from './instruction.ts'
import { integerSemantics } from './integer.ts'
import { wideIntegerSemantics } from './integer-wide.ts'
import { lowPrecisionSemantics } from './low-precision.ts'
import { multiplySemantics } from './multiply.ts'
import { opmaskSemantics } from './opmask.ts'
import { shiftSemantics } from './shift.ts'
import { shuffleSemantics } from './shuffle.ts'
import { stringSemantics } from './string.ts'
import { systemSemantics } from './system.ts'
import { vectorCompareSemantics } from './vector-compare.ts'
import { vectorIntegerSemantics } from './vector-integer.ts'
import { vectorMoveSemantics } from './vector-move.ts'
import { vectorResizeSemantics } from './vector-resize.ts'
import { vectorShiftSemantics } from './vector-shift.ts'

const tables: readonly SemanticsTable[] = [
  integerSemantics,
  wideIntegerSemantics,
  shiftSemantics,
  multiplySemantics,
  bitSemantics,
  plainControlSemantics,
  systemSemantics,
  vectorMoveSemantics,
  vectorIntegerSemantics,
  vectorShiftSemantics,
  vectorCompareSemantics,
  vectorResizeSemantics,
  floatSemantics,
  fmaSemantics,
  convertSemantics,
  floatCompareSemantics,
  floatSpecialSemantics,
  lowPrecisionSemantics,
  amxSemantics,
  shuffleSemantics,
  insertSemantics,
  compressSemantics,
  broadcastSemantics,
  opmaskSemantics,
]

const plain = new Map<string, Semantics>()
for (const table of tables) {
  for (const [mnemonic, semantics] of Object.entries(table)) {
    if (plain.has(mnemonic)) throw new Error(`two semantics for ${mnemonic}`)
    plain.set(mnemonic, semantics)
  }
}
for (const [mnemonic, semantics] of Object.entries(stringSemantics(Object.fromEntries(plain))))
  plain.set(mnemonic, semantics)
const control = new Map<string, ControlSemantics>(Object.entries(controlSemantics))

/** Prefixes that change nothing here: there is no other thread to lock out. */
const withoutPrefix = (mnemonic: string): string => mnemonic.replace(/^(?:lock|notrack|\{vex\}) /, '')

/** The semantics of an instruction that goes on with the next one. */
export function semanticsOf(mnemonic: string): Semantics | undefined {
  return plain.get(withoutPrefix(mnemonic))
}

/** The semantics of an instruction that decides where to go on. */
export function controlSemanticsOf(mnemonic: string): ControlSemantics | undefined {
  return control.get(withoutPrefix(mnemonic))
}

/** Whether the emulator knows a mnemonic of the instruction table. */
export function isEmulated(mnemonic: string): boolean {
  return semanticsOf(mnemonic) !== undefined || controlSemanticsOf(mnemonic) !== undefined
}
