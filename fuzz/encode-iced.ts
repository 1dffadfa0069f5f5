/** iced as the judge of what was encoded: it must read in our bytes what was given. */
import { decode } from '../src/encoder/decode.ts'
import { Displacement, Mem, type Operand } from '../src/encoder/operands.ts'
import { ICED_DISAGREEMENTS } from './disagreements.ts'
import type { Case } from './encode.ts'
import { decodeWithIced, inIcedWords } from './iced.ts'
import type { Judgement, Verdict } from './judge.ts'

/** RIP-relative samples count from the end of the instruction. */
function withDisplacement(operand: Operand): Operand {
  if (!(operand instanceof Mem) || operand.label === null) return operand
  const { disp, isBroadcast, opmask, repeats, segment, width } = operand
  return new Mem(width, null, null, 1, 0, new Displacement(disp), isBroadcast, opmask, repeats, segment)
}

function verdictOf({ chosen, error, hex, operands }: Case): Verdict {
  if (hex === null || chosen === null) return error?.includes('bytes long') === true ? 'same' : 'failed'
  const bytes = Uint8Array.from(Buffer.from(hex, 'hex'))
  const theirs = decodeWithIced(bytes)
  const decoded = decode(bytes)
  const prefixes = decoded.form === null ? [] : decoded.prefixes
  const given = inIcedWords({
    form: chosen,
    operands: operands.map(withDisplacement),
    length: bytes.length,
    prefixes,
    features: chosen.features,
  })
  const words = (inst: typeof given | null): string =>
    inst === null ? '' : `${inst.length} ${inst.operands.join()}`
  if (
    theirs !== null &&
    (theirs.operands.length !== given.operands.length || words(theirs) === words(given))
  ) {
    return theirs.length === given.length ? 'same' : 'different'
  }
  // The registers of a commutative operation may have been exchanged, for a shorter prefix.
  const isExchanged =
    chosen.commutative && decoded.form !== null && words(inIcedWords(decoded)) === words(theirs)
  if (isExchanged) return 'equivalent'
  return ICED_DISAGREEMENTS.some((each) => each.applies(bytes, decoded, theirs)) ? 'known' : 'different'
}

/** Judges each case. Where iced reads something else its reading is in `decoded`. */
export function judgeWithIcedOnly(cases: readonly Case[]): Judgement[] {
  return cases.map((one): Judgement => {
    const verdict = verdictOf(one)
    const theirs =
      verdict !== 'different' ? null : decodeWithIced(Uint8Array.from(Buffer.from(one.hex!, 'hex')))
    const decoded = theirs === null ? null : `${theirs.mnemonic} ${theirs.operands.join(', ')}`
    return { case: one, verdict, expected: null, decoded }
  })
}
