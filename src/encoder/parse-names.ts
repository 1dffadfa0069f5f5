/** What mnemonics in text stand for: the tables' names, and those that only text has (vcmpltps, movabs). */
import { canonicalMnemonic, mnemonics } from './forms.ts'
import { predicateNames } from './predicates.ts'
import type { Selector } from './select.ts'
import { aliases } from './tables/aliases.ts'
import type { Predicate, Row } from './tables/grammar.ts'
import { rowsOf } from './tables/rows.ts'

/** What the forms of an instruction tell about the operands that text gives. */
export interface Facts {
  /** Index of the operand that is a branch target; −1 when there is none. */
  readonly target: number
  /** Numbers of operands, as bits, which a 1 behind them makes those of a form: `shl eax`. */
  readonly hidesOne: number
  /** Numbers of operands, as bits, that forms have. */
  readonly counts: number
  /** Memory without a size has 64 bits: push, call. */
  readonly isDefault64: boolean
  /** Some form takes an address of 64 bits in place of any other. */
  readonly takesOffset: boolean
  /** Which of the given operands stand where, when one is left out; null when none can be. */
  readonly repeated: readonly number[] | null
  readonly selector: Selector
  /** The operands are those that text gives. */
  readonly isPlain: boolean
}

/** An instruction that a name may mean. */
export interface Meaning {
  readonly mnemonic: string
  /** The comparison that the name has in it, given to the instruction as its last operand; −1 for none. */
  readonly predicate: number
  /** Only forms that text calls so; null for any. */
  readonly printedAs: string | null
  /** What the forms tell about operands in text, once that was asked (parse-instruction.ts). */
  facts: Facts | null
}

/** Made when text is first parsed. */
let byName: Map<string, readonly Meaning[]> | undefined

/** What the attributes of rows that begin with `key` say behind it. */
function attributes(rows: readonly Row[], key: string): string[] {
  return rows.flatMap((row) =>
    (row[4] ?? '')
      .split(' ')
      .filter((word) => word.startsWith(key))
      .map((word) => word.slice(key.length)),
  )
}

function makeNames(): Map<string, readonly Meaning[]> {
  const names = new Map<string, Meaning[]>()
  const add = (name: string, mnemonic: string, predicate: number, printedAs: string | null) => {
    const meaning = { mnemonic, predicate, printedAs, facts: null }
    const known = names.get(name)
    if (known === undefined) names.set(name, [meaning])
    else if (known.every((other) => other.mnemonic !== mnemonic)) known.push(meaning)
  }
  for (const mnemonic of mnemonics()) add(mnemonic, mnemonic, -1, null)
  for (const alias of Object.keys(aliases)) add(alias, canonicalMnemonic(alias), -1, null)
  for (const mnemonic of mnemonics()) {
    // objdump writes `movs byte ptr …, byte ptr …` for movsb.
    const rows = rowsOf(mnemonic)
    const isString = rows.some((row) => /:[sd]i(8|16|32|64)\b/.test(row[0]))
    if (isString) add(mnemonic.slice(0, -1), mnemonic, -1, null)
    for (const name of new Set(attributes(rows, 'as:'))) add(name, mnemonic, -1, name)
    const [kind] = attributes(rows, 'predicate:')
    if (kind === undefined) continue
    // The rows' notation says it; expanding them would cost milliseconds.
    const scheme = /^E?VEX/.test(rows[0]![2]) ? 'evex' : 'legacy'
    for (const text of new Set([mnemonic, ...attributes(rows, 'as:')])) {
      predicateNames(kind as Predicate | 'xop', scheme).forEach((predicate, value) => {
        if (predicate !== undefined)
          add(text.replace(/^(v?p?)c(om|mp)/, `$1c$2${predicate}`), mnemonic, value, null)
      })
    }
  }
  return names
}

/** What a name in lower case may mean, the likeliest first; undefined when nothing. */
export function meaningsOf(name: string): readonly Meaning[] | undefined {
  byName ??= makeNames()
  return byName.get(name)
}

/** Every name that text may call an instruction. */
export function textNames(): readonly string[] {
  byName ??= makeNames()
  return [...byName.keys()]
}
