/** Every form's text, as the formatter writes it, read in the spellings of LLVM, objdump and nasm. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { encodeCases, type Sample } from '../fuzz/encode.ts'
import { DIALECTS, textMismatch } from '../fuzz/parse.ts'
import { seededRandom } from '../fuzz/random.ts'
import { goldenSamplesOf, isBranchForm, randomSample } from '../fuzz/samples.ts'
import { encodableForms, mnemonics } from '../src/encoder/forms.ts'

const dialects = suite('parse-dialects')

dialects('every form reads as it is written, in one spelling after another', () => {
  const random = seededRandom(1)
  const samples: Sample[] = mnemonics()
    .flatMap((mnemonic) => encodableForms(mnemonic))
    .filter((form) => !isBranchForm(form))
    .flatMap((form, index): Sample[] => {
      // A fixed sample of the form, or a random one, in turns.
      const operands = index % 2 === 0 ? goldenSamplesOf(form).next().value : randomSample(form, random)
      return operands === null || operands === undefined ? [] : [[form, operands]]
    })
  const mismatches = encodeCases(samples)
    .map((each, index) => textMismatch(each, [DIALECTS[index % DIALECTS.length]!]))
    .filter((mismatch) => mismatch !== null)
  assert.is(mismatches.slice(0, 5).join('\n'), '')
  assert.ok(samples.length > 5000, `${samples.length} samples`)
})

dialects.run()
