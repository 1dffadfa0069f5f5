/** `npm run fuzz -- illegal`: what we refuse, llvm-mc must refuse; what we encode all the same, it must encode alike. */
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { MAX_OPERANDS } from '../src/encoder/instruction-log.ts'
import { type CorpusLine, NOTHING } from './corpus.ts'
import { LENIENCE } from './disagreements.ts'
import { type Case, encodeCases, type Sample } from './encode.ts'
import { type FuzzOptions, shrinkFinds } from './encode-run.ts'
import { Finds, shrinkEach } from './finds.ts'
import { describe, isMismatch, type Judgement, judge, outcomeOf } from './judge.ts'
import { MUTATIONS } from './mutations.ts'
import { BATCH_LINES, type Oracle } from './oracle.ts'
import { seededRandom } from './random.ts'
import { type Progress, Tally } from './report.ts'
import { isBranchForm, randomSample } from './samples.ts'
import { formsOnly } from './selection.ts'
import { shrinkSample } from './shrink.ts'

export interface IllegalResult {
  readonly tally: Tally
  readonly finds: readonly CorpusLine[]
  readonly refused: number
  readonly encoded: number
  readonly lenient: number
  readonly mismatches: readonly string[]
}

function* mutants(forms: readonly EncodableForm[], seed: number): Generator<Sample> {
  const random = seededRandom(seed)
  const mutations = Object.values(MUTATIONS)
  for (;;) {
    for (const form of forms) {
      const legal = randomSample(form, random)
      const operands = legal === null ? null : random.pick(mutations)(legal, random)
      if (operands !== null && operands.length <= MAX_OPERANDS) yield [form, operands]
    }
  }
}

/** In assembler text NaN is a symbol, on which llvm-mc 22 crashes in vpermil2ps: it is not asked. */
const isSymbol = /\bNaN\b/

const isListed = (text: string): boolean => LENIENCE.some((each) => each.text.test(text))

/** What we refuse and the oracle takes, with operands as simple as that holds for. */
async function shrunkRefusal(find: Case, oracle: Oracle): Promise<CorpusLine> {
  const accepts = async (samples: readonly Sample[]): Promise<boolean[]> => {
    const cases = encodeCases(samples)
    const asked = cases.filter(({ error, text }) => error !== null && !isSymbol.test(text) && !isListed(text))
    const answers = await oracle.assemble(asked.map(({ text }) => text))
    const accepted = new Set(asked.filter((_, index) => answers[index] !== null))
    return cases.map((one) => accepted.has(one))
  }
  const best = await shrinkSample([find.form, find.operands], accepts)
  const { text } = encodeCases([best])[0]!
  const [expected] = await oracle.assemble([text])
  return { hex: expected ?? NOTHING, text }
}

/** Runs until a limit is reached. */
export async function runIllegal(
  oracle: Oracle,
  options: FuzzOptions,
  progress: Progress,
): Promise<IllegalResult> {
  const forms = formsOnly(options.only).filter((form) => !isBranchForm(form))
  const tally = new Tally(forms)
  const refusedFinds = new Finds<{ readonly one: Case; readonly expected: string }>()
  const encodedFinds = new Finds<Judgement>()
  const samples = mutants(forms, options.seed)
  const deadline = performance.now() + 1000 * options.seconds
  const mismatches: string[] = []
  let cases = 0
  let refused = 0
  let lenient = 0
  while (forms.length > 0 && cases < options.cases && performance.now() < deadline) {
    const batch: Sample[] = []
    while (batch.length < Math.min(BATCH_LINES, options.cases - cases)) batch.push(samples.next().value)
    const encoded = encodeCases(batch)
    const refusals = encoded.filter(({ error }) => error !== null)
    const wrong = refusals.filter(({ text }) => !isSymbol.test(text))
    const accepted = await oracle.assemble(wrong.map(({ text }) => text))
    wrong.forEach((one, index) => {
      const { error, form, text } = one
      const expected = accepted[index]!
      if (expected === null || isListed(text)) {
        if (expected !== null) lenient++
        tally.add(form, expected === null ? 'same' : 'known')
        return
      }
      tally.add(form, 'mismatch')
      refusedFinds.add(form.text, text, { one, expected })
      mismatches.push(
        `refused here, not by llvm-mc: ${text}\n  llvm-mc    ${expected}\n  error      ${error}`,
      )
    })
    for (const one of refusals) if (isSymbol.test(one.text)) tally.add(one.form, 'same')
    const judgements = await judge(
      oracle,
      encoded.filter(({ error }) => error === null),
    )
    for (const judgement of judgements) {
      const { case: one, verdict } = judgement
      tally.add(one.form, outcomeOf(verdict))
      if (!isMismatch(verdict)) continue
      mismatches.push(describe(judgement))
      encodedFinds.add(`${verdict} ${one.form.text}`, one.text, judgement)
    }
    cases += batch.length
    refused += refusals.length
    progress.show(`${cases} cases, ${mismatches.length} mismatches`)
  }
  const refusedLines = await shrinkEach(
    refusedFinds,
    ({ one }) => shrunkRefusal(one, oracle),
    ({ expected, one }) => ({ hex: expected, text: one.text }),
  )
  const finds = [...(await shrinkFinds(encodedFinds, (all) => judge(oracle, all))), ...refusedLines]
  return { tally, finds, refused, encoded: cases - refused, lenient, mismatches }
}
