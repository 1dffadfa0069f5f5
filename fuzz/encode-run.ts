/** `npm run fuzz -- encode`: every form with every sample, then random operands, all judged by llvm-mc. */
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { type BranchCase, branchCases } from './branches.ts'
import { type CorpusLine, NOTHING } from './corpus.ts'
import { type Case, encodeCases, fits, type Sample } from './encode.ts'
import { judgeWithIcedOnly } from './encode-iced.ts'
import { Finds, shrinkEach } from './finds.ts'
import { describe, isMismatch, type Judgement, judge, outcomeOf } from './judge.ts'
import { BATCH_LINES, type Oracle } from './oracle.ts'
import { type Random, seededRandom } from './random.ts'
import { type Progress, Tally } from './report.ts'
import { isBranchForm, randomSample, samplesOf } from './samples.ts'
import { formsOnly } from './selection.ts'
import { shrinkSample } from './shrink.ts'

export interface FuzzOptions {
  readonly seed: number
  /** Stop after so many seconds; Infinity for no limit. */
  readonly seconds: number
  /** Stop after so many cases; Infinity for no limit. */
  readonly cases: number
  /** Only mnemonics, or CPUID features, that contain this text (selection.ts). */
  readonly only: string
}

/** Without any limit: random cases for each form, after all of its samples. */
const RANDOM_PER_FORM = 25

/** One sample of each form at a time, so that a run cut short has seen them all. */
function* inTurns(forms: readonly EncodableForm[]): Generator<Sample> {
  let walks = forms.map((form) => [form, samplesOf(form)] as const)
  while (walks.length > 0) {
    const alive: typeof walks = []
    for (const walk of walks) {
      const { done, value } = walk[1].next()
      if (done === true) continue
      yield [walk[0], value]
      alive.push(walk)
    }
    walks = alive
  }
}

function* randomly(forms: readonly EncodableForm[], random: Random, rounds: number): Generator<Sample> {
  for (let round = 0; round < rounds; round++) {
    for (const form of forms) {
      const operands = randomSample(form, random)
      if (operands !== null) yield [form, operands]
    }
  }
}

function* take(samples: Iterator<Sample>, count: number): Generator<Sample> {
  for (let i = 0; i < count; i++) {
    const { done, value } = samples.next()
    if (done === true) return
    yield value
  }
}

function* chain(...parts: readonly Generator<Sample>[]): Generator<Sample> {
  for (const part of parts) yield* part
}

/** Judges cases, as one oracle or the other does. */
type Judge = (cases: readonly Case[]) => Promise<Judgement[]> | Judgement[]

/** The find with the simplest operands that have the same verdict, for the corpus. */
async function shrunk(find: Judgement, judgeAll: Judge): Promise<CorpusLine> {
  const isFit = fits([find.case.form, find.case.operands])
  const holds = ({ case: one, expected, verdict }: Judgement): boolean =>
    verdict === find.verdict &&
    (expected === null) === (find.expected === null) &&
    (!isFit || fits([one.form, one.operands]))
  const failing = async (samples: readonly Sample[]) => (await judgeAll(encodeCases(samples))).map(holds)
  const best = await shrinkSample([find.case.form, find.case.operands], failing)
  const [{ case: one, expected }] = (await judgeAll(encodeCases([best]))) as [Judgement]
  return { hex: expected ?? NOTHING, text: one.text }
}

/** The finds for the corpus, shrunk. */
export function shrinkFinds(finds: Finds<Judgement>, judgeAll: Judge): Promise<CorpusLine[]> {
  return shrinkEach(
    finds,
    (find) => shrunk(find, judgeAll),
    (find) => ({ hex: find.expected ?? NOTHING, text: find.case.text }),
  )
}

async function judgeBranches(
  oracle: Oracle,
  branches: readonly BranchCase[],
  tally: Tally,
): Promise<string[]> {
  const decoded = await oracle.disassemble(branches.map(({ hex }) => hex))
  return branches.flatMap((branch, index) => {
    const isRight = decoded[index] === branch.text && branch.size === branch.fewest
    tally.add(branch.form, isRight ? 'same' : 'mismatch')
    return isRight
      ? []
      : [`different: ${branch.text}\n  ours       ${branch.hex}\n  llvm-mc    ${decoded[index]}`]
  })
}

export interface EncodeResult {
  readonly tally: Tally
  /** Described. */
  readonly mismatches: readonly string[]
  /** One of each form and verdict, shrunk. */
  readonly finds: readonly CorpusLine[]
}

/** Runs until the samples or the limits end. `oracle` is llvm-mc, or null for iced. */
export async function runEncode(
  oracle: Oracle | null,
  options: FuzzOptions,
  progress: Progress,
): Promise<EncodeResult> {
  const all = formsOnly(options.only)
  const names = [...new Set(all.map(({ mnemonic }) => mnemonic))]
  const forms = all.filter((form) => !isBranchForm(form))
  const tally = new Tally(all)
  const mismatches = oracle === null ? [] : await judgeBranches(oracle, names.flatMap(branchCases), tally)
  const finds = new Finds<Judgement>()
  const judgeAll: Judge = (cases) => (oracle === null ? judgeWithIcedOnly(cases) : judge(oracle, cases))
  const isLimited = Number.isFinite(options.seconds) || Number.isFinite(options.cases)
  const rounds = forms.length === 0 ? 0 : isLimited ? Number.POSITIVE_INFINITY : RANDOM_PER_FORM
  const samples = chain(inTurns(forms), randomly(forms, seededRandom(options.seed), rounds))
  const deadline = performance.now() + 1000 * options.seconds
  const note = (judgements: readonly Judgement[]) => {
    for (const judgement of judgements) {
      tally.add(judgement.case.form, outcomeOf(judgement.verdict))
      if (!isMismatch(judgement.verdict)) continue
      mismatches.push(describe(judgement))
      finds.add(`${judgement.verdict} ${judgement.case.form.text}`, judgement.case.text, judgement)
    }
    progress.show(`${tally.cases} cases, ${mismatches.length} mismatches`)
  }
  // llvm-mc works on one batch while the next is encoded here.
  let running: Promise<Judgement[]> | null = null
  for (;;) {
    const left = options.cases - tally.cases - (running === null ? 0 : BATCH_LINES)
    const isOver = performance.now() >= deadline || left <= 0
    const batch = isOver ? [] : [...take(samples, Math.min(BATCH_LINES, left))]
    const cases = encodeCases(batch)
    if (running !== null) note(await running)
    if (batch.length === 0) break
    running = Promise.resolve(judgeAll(cases))
  }
  return { tally, mismatches, finds: await shrinkFinds(finds, judgeAll) }
}
