/**
 * All rows as one text, which is how the bundle has them: as literals they were a third of what an import took,
 * where a text costs nothing until a row is asked for.
 *
 * `mnemonic row row;mnemonic row`, the columns of a row separated by `|`, rows by `~`.
 */
import type { Row, Table } from './grammar.ts'

const NEXT_MNEMONIC = ';'
const NEXT_ROW = '~'
const NEXT_COLUMN = '|'

/** The tables as text. Error when a row has a character that separates. */
export function packRows(tables: Table): string {
  return Object.entries(tables)
    .map(([mnemonic, rows]) => {
      const wrong = [mnemonic, ...rows.flat()].find((text) => /[;~|'\\]|[^ -~]/.test(text))
      if (wrong !== undefined) throw new Error(`${mnemonic}: '${wrong}' has a character that separates rows`)
      return [mnemonic, ...rows.map((row) => row.join(NEXT_COLUMN))].join(NEXT_ROW)
    })
    .join(NEXT_MNEMONIC)
}

/** What rows.ts exports, from a text; it is taken apart when first needed, and a mnemonic's rows when they are. */
export function unpackRows(text: string): {
  readonly mnemonics: () => readonly string[]
  readonly rowsOf: (mnemonic: string) => readonly Row[]
  readonly hasRows: (mnemonic: string) => boolean
} {
  let byMnemonic: Map<string, string> | undefined
  let names: readonly string[] | undefined
  const open = (): Map<string, string> => {
    byMnemonic ??= new Map(
      text.split(NEXT_MNEMONIC).map((entry) => {
        const end = entry.indexOf(NEXT_ROW)
        return [entry.slice(0, end), entry.slice(end + 1)]
      }),
    )
    return byMnemonic
  }
  return {
    mnemonics() {
      names ??= Object.freeze([...open().keys()])
      return names
    },
    hasRows: (mnemonic) => open().has(mnemonic),
    rowsOf(mnemonic) {
      const rows = open().get(mnemonic)
      if (rows === undefined) return []
      return rows.split(NEXT_ROW).map((row) => row.split(NEXT_COLUMN) as readonly string[] as Row)
    },
  }
}
