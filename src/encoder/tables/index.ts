/** All tables together. A mnemonic lives in exactly one file; the tests hold every row against the grammar. */

import { amd3dnow } from './amd-3dnow.ts'
import { amx } from './amx.ts'
import { apx } from './apx.ts'
import { apxEvex } from './apx-evex.ts'
import { apxNoFlags } from './apx-no-flags.ts'
import { bfloat } from './bfloat.ts'
import { bit } from './bit.ts'
import { broadcastGather } from './broadcast-gather.ts'
import { compare } from './compare.ts'
import { compareAdd } from './compare-add.ts'
import { complex } from './complex.ts'
import { control } from './control.ts'
import { convert } from './convert.ts'
import { crypto } from './crypto.ts'
import { floatArithmetic } from './float-arithmetic.ts'
import { fma } from './fma.ts'
import { fma4 } from './fma4.ts'
import type { Table } from './grammar.ts'
import { hash } from './hash.ts'
import { integer } from './integer.ts'
import { integerVector } from './integer-vector.ts'
import { keyLocker } from './key-locker.ts'
import { logic } from './logic.ts'
import { lowPrecision } from './low-precision.ts'
import { mmx } from './mmx.ts'
import { move } from './move.ts'
import { opmask } from './opmask.ts'
import { privileged } from './privileged.ts'
import { saturatingConvert } from './saturating-convert.ts'
import { shiftRotate } from './shift-rotate.ts'
import { shufflePermute } from './shuffle-permute.ts'
import { sse4a } from './sse4a.ts'
import { string } from './string.ts'
import { system } from './system.ts'
import { trailingBit } from './trailing-bit.ts'
import { vectorMove } from './vector-move.ts'
import { vectorShift } from './vector-shift.ts'
import { virtualization } from './virtualization.ts'
import { x87 } from './x87.ts'
import { xop } from './xop.ts'

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
  typeof crypto &
  typeof string &
  typeof x87 &
  typeof privileged &
  typeof virtualization &
  typeof mmx &
  typeof amd3dnow &
  typeof sse4a &
  typeof keyLocker &
  typeof fma4 &
  typeof xop &
  typeof trailingBit &
  typeof compareAdd &
  typeof hash &
  typeof bfloat &
  typeof saturatingConvert &
  typeof complex &
  typeof apx &
  typeof apxNoFlags &
  typeof apxEvex

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
  'apx-evex': apxEvex,
  'apx-no-flags': apxNoFlags,
  apx,
  complex,
  'saturating-convert': saturatingConvert,
  bfloat,
  hash,
  'compare-add': compareAdd,
  'trailing-bit': trailingBit,
  xop,
  fma4,
  'key-locker': keyLocker,
  sse4a,
  'amd-3dnow': amd3dnow,
  mmx,
  virtualization,
  privileged,
  x87,
  string,
}

/** Every mnemonic's rows. */
export const tables: Table = Object.assign({}, ...Object.values(tableFiles))
