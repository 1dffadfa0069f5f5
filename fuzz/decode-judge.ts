/** Compares what we read in some bytes with what LLVM reads there. */
import { type Decoded, type DecodedInst, decode } from '../src/encoder/decode.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { format } from '../src/encoder/format.ts'
import { Reg } from '../src/encoder/registers.ts'
import { mandatoryPrefixLast, withoutAddressSize, withoutIgnored, withoutRepeats } from './decode-repairs.ts'
import { DECODE_DISAGREEMENTS, LENIENCES, SPELLINGS, WITHDRAWN } from './disagreements.ts'
import type { FirstInstruction, Decoded as Theirs } from './libllvm.ts'

/**
 * - `same`: the same instruction and length.
 * - `neither`: no instruction for either.
 * - `withdrawn`: an instruction that no processor has, as disagreements.ts lists with reasons.
 * - `known`: a difference listed in disagreements.ts.
 * - the rest are mismatches: `refused` by us, `accepted` by us alone, another `length`, another `text`.
 */
export type DecodeVerdict =
  | 'same'
  | 'neither'
  | 'withdrawn'
  | 'known'
  | 'refused'
  | 'accepted'
  | 'length'
  | 'text'

export interface DecodeJudgement {
  readonly verdict: DecodeVerdict
  readonly ours: Decoded
  /** Our text, or why there is none. */
  readonly text: string
  readonly theirs: Theirs | null
  /** The mnemonic that the verdict is about; empty where neither has one. */
  readonly mnemonic: string
}

export function isDecodeMismatch(verdict: DecodeVerdict): boolean {
  return verdict === 'refused' || verdict === 'accepted' || verdict === 'length' || verdict === 'text'
}

const PREFIX_WORD =
  /^(\{\w+\} )?(lock|repe|repne|rep|data16|addr32|addr16|xacquire|xrelease|notrack|bnd|rex64|[c-gs]s)\s+(?=\S)/

/** Text taken apart into the words before the mnemonic, and the instruction. */
interface Line {
  readonly prefixes: readonly string[]
  readonly text: string
}

function split(line: string): Line {
  const prefixes: string[] = []
  let text = line
  for (;;) {
    const match = PREFIX_WORD.exec(text)
    if (match === null) return { prefixes, text }
    prefixes.push(match[2]!)
    text = (match[1] ?? '') + text.slice(match[0].length)
  }
}

const mnemonicOf = (text: string): string => /^(\{\w+\} )*\S+/.exec(text)?.[0] ?? ''

/**
 * LLVM shows what does not matter: an index of a SIB byte that is none (riz), and an index with scale 1 that could
 * be a base. An address of 32 bits relative to rip has the name eip there; here the prefix says so.
 */
function withoutIdleParts(line: string): string {
  // Zeroing without a mask, which is refused here, is shown so.
  const text = line.replace(' {k0} {z}', '')
  if (!text.includes('[')) return text
  return text
    .replace(
      /\[(\d\*)?[re]iz ([-+]) (\d+)\]/,
      (_, _scale, sign, disp) => `[${sign === '-' ? '-' : ''}${disp}]`,
    )
    .replace(/\[(\d\*)?[re]iz\]/, '[0]')
    .replace(/ \+ (\d\*)?[re]iz/, '')
    .replace(/\[1\*(?![xyz]mm)/, '[')
    .replace(/\[eip\b/, '[rip')
}

const isWithdrawn = (name: string): boolean => WITHDRAWN.some(({ mnemonic }) => mnemonic.test(name))

const respell = (text: string): string => SPELLINGS.reduce((each, { respell }) => respell(each), text)

/** Whether our instruction reads as theirs; prefixes count where they make another instruction of it. */
function readsAlike(ours: DecodedInst, text: string, theirs: string): boolean {
  const their = split(theirs)
  const our = split(text)
  const own = split(ours.form.mnemonic).prefixes
  const wanted = withoutIdleParts(their.text)
  return (
    (our.text === wanted || respell(our.text) === wanted) &&
    own.every((word) => their.prefixes.includes(word))
  )
}

function compare(ours: Decoded, text: string, theirs: Theirs | null): DecodeVerdict {
  if (theirs === null) return ours.form === null ? 'neither' : 'accepted'
  if (ours.form === null) return isWithdrawn(mnemonicOf(split(theirs.text).text)) ? 'withdrawn' : 'refused'
  if (ours.length !== theirs.length) return 'length'
  return readsAlike(ours, text, theirs.text) ? 'same' : 'text'
}

/** What we read in some bytes, or why nothing. */
export function describeBytes(bytes: Uint8Array): string {
  const ours = decode(bytes)
  return describe(ours) + (ours.form === null ? '' : ` (${ours.length} bytes)`)
}

/** Our text with its prefixes, or the reason for which there is none. */
function describe(ours: Decoded): string {
  return ours.form === null ? `(${ours.reason}) ${ours.message}` : [...ours.prefixes, format(ours)].join(' ')
}

/** Whether LLVM lets something pass that a CPU does not: with that put right, both read the same. */
function isLenient(bytes: Uint8Array, reason: string, oracle: FirstInstruction): boolean {
  return LENIENCES.some(({ repair }) => {
    const repaired = repair(bytes, reason)
    if (repaired === null) return false
    const { verdict } = judgeBytes(repaired, oracle)
    return verdict === 'same' || verdict === 'known'
  })
}

function isDisagreement(bytes: Uint8Array, ours: Decoded, text: string, theirs: Theirs | null): boolean {
  const plain = split(text).text
  const their = theirs === null ? null : withoutIdleParts(split(theirs.text).text)
  return DECODE_DISAGREEMENTS.some((each) => each.applies(bytes, ours, plain, their))
}

/** LLVM sees a mandatory prefix only where it stands last; with it moved there, it reads what we read at once. */
function isMatterOfOrder(bytes: Uint8Array, ours: Decoded, oracle: FirstInstruction): boolean {
  const ordered = mandatoryPrefixLast(bytes)
  if (ordered === null) return false
  const again = judgeBytes(ordered, oracle)
  const isAlike = again.verdict === 'same' || again.verdict === 'known' || again.verdict === 'neither'
  return isAlike && again.ours.form === ours.form
}

/** LLVM loses 66 where F2 or F3, which mean nothing to the instruction, come with it. */
function isIdleRepeat(bytes: Uint8Array, ours: Decoded, oracle: FirstInstruction): boolean {
  const plain = withoutRepeats(bytes)
  if (plain === null || ours.form === null) return false
  const alone = decode(plain)
  const theirs = oracle(plain)
  if (alone.form !== ours.form || theirs === null) return false
  return alone.length === theirs.length && readsAlike(alone, describe(alone), theirs.text)
}

/** LLVM goes astray where 67 comes with REX or EVEX: it loses W, or finds a 66 that is not there. */
function isMatterOfAddressSize(bytes: Uint8Array, ours: Decoded, oracle: FirstInstruction): boolean {
  const plain = withoutAddressSize(bytes)
  if (plain === null) return false
  const again = judgeBytes(plain, oracle)
  return again.ours.form?.mnemonic === ours.form?.mnemonic && !isDecodeMismatch(again.verdict)
}

/** LLVM wants some fields to be 0 that the manual says are ignored. */
function isIgnoredField(
  bytes: Uint8Array,
  ours: Decoded,
  theirs: Theirs | null,
  oracle: FirstInstruction,
): boolean {
  if (ours.form === null || theirs !== null) return false
  const { anyLength, anyW, rmIndex } = ours.form as EncodableForm
  const rm = ours.operands[rmIndex]
  const isOpmask = rm instanceof Reg && rm.kind === 'k'
  const plain = withoutIgnored(bytes, { w: anyW, length: anyLength, b: isOpmask })
  if (oracle(plain) === null) return false
  const again = judgeBytes(plain, oracle)
  return again.ours.form === ours.form && !isDecodeMismatch(again.verdict)
}

function isListed(
  bytes: Uint8Array,
  ours: Decoded,
  text: string,
  theirs: Theirs | null,
  oracle: FirstInstruction,
): boolean {
  return (
    isDisagreement(bytes, ours, text, theirs) ||
    (ours.form === null && isLenient(bytes, ours.reason, oracle)) ||
    isMatterOfOrder(bytes, ours, oracle) ||
    isIdleRepeat(bytes, ours, oracle) ||
    isMatterOfAddressSize(bytes, ours, oracle) ||
    isIgnoredField(bytes, ours, theirs, oracle)
  )
}

export function judgeBytes(bytes: Uint8Array, oracle: FirstInstruction): DecodeJudgement {
  const theirs = oracle(bytes)
  const ours = decode(bytes)
  const text = describe(ours)
  const verdict = compare(ours, text, theirs)
  const mnemonic = theirs === null ? (ours.form?.mnemonic ?? '') : mnemonicOf(split(theirs.text).text)
  const isKnownDifference = isDecodeMismatch(verdict) && isListed(bytes, ours, text, theirs, oracle)
  return { verdict: isKnownDifference ? 'known' : verdict, ours, text, theirs, mnemonic }
}
