/** Encodes every golden sample again and holds it against the golden files, which llvm-mc has judged. */
import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GOLDEN_DIRECTORY, goldenCases, goldenFile, parseGoldens } from '../fuzz/golden-files.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { expandRow } from '../src/encoder/tables/expand.ts'
import { tableFiles } from '../src/encoder/tables/index.ts'

const goldens = suite('goldens')
const everyTable = goldenCases()

/** What tells two forms of a mnemonic apart. */
function identity({ digit, length, map, opcode, prefix, scheme, text, w }: EncodableForm): string {
  return [text, scheme, prefix, map, w, length, opcode, digit].join(' ')
}

for (const { branches, cases, table } of everyTable) {
  goldens(`${table}: every sample has its golden bytes`, () => {
    const expected = parseGoldens(readFileSync(goldenFile(table), 'utf8'))
    const seen = new Set<string>()
    for (const { error, hex, text } of [
      ...cases,
      ...branches.map((branch) => ({ ...branch, error: null })),
    ]) {
      assert.is(error, null, `${text}: ${error}`)
      assert.is(hex, expected.get(text), text)
      seen.add(text)
    }
    const stale = [...expected.keys()].filter((text) => !seen.has(text))
    assert.equal(stale, [], 'lines that no sample makes: run npm run goldens')
  })

  goldens(`${table}: every row has a golden line`, () => {
    const chosen = new Set([...cases.map((each) => each.chosen!), ...branches.map(({ form }) => form)])
    const identities = new Set([...chosen].map(identity))
    // A row between the same operands as a preferred one (mov 8B of two registers) is never chosen.
    const texts = new Set([...chosen].map((form) => form.text))
    for (const [mnemonic, rows] of Object.entries(tableFiles[table]!)) {
      rows.forEach((row, index) => {
        const forms = expandRow(mnemonic, row, index + 1)
        const isCovered = forms.some((form) => identities.has(identity(form)))
        const isShadowed = forms.every((form) => texts.has(form.text))
        const isLate = forms.every((form) => form.late)
        assert.ok(isCovered || isShadowed || isLate, `${mnemonic}, row ${index + 1}: ${row.join(' | ')}`)
      })
    }
  })
}

goldens('no golden file is left of a table that is gone', () => {
  const files = readdirSync(GOLDEN_DIRECTORY).sort()
  assert.equal(files, everyTable.map(({ table }) => `${table}.txt`).sort())
})

goldens.run()
