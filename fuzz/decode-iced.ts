/** iced-x86 as a second judge of decoding: stricter than LLVM about prefixes and fields. */
import type { Decoded } from '../src/encoder/decode.ts'
import type { DecodeVerdict } from './decode-judge.ts'
import { ICED_DISAGREEMENTS } from './disagreements.ts'
import { decodeWithIced, type IcedInstruction, inIcedWords } from './iced.ts'

/** Compares what we read with what iced reads. Operands are compared where both show as many. */
export function judgeWithIced(bytes: Uint8Array, ours: Decoded): DecodeVerdict {
  const theirs = decodeWithIced(bytes)
  const verdict = compareWithIced(ours, theirs)
  if (verdict === 'same' || verdict === 'neither') return verdict
  return ICED_DISAGREEMENTS.some((each) => each.applies(bytes, ours, theirs)) ? 'known' : verdict
}

function compareWithIced(ours: Decoded, theirs: IcedInstruction | null): DecodeVerdict {
  if (theirs === null) return ours.form === null ? 'neither' : 'accepted'
  if (ours.form === null) return 'refused'
  const our = inIcedWords(ours)
  if (our.length !== theirs.length) return 'length'
  const isComparable = our.operands.length === theirs.operands.length
  return !isComparable || our.operands.join() === theirs.operands.join() ? 'same' : 'text'
}
