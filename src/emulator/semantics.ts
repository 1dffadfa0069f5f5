/** Every instruction that the emulator knows, by the table's mnemonics. */
import { broadcastSemantics } from './broadcast.ts'
import { controlSemantics, plainControlSemantics } from './control.ts'
import { floatSemantics } from './float.ts'
import { fmaSemantics } from './fma.ts'
import type { ControlSemantics, Semantics, SemanticsTable } from './instruction.ts'
import { integerSemantics } from './integer.ts'
import { wideIntegerSemantics } from './integer-wide.ts'
import { opmaskSemantics } from './opmask.ts'
import { shuffleSemantics } from './shuffle.ts'
import { vectorIntegerSemantics } from './vector-integer.ts'
import { vectorMoveSemantics } from './vector-move.ts'

const tables: readonly SemanticsTable[] = [
  integerSemantics,
  wideIntegerSemantics,
  plainControlSemantics,
  vectorMoveSemantics,
  vectorIntegerSemantics,
  floatSemantics,
  fmaSemantics,
  shuffleSemantics,
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
