/** Compares our encodings with the oracle's: same bytes, or another legal encoding that is no longer. */
import { DISAGREEMENTS } from './disagreements.ts'
import type { Case } from './encode.ts'
import type { Oracle } from './oracle.ts'
import type { CaseOutcome } from './report.ts'

/**
 * - `same`: the oracle's bytes.
 * - `equivalent`: other bytes that decode to the same instruction and are no longer.
 * - `known`: a difference listed in disagreements.ts.
 * - the rest are mismatches: `longer`, `different`, `refused` (by the oracle), `failed` (to encode), `alternative`
 *   (the sample's own form, where a shorter one was chosen, means something else).
 */
export type Verdict =
  | 'same'
  | 'equivalent'
  | 'known'
  | 'longer'
  | 'different'
  | 'refused'
  | 'failed'
  | 'alternative'

export interface Judgement {
  readonly case: Case
  readonly verdict: Verdict
  /** The oracle's bytes as hex. */
  readonly expected: string | null
  /** What the oracle reads in our bytes, where they are not its own. */
  readonly decoded: string | null
}

export function isMismatch(verdict: Verdict): boolean {
  return verdict !== 'same' && verdict !== 'equivalent' && verdict !== 'known'
}

/** The verdict as a run counts it. */
export function outcomeOf(verdict: Verdict): CaseOutcome {
  if (isMismatch(verdict)) return 'mismatch'
  return verdict as 'same' | 'equivalent' | 'known'
}

/** Asks for each byte string once. */
async function decodeAll(oracle: Oracle, codes: Iterable<string>): Promise<(hex: string) => string | null> {
  const unique = [...new Set(codes)]
  const texts = await oracle.disassemble(unique)
  const byHex = new Map(unique.map((hex, index) => [hex, texts[index]!]))
  return (hex) => byHex.get(hex) ?? null
}

function verdictOf(one: Case, expected: string | null, decode: (hex: string) => string | null): Verdict {
  if (one.hex === null) {
    // Operands that are right by themselves can make an instruction too long: then both must say so.
    return expected === null && one.error?.includes('bytes long') ? 'same' : 'failed'
  }
  if (expected === null) return 'refused'
  const meaning = decode(expected)
  if (one.alternative !== null) {
    // The same instruction may read otherwise in another form: shl eax is shl eax, 1 where the 1 is encoded.
    const other = decode(one.alternative.hex)
    if (other !== meaning && other !== one.alternative.text) return 'alternative'
  }
  if (one.hex === expected) return 'same'
  if (decode(one.hex) !== meaning || meaning === null) return 'different'
  return one.hex.length <= expected.length ? 'equivalent' : 'longer'
}

export async function judge(oracle: Oracle, cases: readonly Case[]): Promise<Judgement[]> {
  const expected = await oracle.assemble(cases.map(({ text }) => text))
  const doubtful = cases.flatMap((one, index) => {
    if (one.hex === expected[index] && one.alternative === null) return []
    return [one.hex, one.alternative?.hex ?? null, expected[index]!].filter((hex) => hex !== null)
  })
  const decode = await decodeAll(oracle, doubtful)
  return cases.map((one, index): Judgement => {
    const theirs = expected[index]!
    let verdict = verdictOf(one, theirs, decode)
    if (isMismatch(verdict) && DISAGREEMENTS.some(({ text }) => text.test(one.text))) verdict = 'known'
    return { case: one, verdict, expected: theirs, decoded: one.hex === null ? null : decode(one.hex) }
  })
}

/** A mismatch in full, for the terminal. */
export function describe({ case: one, decoded, expected, verdict }: Judgement): string {
  const lines = [`${verdict}: ${one.text}`, `  form       ${one.form.text}`]
  if (one.error !== null) lines.push(`  error      ${one.error}`)
  if (one.hex !== null) lines.push(`  ours       ${one.hex}${decoded === null ? '' : `  ${decoded}`}`)
  if (one.alternative !== null) lines.push(`  own form   ${one.alternative.hex}  ${one.alternative.text}`)
  if (expected !== null || verdict !== 'different')
    lines.push(`  oracle     ${expected ?? 'refuses the text'}`)
  return lines.join('\n')
}
