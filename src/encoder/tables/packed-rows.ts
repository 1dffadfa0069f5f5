/**
 * All rows as one text, which is how the bundle has them: as literals they were a third of what an import took,
 * where a text costs nothing until a row is asked for.
 *
 * First the mnemonics in the order of the tables, separated by `,`. Behind the first `;`, `mnemonic~row~row;` for each,
 * in the order of the alphabet, so that one is found without looking at all; the columns of a row are separated by `|`.
 */
import type { Row, Table } from './grammar.ts'

const NEXT_NAME = ','
const NEXT_MNEMONIC = ';'
const NEXT_ROW = '~'
const NEXT_COLUMN = '|'
/** Who asks for the rows of so many mnemonics will ask for most: then all are taken apart at once. */
const MANY = 100

/** The tables as text. Error when a row has a character that separates. */
export function packRows(tables: Table): string {
  const names = Object.keys(tables)
  const entries = [...names].sort().map((mnemonic) => {
    const rows = tables[mnemonic]!
    const wrong = [mnemonic, ...rows.flat()].find((text) => /[;~|'\\]|[^ -~]/.test(text))
    if (wrong !== undefined || mnemonic.includes(NEXT_NAME)) {
      throw new Error(`${mnemonic}: '${wrong ?? mnemonic}' has a character that separates rows`)
    }
    return [mnemonic, ...rows.map((row) => row.join(NEXT_COLUMN))].join(NEXT_ROW)
  })
  return [names.join(NEXT_NAME), ...entries, ''].join(NEXT_MNEMONIC)
}

const takeApart = (rows: string): readonly Row[] => rows.split(NEXT_ROW).map((row) => row.split(NEXT_COLUMN) as readonly string[] as Row)

/** What rows.ts exports, from a text; it is taken apart when first needed, and a mnemonic's rows when they are. */
export function unpackRows(text: string): {
  readonly mnemonics: () => readonly string[]
  readonly rowsOf: (mnemonic: string) => readonly Row[]
  readonly hasRows: (mnemonic: string) => boolean
} {
  let names: readonly string[] | undefined
  /** Where the first mnemonic is. */
  let first = -1
  let asked = 0
  let all: Map<string, string> | undefined

  /** A method asks whether there are rows, and then for them. */
  let lastFound = ''
  let lastStart = -1

  /** Where the rows of a mnemonic begin; −1 where there are none. */
  const find = (mnemonic: string): number => {
    if (mnemonic !== lastFound || lastStart < 0) {
      lastStart = search(mnemonic)
      lastFound = mnemonic
    }
    return lastStart
  }
  const search = (mnemonic: string): number => {
    if (first < 0) first = text.indexOf(NEXT_MNEMONIC) + 1
    let low = first
    let high = text.length
    while (low < high) {
      const start = text.lastIndexOf(NEXT_MNEMONIC, ((low + high) >> 1) - 1) + 1
      const end = text.indexOf(NEXT_ROW, start)
      const found = text.slice(start, end)
      if (found === mnemonic) return end + 1
      if (found < mnemonic) low = text.indexOf(NEXT_MNEMONIC, end) + 1
      else high = start
    }
    return -1
  }
  const mapAll = (): Map<string, string> => {
    const [, ...entries] = text.split(NEXT_MNEMONIC)
    const map = new Map<string, string>()
    for (const entry of entries) {
      const end = entry.indexOf(NEXT_ROW)
      if (end >= 0) map.set(entry.slice(0, end), entry.slice(end + 1))
    }
    return map
  }
  const textOf = (mnemonic: string): string | undefined => {
    if (++asked > MANY) {
      all ??= mapAll()
      return all.get(mnemonic)
    }
    const start = find(mnemonic)
    return start < 0 ? undefined : text.slice(start, text.indexOf(NEXT_MNEMONIC, start))
  }
  return {
    mnemonics() {
      names ??= Object.freeze(text.slice(0, text.indexOf(NEXT_MNEMONIC)).split(NEXT_NAME))
      return names
    },
    hasRows: (mnemonic) => (all === undefined ? find(mnemonic) >= 0 : all.has(mnemonic)),
    rowsOf(mnemonic) {
      const rows = textOf(mnemonic)
      return rows === undefined ? [] : takeApart(rows)
    },
  }
}
