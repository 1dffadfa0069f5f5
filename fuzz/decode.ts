/** `npm run fuzz -- decode`: random and mutated bytes, held against the disassembler of LLVM or iced. */
import { decode } from '../src/encoder/decode.ts'
import type { Form } from '../src/encoder/form.ts'
import { NOTHING } from './corpus.ts'
import { byteSource, PROBE_BYTES } from './decode-bytes.ts'
import { judgeWithIced } from './decode-iced.ts'
import { type DecodeVerdict, describeBytes, isDecodeMismatch, judgeBytes } from './decode-judge.ts'
import { toHex } from './encode.ts'
import type { FuzzOptions } from './encode-run.ts'
import { decodeWithIced } from './iced.ts'
import type { FirstInstruction } from './libllvm.ts'
import { seededRandom } from './random.ts'
import { type CaseOutcome, type Progress, Tally } from './report.ts'
import { formsOnly, formsWithPrefixes } from './selection.ts'
import { shrinkBytes } from './shrink.ts'

/** What a judge says of some bytes. */
interface Opinion {
  readonly verdict: DecodeVerdict
  /** What tells finds apart: one of each is shrunk and shown. */
  readonly subject: string
  /** What the judge reads, as text; null where it reads nothing. */
  readonly theirs: string | null
  /** How many bytes it reads. */
  readonly length: number
  /** What we read. */
  readonly form: Form | null
}

export type DecodeJudge = (bytes: Uint8Array) => Opinion

/** A kind of mismatch: how often it came up, and one case, shrunk. */
export interface DecodeFind {
  count: number
  readonly hex: string
  readonly text: string
  /** What the judge reads, for the corpus. */
  readonly expected: string
}

export interface DecodeResult {
  readonly tally: Tally
  readonly verdicts: ReadonlyMap<DecodeVerdict, number>
  /** Withdrawn instructions, which the tables do not have, and how often each came up. */
  readonly withdrawn: ReadonlyMap<string, number>
  /** By verdict and mnemonic. */
  readonly finds: ReadonlyMap<string, DecodeFind>
}

/** The byte of a prefix that LLVM can take for an instruction of its own. */
const LONE_PREFIXES: Readonly<Record<string, number>> = {
  lock: 0xf0,
  rep: 0xf3,
  repne: 0xf2,
  xacquire: 0xf2,
  xrelease: 0xf3,
}

/** Text of prefixes that no instruction follows. A segment register at the end of other text is an operand. */
const ONLY_PREFIXES =
  /^((lock|rep|repne|xacquire|xrelease|data16|addr32|rex64|[c-gs]s) )*(data16|addr32|rex64|[c-gs]s)$/

/**
 * LLVM takes some prefixes for instructions of their own, as lock or xacquire: they are put back to the rest. Others it
 * shows alone where no instruction follows.
 */
function joined(first: FirstInstruction): FirstInstruction {
  return (bytes) => {
    const found = first(bytes)
    if (found === null) return found
    const lone = found.text.split(' ').at(-1)!
    if (ONLY_PREFIXES.test(found.text)) return null
    if (!Object.hasOwn(LONE_PREFIXES, lone)) return found
    const rest = [...bytes]
    rest.splice(rest.indexOf(LONE_PREFIXES[lone]!), 1)
    const answer = joined(first)(Uint8Array.from(rest))
    return answer === null ? null : { length: answer.length + 1, text: `${lone} ${answer.text}` }
  }
}

/** LLVM's disassembler as a judge. */
export function llvmJudge(disassembler: FirstInstruction): DecodeJudge {
  const oracle = joined(disassembler)
  return (bytes) => {
    const { mnemonic, ours, theirs, verdict } = judgeBytes(bytes, oracle)
    const { form } = ours
    return { verdict, subject: mnemonic, theirs: theirs?.text ?? null, length: theirs?.length ?? 0, form }
  }
}

/** iced as a judge. */
export function icedJudge(bytes: Uint8Array): Opinion {
  const ours = decode(bytes)
  const verdict = judgeWithIced(bytes, ours)
  const { form } = ours
  if (!isDecodeMismatch(verdict)) return { verdict, subject: '', theirs: null, length: 0, form }
  const theirs = decodeWithIced(bytes)
  return {
    verdict,
    subject: ours.form?.mnemonic ?? theirs?.mnemonic ?? '',
    theirs: theirs === null ? null : `${theirs.mnemonic} ${theirs.operands.join(', ').trim()}`,
    length: theirs?.length ?? 0,
    form,
  }
}

/** The same verdict on the same subject with as many bytes as possible left out or cleared. */
function shrink(bytes: Uint8Array, first: Opinion, judge: DecodeJudge): Uint8Array {
  const best = shrinkBytes(bytes, (candidate) => {
    const { subject, verdict } = judge(candidate)
    return verdict === first.verdict && subject === first.subject
  })
  const ours = decode(best)
  const length = Math.max(judge(best).length, ours.form === null ? 0 : ours.length)
  return best.subarray(0, length === 0 ? best.length : length)
}

function find(bytes: Uint8Array, opinion: Opinion, judge: DecodeJudge): DecodeFind {
  const shrunk = shrink(bytes, opinion, judge)
  const padded = new Uint8Array(PROBE_BYTES)
  padded.set(shrunk)
  const { length, theirs, verdict } = judge(padded)
  const hex = toHex(shrunk)
  const read = theirs === null ? 'no instruction' : `${theirs} (${length} bytes)`
  return {
    count: 1,
    hex,
    expected: theirs ?? NOTHING,
    text: `${verdict}: ${hex}\n  ours       ${describeBytes(padded)}\n  oracle     ${read}`,
  }
}

/** Cases between two looks at the clock. */
const STRIDE = 4096

/** Judges bytes until a limit is reached. Bytes are made from the forms that `--only` leaves. */
export function runDecode(judge: DecodeJudge, options: FuzzOptions, progress: Progress): DecodeResult {
  const next = byteSource(formsOnly(options.only), seededRandom(options.seed))
  const tally = new Tally(formsWithPrefixes(options.only))
  const deadline = performance.now() + 1000 * options.seconds
  const verdicts = new Map<DecodeVerdict, number>()
  const withdrawn = new Map<string, number>()
  const finds = new Map<string, DecodeFind>()
  const bytes = new Uint8Array(PROBE_BYTES)
  let cases = 0
  while (cases < options.cases && (cases % STRIDE !== 0 || performance.now() < deadline)) {
    next(bytes)
    cases++
    const opinion = judge(bytes)
    const { form, subject, verdict } = opinion
    tally.add(form, outcomeOf(verdict))
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
    if (verdict === 'withdrawn') withdrawn.set(subject, (withdrawn.get(subject) ?? 0) + 1)
    if (isDecodeMismatch(verdict)) {
      const key = `${verdict} ${subject}`
      const known = finds.get(key)
      if (known === undefined) finds.set(key, find(bytes, opinion, judge))
      else known.count++
    }
    if (cases % STRIDE === 0) progress.show(`${cases} cases, ${finds.size} kinds of mismatch`)
  }
  return { tally, verdicts, withdrawn, finds }
}

function outcomeOf(verdict: DecodeVerdict): CaseOutcome {
  if (isDecodeMismatch(verdict)) return 'mismatch'
  return verdict === 'known' || verdict === 'withdrawn' ? 'known' : 'same'
}

const counted = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

/** What a run found, for the terminal; the finds that came up most often first. */
export function describeDecode({ finds, tally, verdicts, withdrawn }: DecodeResult, shown: number): string {
  const most = [...finds.values()].sort((a, b) => b.count - a.count)
  const lines = most.slice(0, shown).map(({ count, text }) => `${count} times ${text}`)
  if (withdrawn.size > 0) lines.push(`withdrawn, as disagreements.ts lists: ${counted(withdrawn)}`)
  lines.push(tally.table(), counted(verdicts))
  return lines.join('\n')
}
