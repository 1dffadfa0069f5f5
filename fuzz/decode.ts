/** `npm run fuzz -- decode`: random and mutated bytes, held against LLVM's disassembler. */
import { encodableForms, mnemonics } from '../src/encoder/forms.ts'
import { byteSource, PROBE_BYTES } from './decode-bytes.ts'
import { type DecodeJudgement, type DecodeVerdict, isDecodeMismatch, judgeBytes } from './decode-judge.ts'
import { toHex } from './encode.ts'
import type { FuzzOptions } from './encode-run.ts'
import type { FirstInstruction } from './libllvm.ts'
import { seededRandom } from './random.ts'
import type { Progress } from './report.ts'

export interface DecodeResult {
  readonly cases: number
  readonly verdicts: ReadonlyMap<DecodeVerdict, number>
  /** Mnemonics that the tables do not have, and how often each came up. */
  readonly unknown: ReadonlyMap<string, number>
  /** By mnemonic and verdict, the first of each shrunk. */
  readonly mismatches: ReadonlyMap<
    string,
    { readonly count: number; readonly hex: string; readonly text: string }
  >
}

export function describeDecode({ ours, text, theirs, verdict }: DecodeJudgement, hex: string): string {
  const length = (one: { readonly length: number } | null) => (one === null ? '' : ` (${one.length})`)
  const our = `${text}${ours.form === null ? '' : length(ours)}`
  return `${verdict}: ${hex}\n  ours       ${our}\n  LLVM       ${theirs?.text ?? 'no instruction'}${length(theirs)}`
}

/** The same verdict on the same mnemonic with as many bytes as possible left out or cleared. */
function shrink(bytes: Uint8Array, first: DecodeJudgement, theirs: FirstInstruction): Uint8Array {
  let best = bytes.slice()
  const holds = (candidate: Uint8Array): boolean => {
    const judgement = judgeBytes(candidate, theirs)
    return judgement.verdict === first.verdict && judgement.mnemonic === first.mnemonic
  }
  // Prefixes first: whatever of the leading bytes can be left out.
  for (let at = 0, removed = 0; at < 4 && removed < bytes.length; ) {
    const without = new Uint8Array(best.length)
    without.set(best.subarray(0, at))
    without.set(best.subarray(at + 1), at)
    if (!holds(without)) at++
    else {
      best = without
      removed++
    }
  }
  for (let at = 0; at < best.length; at++) {
    const cleared = best.slice()
    cleared[at] = 0
    if (holds(cleared)) best = cleared
  }
  const { ours, theirs: answer } = judgeBytes(best, theirs)
  const length = Math.max(answer?.length ?? 0, ours.form === null ? 0 : ours.length)
  return best.subarray(0, length === 0 ? best.length : length)
}

/** Cases between two looks at the clock. */
const STRIDE = 4096

/** The byte of a prefix that LLVM can take for an instruction of its own. */
const LONE_PREFIXES: Readonly<Record<string, number>> = {
  lock: 0xf0,
  rep: 0xf3,
  repne: 0xf2,
  xacquire: 0xf2,
  xrelease: 0xf3,
}

/** LLVM takes some prefixes for instructions of their own, as lock or xacquire: they are put back to the rest. */
function joined(first: FirstInstruction): FirstInstruction {
  return (bytes) => {
    const found = first(bytes)
    if (found === null) return found
    const lone = found.text.split(' ').at(-1)!
    if (!Object.hasOwn(LONE_PREFIXES, lone)) return found
    const rest = [...bytes]
    rest.splice(rest.indexOf(LONE_PREFIXES[lone]!), 1)
    const answer = joined(first)(Uint8Array.from(rest))
    return answer === null ? null : { length: answer.length + 1, text: `${lone} ${answer.text}` }
  }
}

export function runDecode(oracle: FirstInstruction, options: FuzzOptions, progress: Progress): DecodeResult {
  const theirs = joined(oracle)
  const forms = mnemonics()
    .filter((mnemonic) => mnemonic.includes(options.only))
    .flatMap((mnemonic) => encodableForms(mnemonic))
  const next = byteSource(forms, seededRandom(options.seed))
  const deadline = performance.now() + 1000 * options.seconds
  const verdicts = new Map<DecodeVerdict, number>()
  const unknown = new Map<string, number>()
  const mismatches = new Map<string, { count: number; hex: string; text: string }>()
  const bytes = new Uint8Array(PROBE_BYTES)
  let cases = 0
  while (cases < options.cases && (cases % STRIDE !== 0 || performance.now() < deadline)) {
    next(bytes)
    cases++
    const judgement = judgeBytes(bytes, theirs)
    const { mnemonic, verdict } = judgement
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
    if (verdict === 'unknown') unknown.set(mnemonic, (unknown.get(mnemonic) ?? 0) + 1)
    if (isDecodeMismatch(verdict)) {
      const key = `${verdict} ${mnemonic}`
      const found = mismatches.get(key)
      if (found !== undefined) found.count++
      else {
        const shrunk = shrink(bytes, judgement, theirs)
        const hex = toHex(shrunk)
        mismatches.set(key, { count: 1, hex, text: describeDecode(judgeBytes(shrunk, theirs), hex) })
      }
    }
    if (cases % STRIDE === 0) progress.show(`${cases} cases, ${mismatches.size} kinds of mismatch`)
  }
  return { cases, verdicts, unknown, mismatches }
}
