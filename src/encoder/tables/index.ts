/** All tables together. A mnemonic lives in exactly one file; the tests hold every row against the grammar. */
import { amx } from './amx.ts'
import { control } from './control.ts'
import { fma } from './fma.ts'
import type { Table } from './grammar.ts'
import { integer } from './integer.ts'
import { vector } from './vector.ts'

export { aliases } from './aliases.ts'

/** The literal types of all rows, from which the methods' types are made. */
export type InstructionTable = typeof integer & typeof control & typeof vector & typeof fma & typeof amx

/** Every table by file, for the test that no mnemonic occurs twice. */
export const tableFiles: readonly Table[] = [integer, control, vector, fma, amx]

/** Every mnemonic's rows. */
export const tables: Table = Object.assign({}, ...tableFiles)
