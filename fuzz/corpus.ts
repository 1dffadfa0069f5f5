/** What was once decoded or encoded wrongly, each with what is right; the tests replay it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const DECODE_CORPUS: string = fileURLToPath(new URL('corpus/decode.txt', import.meta.url))
/** Texts with the bytes that they make, or NOTHING where they must be refused. */
export const ENCODE_CORPUS: string = fileURLToPath(new URL('corpus/encode.txt', import.meta.url))

/** What stands for bytes that are no instruction. */
export const NOTHING = '(none)'

export interface CorpusLine {
  readonly hex: string
  /** The text that is right, with prefixes, or NOTHING. */
  readonly text: string
}

const HEADINGS: Readonly<Record<string, string>> = {
  [ENCODE_CORPUS]:
    '# Finds of the encoder fuzzers: bytes, and text that makes them, or (none) where it must be refused. New ones have the oracle’s bytes, until someone has judged.',
}
const DECODE_HEADING =
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

/** What was given, of which a file has each once: bytes to the decoder, text to the encoder. */
const keyOf = ({ hex, text }: CorpusLine, file: string): string => (file === ENCODE_CORPUS ? text : hex)

/** Adds finds to the file, in order, each once. Returns how many are new. */
export function fileFinds(finds: readonly CorpusLine[], file: string = DECODE_CORPUS): number {
  const known = new Map(readCorpus(file).map((line) => [keyOf(line, file), line]))
  const before = known.size
  for (const find of finds) {
    const key = keyOf(find, file)
    if (!known.has(key)) known.set(key, find)
  }
  if (known.size === before) return 0
  const lines = [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { hex, text }]) => `${hex}  ${text}`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${[HEADINGS[file] ?? DECODE_HEADING, ...lines].join('\n')}\n`)
  return known.size - before
}
