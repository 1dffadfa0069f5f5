/**
 * `npm run fuzz -- roundtrip`: what is encoded decodes to the same instruction, what is decoded encodes to no more bytes
 * than it had, and what is formatted parses to the same bytes. Needs no oracle.
 */
import { type DecodedInst, decode } from '../src/encoder/decode.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { EncodeError } from '../src/encoder/errors.ts'
import type { Form } from '../src/encoder/form.ts'
import { Assembler, format } from '../src/encoder/index.ts'
import type { CorpusLine } from './corpus.ts'
import { byteSource, PROBE_BYTES } from './decode-bytes.ts'
import { type Case, encodeCases, fits, type Sample, toHex } from './encode.ts'
import type { FuzzOptions } from './encode-run.ts'
import { Finds, shrinkEach } from './finds.ts'
import { textMismatch } from './parse.ts'
import { seededRandom } from './random.ts'
import { type Progress, Tally } from './report.ts'
import { isBranchForm, randomSample, samplesOf } from './samples.ts'
import { formsOnly } from './selection.ts'
import { shrinkBytes, shrinkSample } from './shrink.ts'

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

/** The instruction written again in the form in which it was found; what is wrong, in words, where it cannot be. */
function writeAgain({ form, operands }: DecodedInst): string {
  try {
    return toHex(new Assembler().emitForm(form, operands).finish().bytes)
  } catch (error) {
    if (error instanceof EncodeError) return error.message
    throw error
  }
}

/** The accumulator exchanged with itself in 16 or 64 bits is the NOP that it looks like (SDM Vol. 2B, NOP). */
const EXCHANGED_WITH_ITSELF = /^xchg (ax, ax|rax, rax)$/

/** What is wrong with decoding what was encoded; null when nothing is. */
function decodeMismatch({ chosen, hex, text }: Case): string | null {
  if (hex === null || chosen === null) return null
  const found = decode(fromHex(hex))
  if (found.form === null) return `${text}: ${hex} does not decode: ${found.message}`
  const read = format(found)
  if (2 * found.length !== hex.length) return `${text}: ${hex} decodes as ${read}, ${found.length} bytes`
  // Operands that can be exchanged may have been, and one encoding can have two names.
  if (read === text || writeAgain(found) === hex) return null
  if (EXCHANGED_WITH_ITSELF.test(text) && read === 'nop') return null
  return `${text}: ${hex} decodes as ${read}`
}

function lineOf(found: DecodedInst, bytes: Uint8Array): CorpusLine {
  return {
    hex: toHex(bytes.subarray(0, found.length)),
    text: [...found.prefixes, format(found)].join(' '),
  }
}

interface WrittenAgain {
  readonly found: DecodedInst | null
  readonly mismatch: string | null
}

/** What is wrong with encoding what was decoded from any bytes; null when nothing is, or they are no instruction. */
export function encodeMismatch(bytes: Uint8Array): WrittenAgain {
  const found = decode(bytes)
  if (found.form === null) return { found: null, mismatch: null }
  // A 32-bit address without registers has no operand that says so.
  return { found, mismatch: found.prefixes.includes('addr32') ? null : mismatchOf(found, bytes) }
}

function mismatchOf(found: DecodedInst, bytes: Uint8Array): string | null {
  const hex = toHex(bytes.subarray(0, found.length))
  const again = writeAgain(found)
  const back = decode(fromHex(again))
  if (back.form === null || again.length > hex.length)
    return `${hex} is ${format(found)}, written as ${again}`
  if ((found.form as EncodableForm).commutative || format(back) === format(found)) return null
  return `${hex} is ${format(found)}, written as ${again}, which is ${format(back)}`
}

function* samples(forms: readonly EncodableForm[], seed: number): Generator<Sample> {
  for (const form of forms) for (const operands of samplesOf(form)) yield [form, operands]
  const random = seededRandom(seed)
  for (;;) {
    for (const form of forms) {
      const operands = randomSample(form, random)
      if (operands !== null) yield [form, operands]
    }
  }
}

export interface RoundtripResult {
  readonly tally: Tally
  readonly mismatches: readonly string[]
  /** Bytes that read or were written wrongly, and texts. */
  readonly decodeFinds: readonly CorpusLine[]
  readonly encodeFinds: readonly CorpusLine[]
}

const BATCH = 2048

/** What is held against what; a test puts in a fault. */
export interface RoundtripChecks {
  /** What is wrong with decoding what was encoded, or null. */
  readonly decoded: (one: Case) => string | null
  /** What is wrong with reading its text. */
  readonly text: (one: Case) => string | null
  /** What is wrong with encoding what was decoded. */
  readonly bytes: (bytes: Uint8Array) => WrittenAgain
}

const CHECKS: RoundtripChecks = { decoded: decodeMismatch, text: textMismatch, bytes: encodeMismatch }

/** Each find for the corpus, with the simplest operands for which the check fails. */
function shrinkCases(finds: Finds<Case>, check: (one: Case) => string | null): Promise<CorpusLine[]> {
  const lineFor = ({ hex, text }: Case): CorpusLine => ({ hex: hex!, text })
  const shrunk = async ({ form, operands }: Case): Promise<CorpusLine> => {
    const best = await shrinkSample([form, operands], (samples) =>
      encodeCases(samples).map((one) => fits([one.form, one.operands]) && check(one) !== null),
    )
    return lineFor(encodeCases([best])[0]!)
  }
  return shrinkEach(finds, shrunk, lineFor)
}

/** Runs until a limit is reached. */
export async function runRoundtrip(
  options: FuzzOptions,
  progress: Progress,
  checks: RoundtripChecks = CHECKS,
): Promise<RoundtripResult> {
  const forms = formsOnly(options.only).filter((form) => !isBranchForm(form))
  const tally = new Tally(forms)
  const decoded = new Finds<Case>()
  const texts = new Finds<Case>()
  const written = new Finds<Uint8Array>()
  const source = samples(forms, options.seed)
  const nextBytes = byteSource(forms, seededRandom(options.seed))
  const bytes = new Uint8Array(PROBE_BYTES)
  const deadline = performance.now() + 1000 * options.seconds
  const mismatches: string[] = []
  const note = (form: Form | null, mismatch: string | null): boolean => {
    tally.add(form, mismatch === null ? 'same' : 'mismatch')
    if (mismatch !== null) mismatches.push(mismatch)
    return mismatch !== null
  }
  while (tally.cases < options.cases && performance.now() < deadline) {
    const batch = Array.from({ length: BATCH }, () => source.next().value as Sample)
    for (const one of encodeCases(batch)) {
      if (note(one.form, checks.decoded(one))) decoded.add(one.form.text, one.text, one)
      if (note(one.form, checks.text(one))) texts.add(one.form.text, one.text, one)
    }
    for (let i = 0; i < BATCH; i++) {
      nextBytes(bytes)
      const { found, mismatch } = checks.bytes(bytes)
      if (note(found?.form ?? null, mismatch)) written.add(found!.form.text, format(found!), bytes.slice())
    }
    progress.show(`${tally.cases} cases, ${mismatches.length} mismatches`)
  }
  const lineFor = (find: Uint8Array): CorpusLine => lineOf(checks.bytes(find).found!, find)
  const shrunk = (find: Uint8Array): CorpusLine => {
    const { mnemonic } = checks.bytes(find).found!.form
    const best = shrinkBytes(find, (candidate) => {
      const { found, mismatch } = checks.bytes(candidate)
      return mismatch !== null && found?.form.mnemonic === mnemonic
    })
    return lineFor(best)
  }
  const decodeFinds = [
    ...(await shrinkCases(decoded, checks.decoded)),
    ...(await shrinkEach(written, shrunk, lineFor)),
  ]
  return { tally, mismatches, decodeFinds, encodeFinds: await shrinkCases(texts, checks.text) }
}
