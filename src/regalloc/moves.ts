/** Which instructions copy, load and store whole registers: the vocabulary of spill code and coalescing. */
import type { RegKind } from '../encoder/registers.ts'
import type { Scheme } from '../encoder/tables/notation.ts'

/** Copies between two registers of one kind that change nothing else. */
const COPIES: ReadonlySet<string> = new Set([
  'mov',
  'movaps',
  'movapd',
  'movdqa',
  'movups',
  'movupd',
  'movdqu',
  'vmovaps',
  'vmovapd',
  'vmovups',
  'vmovupd',
  'vmovdqa',
  'vmovdqu',
  'vmovdqa32',
  'vmovdqa64',
  'vmovdqu8',
  'vmovdqu16',
  'vmovdqu32',
  'vmovdqu64',
  'kmovq',
])

/** Moves that load and store a register's whole content, as spill code does; kmovw where masks have 16 bits. */
const WHOLE_MOVES: ReadonlySet<string> = new Set(['mov', 'movaps', 'vmovaps', 'kmovq', 'kmovw'])

export const isWholeMove = (mnemonic: string): boolean => WHOLE_MOVES.has(mnemonic)
export const isCopyMnemonic = (mnemonic: string): boolean => COPIES.has(mnemonic)

/** The instruction that copies a register of a kind, in the encoding of its surroundings. */
export function copyMnemonic(kind: RegKind, scheme: Scheme): string {
  switch (kind) {
    case 'k':
      return 'kmovq'
    case 'xmm':
    case 'ymm':
    case 'zmm':
      return scheme === 'legacy' ? 'movaps' : 'vmovaps'
    default:
      return 'mov'
  }
}
