/** Bytes that the decoder once read wrongly, each with what is right; the tests replay them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const DECODE_CORPUS: string = fileURLToPath(new URL('corpus/decode.txt', import.meta.url))

/** What stands for bytes that are no instruction. */
export const NOTHING = '(none)'

export interface CorpusLine {
  readonly hex: string
  /** The text that is right, with prefixes, or NOTHING. */
  readonly text: string
}

const HEADING =
  '# Finds of the decoder fuzzer, shrunk: bytes, and what is right. New ones have the oracle’s text, until someone has judged.'

/** The lines of the file; none when there is no file. */
export function readCorpus(file: string = DECODE_CORPUS): CorpusLine[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [hex = '', ...text] = line.split(/ {2}/)
      return { hex, text: text.join('  ') }
    })
}

/** Adds finds to the file, in order of their bytes, each once. Returns how many are new. */
export function fileFinds(finds: readonly CorpusLine[], file: string = DECODE_CORPUS): number {
  const known = new Map(readCorpus(file).map((line) => [line.hex, line]))
  const before = known.size
  for (const find of finds) if (!known.has(find.hex)) known.set(find.hex, find)
  if (known.size === before) return 0
  const lines = [...known.values()].sort((a, b) => (a.hex < b.hex ? -1 : 1))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${[HEADING, ...lines.map(({ hex, text }) => `${hex}  ${text}`)].join('\n')}\n`)
  return known.size - before
}
