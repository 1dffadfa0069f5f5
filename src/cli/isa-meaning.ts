/** The meaning of each instruction: the comment of its rows, read from the very file that the rows are in. */
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { tableFiles } from '../encoder/tables/index.ts'

/** `.ts` in the source tree, `.js` beside the package's script: comments are in both. */
const EXTENSION = extname(new URL(import.meta.url).pathname).replace('.cjs', '.js')
const DOCUMENTED = /\/\*\*((?:(?!\*\/)[\s\S])*?)\*\/\s*(?:'([^'\n]+)'|(\w+)):/g

const meanings = new Map<string, ReadonlyMap<string, string>>()

/** A comment without its stars, on one line. */
function plain(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trim())
    .join(' ')
    .trim()
}

function meaningsIn(table: string): ReadonlyMap<string, string> {
  let known = meanings.get(table)
  if (known === undefined) {
    const source = readFileSync(new URL(`../encoder/tables/${table}${EXTENSION}`, import.meta.url), 'utf8')
    known = new Map(
      [...source.matchAll(DOCUMENTED)].map(([, comment, quoted, name]) => [quoted ?? name!, plain(comment!)]),
    )
    meanings.set(table, known)
  }
  return known
}

/** The table file that has the mnemonic's rows; undefined when none has. */
export function tableOf(mnemonic: string): string | undefined {
  return Object.keys(tableFiles).find((table) => Object.hasOwn(tableFiles[table]!, mnemonic))
}

/** What the instruction does, in a line; '' when its rows have no comment. */
export function meaningOf(mnemonic: string): string {
  const table = tableOf(mnemonic)
  return table === undefined ? '' : (meaningsIn(table).get(mnemonic) ?? '')
}
