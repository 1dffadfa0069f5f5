/** All tables together. A mnemonic lives in exactly one file; the tests hold every row against the grammar. */
import { amx } from './amx.ts'
import { bit } from './bit.ts'
import { broadcastGather } from './broadcast-gather.ts'
import { compare } from './compare.ts'
import { control } from './control.ts'
import { convert } from './convert.ts'
import { crypto } from './crypto.ts'
import { floatArithmetic } from './float-arithmetic.ts'
import { fma } from './fma.ts'
import type { Table } from './grammar.ts'
import { integer } from './integer.ts'
import { integerVector } from './integer-vector.ts'
import { logic } from './logic.ts'
import { lowPrecision } from './low-precision.ts'
import { move } from './move.ts'
import { opmask } from './opmask.ts'
import { shiftRotate } from './shift-rotate.ts'
import { shufflePermute } from './shuffle-permute.ts'
import { system } from './system.ts'
import { vectorMove } from './vector-move.ts'
import { vectorShift } from './vector-shift.ts'

export { aliases } from './aliases.ts'

/** The literal types of all rows, from which the methods' types are made. */
export type InstructionTable = typeof move &
  typeof integer &
  typeof shiftRotate &
  typeof bit &
  typeof control &
  typeof system &
  typeof vectorMove &
  typeof floatArithmetic &
  typeof fma &
  typeof compare &
  typeof logic &
  typeof integerVector &
  typeof vectorShift &
  typeof shufflePermute &
  typeof convert &
  typeof broadcastGather &
  typeof opmask &
  typeof lowPrecision &
  typeof amx &
  typeof crypto

/** Every table by the name of its file. No mnemonic occurs twice; the tests see to it. */
export const tableFiles: Readonly<Record<string, Table>> = {
  move,
  integer,
  'shift-rotate': shiftRotate,
  bit,
  control,
  system,
  'vector-move': vectorMove,
  'float-arithmetic': floatArithmetic,
  fma,
  compare,
  logic,
  'integer-vector': integerVector,
  'vector-shift': vectorShift,
  'shuffle-permute': shufflePermute,
  convert,
  'broadcast-gather': broadcastGather,
  opmask,
  'low-precision': lowPrecision,
  amx,
  crypto,
}

/** Every mnemonic's rows. */
export const tables: Table = Object.assign({}, ...Object.values(tableFiles))
