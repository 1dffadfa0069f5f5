/** A row taken apart once for all of its forms: what its columns say, and what follows from them. */
import { type ParsedOperand, type ParsedRow, parseRow, type Row, type RowPlace } from './grammar.ts'
import { type Notation, parseNotation } from './notation.ts'
import { oncePerText } from './once.ts'
import { chooseLetter } from './tokens.ts'

function vectorLength(operands: readonly ParsedOperand[], notation: Notation, variant: number): number {
  if (notation.length !== 'letter') return notation.length
  let length = -1
  for (const { alternatives } of operands) {
    for (const set of alternatives) length = Math.max(length, chooseLetter(set, variant).length)
  }
  return length
}

/**
 * Whether REX2 can stand before a legacy row (APX specification, 3.1.2.2): maps 0 and 1 have it, but for the opcodes
 * below, which are REX itself, relative jumps, and others that the prefix makes something else of.
 */
function takesRex2({ opcode, rex2, scheme }: Notation, { noRex2 }: ParsedRow['attributes']): boolean {
  if (scheme !== 'legacy' || noRex2) return false
  if (rex2) return true
  // Rows for one address size begin with 67, and what is mandatory behind it.
  const [first = 0, second = 0] = opcode[0] === 0x67 ? opcode.filter((byte) => byte !== 0x67 && byte !== 0xf3) : opcode
  const row = (first === 0x0f ? second : first) >> 4
  if (first === 0x0f) return second !== 0x38 && second !== 0x3a && row !== 0x3 && row !== 0x8
  return row !== 0x4 && row !== 0x7 && row !== 0xa && row !== 0xe
}

/** What all forms of a row have in common. */
export interface RowFacts {
  readonly mnemonic: string
  readonly row: Row
  readonly place: RowPlace
  readonly parsed: ParsedRow
  readonly notation: Notation
  /** L'L by variant; −1 where nothing says it, which is right in legacy rows only. */
  readonly lengths: readonly number[]
  readonly longest: number
  /** REX2 can stand before it. */
  readonly rex2: boolean
  /** Opcode bytes as one number, the first byte highest. */
  readonly opcode: number
  /** The operand with each role; −1 where none has it. */
  readonly places: Places
}

export interface Places {
  readonly reg: number
  readonly vvvv: number
  readonly rm: number
  readonly opcode: number
  readonly immediate: number
  readonly secondImmediate: number
  readonly is4: number
  readonly displacement: number
}

/** Few rows have roles that no other has. */
const placesOf = oncePerText(
  (roles): Places => ({
    reg: roles.indexOf('R'),
    vvvv: roles.indexOf('V'),
    rm: roles.indexOf('M'),
    opcode: roles.indexOf('O'),
    immediate: roles.indexOf('I'),
    secondImmediate: roles.indexOf('J'),
    is4: roles.indexOf('S'),
    displacement: roles.indexOf('D'),
  }),
)

/** Takes a row apart, of which the operands are read already. Throws RowError where it cannot be read. */
export function readRow(mnemonic: string, row: Row, number: number, operands: readonly ParsedOperand[]): RowFacts {
  const place: RowPlace = { mnemonic, row: number }
  const parsed = parseRow(row, place, operands)
  const notation = parseNotation(row[2], place)
  const lengths: number[] = []
  for (let variant = 0; variant < parsed.variants; variant++) {
    lengths.push(vectorLength(parsed.operands, notation, variant))
  }
  let opcode = 0
  for (const byte of notation.opcode) opcode = opcode * 256 + byte
  return {
    mnemonic,
    row,
    place,
    parsed,
    notation,
    lengths,
    longest: Math.max(...lengths),
    rex2: takesRex2(notation, parsed.attributes),
    opcode,
    places: placesOf(row[1]),
  }
}
