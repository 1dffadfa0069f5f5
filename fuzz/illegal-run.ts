/** `npm run fuzz -- illegal`: what we refuse, llvm-mc must refuse; what we encode all the same, it must encode alike. */
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { encodableForms, mnemonics } from '../src/encoder/forms.ts'
import { MAX_OPERANDS } from '../src/encoder/instruction-log.ts'
import { LENIENCE } from './disagreements.ts'
import { encodeCases, type Sample } from './encode.ts'
import type { FuzzOptions } from './encode-run.ts'
import { describe, isMismatch, judge } from './judge.ts'
import { MUTATIONS } from './mutations.ts'
import { BATCH_LINES, type Oracle } from './oracle.ts'
import { seededRandom } from './random.ts'
import type { Progress } from './report.ts'
import { isBranchForm, randomSample } from './samples.ts'

export interface IllegalResult {
  readonly cases: number
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

/** Runs until a limit is reached. */
export async function runIllegal(
  oracle: Oracle,
  options: FuzzOptions,
  progress: Progress,
): Promise<IllegalResult> {
  const forms = mnemonics()
    .filter((mnemonic) => mnemonic.includes(options.only))
    .flatMap((mnemonic) => encodableForms(mnemonic))
    .filter((form) => !isBranchForm(form))
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
      if (accepted[index] === null) return
      const { error, text } = one
      if (LENIENCE.some((each) => each.text.test(text))) lenient++
      else
        mismatches.push(
          `refused here, not by llvm-mc: ${text}\n  llvm-mc    ${accepted[index]}\n  error      ${error}`,
        )
    })
    const judgements = await judge(
      oracle,
      encoded.filter(({ error }) => error === null),
    )
    mismatches.push(...judgements.filter(({ verdict }) => isMismatch(verdict)).map(describe))
    cases += batch.length
    refused += refusals.length
    progress.show(`${cases} cases, ${mismatches.length} mismatches`)
  }
  return { cases, refused, encoded: cases - refused, lenient, mismatches }
}
