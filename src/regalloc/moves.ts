/** Which instructions copy whole registers, and making them: the vocabulary of coalescing and of added code. */
import type { Operand } from '../encoder/operands.ts'
import type { Reg, RegKind } from '../encoder/registers.ts'
import { selectForm } from '../encoder/select.ts'
import type { Scheme } from '../encoder/tables/notation.ts'
import type { VInst } from './function.ts'
import { BANK, bankOfReg } from './units.ts'

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
function copyMnemonic(kind: RegKind, scheme: Scheme): string {
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

/** An instruction, with the form that fits. */
export function inst(mnemonic: string, operands: readonly Operand[]): VInst {
  return { kind: 'inst', form: selectForm(mnemonic, operands), operands }
}

/** Copies of general registers take the whole, which clears nothing. */
export function copy(to: Reg, from: Reg, scheme: Scheme): VInst {
  const kind = bankOfReg(to) === BANK.gp ? 'r64' : to.kind
  return inst(copyMnemonic(kind, scheme), [to.as(kind), from.as(kind)])
}
