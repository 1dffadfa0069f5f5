/** Replays what the decoder fuzzer found: every line of fuzz/corpus/decode.txt reads as it says. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fileFinds, NOTHING, readCorpus } from '../fuzz/corpus.ts'
import { decode, format } from '../src/encoder/index.ts'

const corpus = suite('corpus')

corpus('every find reads as it should', () => {
  const lines = readCorpus()
  assert.ok(lines.length >= 30, `${lines.length} lines`)
  for (const { hex, text } of lines) {
    const bytes = Uint8Array.from(Buffer.from(hex, 'hex'))
    const found = decode(bytes)
    if (found.form === null) {
      assert.is(text, NOTHING, `${hex}: ${found.message}`)
      continue
    }
    assert.is([...found.prefixes, format(found)].join(' '), text, hex)
    assert.is(found.length, bytes.length, hex)
  }
})

corpus('finds are filed once, in order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tilewright-corpus-'))
  try {
    const file = join(folder, 'decode.txt')
    const finds = [
      { hex: '90', text: 'nop' },
      { hex: '06', text: NOTHING },
    ]
    assert.is(fileFinds(finds, file), 2)
    assert.is(fileFinds(finds, file), 0)
    assert.equal(readCorpus(file), [finds[1], finds[0]])
    assert.match(readFileSync(file, 'utf8'), /^#.*\n06 {2}\(none\)\n90 {2}nop\n$/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

corpus.run()
