/** What the golden files hold, one for each table: lines of `hex  text`, judged by llvm-mc when they were made. */
import { encodableForms } from '../src/encoder/forms.ts'
import { tableFiles } from '../src/encoder/tables/index.ts'
import { type BranchCase, branchCases } from './branches.ts'
import { type Case, encodeCases } from './encode.ts'
import { goldenSamplesOf } from './samples.ts'

export const GOLDEN_DIRECTORY: URL = new URL('../test/goldens/', import.meta.url)

export interface GoldenCases {
  /** Name of the table file, and of the golden file. */
  readonly table: string
  readonly cases: readonly Case[]
  readonly branches: readonly BranchCase[]
}

/** The samples of every table, encoded now; each text once. */
export function goldenCases(): GoldenCases[] {
  return Object.entries(tableFiles).map(([table, rows]) => {
    const forms = Object.keys(rows).flatMap((mnemonic) => encodableForms(mnemonic))
    const samples = forms.flatMap((form) =>
      [...goldenSamplesOf(form)].map((operands) => [form, operands] as const),
    )
    return { table, cases: encodeCases(samples), branches: Object.keys(rows).flatMap(branchCases) }
  })
}

export function goldenFile(table: string): URL {
  return new URL(`${table}.txt`, GOLDEN_DIRECTORY)
}

/** Lines of a golden file as a map from text to hex; comments begin with #. */
export function parseGoldens(content: string): Map<string, string> {
  const lines = content.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const [hex = '', ...words] = line.split('  ')
      return [words.join('  '), hex] as const
    }),
  )
}
