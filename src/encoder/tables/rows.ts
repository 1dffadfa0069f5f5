/** The rows of every mnemonic, for all who read them. The bundle has packed-rows.ts over a text in place of this file. */
import type { Row } from './grammar.ts'
import { tables } from './index.ts'

let names: readonly string[] | undefined

/** Every mnemonic that has rows, in the order of the tables. */
export function mnemonics(): readonly string[] {
  names ??= Object.freeze(Object.keys(tables))
  return names
}

/** The rows of a mnemonic; none when no table has it. */
export function rowsOf(mnemonic: string): readonly Row[] {
  return Object.hasOwn(tables, mnemonic) ? tables[mnemonic]! : []
}

export function hasRows(mnemonic: string): boolean {
  return Object.hasOwn(tables, mnemonic)
}
