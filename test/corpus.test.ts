/** Replays what the fuzzers found: every line of fuzz/corpus reads, or is written, as it says. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ENCODE_CORPUS, fileFinds, NOTHING, readCorpus } from '../fuzz/corpus.ts'
import {
  DECODE_DISAGREEMENTS,
  DISAGREEMENTS,
  ICED_DISAGREEMENTS,
  LENIENCE,
  LENIENCES,
} from '../fuzz/disagreements.ts'
import { encodeMismatch } from '../fuzz/roundtrip.ts'
import { AssemblyError, assemble, decode, format } from '../src/encoder/index.ts'

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

corpus('what was found reads back to no more bytes', () => {
  for (const { hex } of readCorpus())
    assert.is(encodeMismatch(Uint8Array.from(Buffer.from(hex, 'hex'))).mismatch, null)
})

/** The bytes of a text, or NOTHING where it is refused. */
function written(text: string): string {
  try {
    return Buffer.from(assemble(text).bytes).toString('hex')
  } catch (error) {
    if (error instanceof AssemblyError) return NOTHING
    throw error
  }
}

corpus('every text is written as it should, or refused', () => {
  const lines = readCorpus(ENCODE_CORPUS)
  assert.ok(lines.length >= 8, `${lines.length} lines`)
  for (const { hex, text } of lines) assert.is(written(text), hex, text)
})

corpus('every difference from llvm-mc names a section of a manual', () => {
  for (const { manual, reason } of [...DISAGREEMENTS, ...LENIENCE]) {
    assert.match(manual, /^(Vol\. (1|2[A-D]), |APX specification, |AVX10\.2 specification, )/, reason)
  }
  const named = /SDM Vol\. |APX specification|AVX10\.2 specification|AMD64 manual/
  for (const { reason } of [...DECODE_DISAGREEMENTS, ...LENIENCES, ...ICED_DISAGREEMENTS]) {
    assert.match(reason, named)
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
