/** What is wrong with assembly text: where, what was read there, and what it may have been meant to be. */

/** One thing that is wrong. Lines and columns count from 1. */
export interface AssemblyProblem {
  readonly line: number
  readonly column: number
  /** The text at that place. */
  readonly read: string
  readonly reason: string
  /** Instruction forms, or names, that are near to what was read. */
  readonly nearest: readonly string[]
}

/** Problems told in full; the others are counted. */
const TOLD = 20

function describe({ column, line, nearest, read, reason }: AssemblyProblem): string {
  const forms = nearest.map((form) => `\n    ${form}`).join('')
  return `line ${line}, column ${column}, '${read}': ${reason}${forms === '' ? '' : `\n  nearest:${forms}`}`
}

/** Text that cannot be assembled. All lines are looked at, so that `problems` has every mistake there is. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError'
  readonly problems: readonly AssemblyProblem[]
  /** Where the first problem is. */
  readonly line: number
  readonly column: number

  constructor(problems: readonly [AssemblyProblem, ...AssemblyProblem[]]) {
    const more = problems.length > TOLD ? [`… and ${problems.length - TOLD} more`] : []
    super([...problems.slice(0, TOLD).map(describe), ...more].join('\n'))
    this.problems = problems
    this.line = problems[0].line
    this.column = problems[0].column
  }
}

/** Thrown where reading cannot go on; the reader of lines knows which line and column that is. */
export class ParseFault extends Error {
  override readonly name = 'ParseFault'
  /** Position in the text. */
  readonly at: number
  readonly read: string
  readonly nearest: readonly string[]

  constructor(at: number, read: string, reason: string, nearest: readonly string[] = []) {
    super(reason)
    this.at = at
    this.read = read
    this.nearest = nearest
  }

  /** The problem that this is, with the line and column that the position has. */
  inText(text: string): AssemblyProblem {
    const lineStart = this.at === 0 ? 0 : text.lastIndexOf('\n', this.at - 1) + 1
    let line = 1
    for (let at = text.indexOf('\n'); at >= 0 && at < lineStart; at = text.indexOf('\n', at + 1)) line++
    const { at, message: reason, nearest, read } = this
    return { line, column: at - lineStart + 1, read, reason, nearest }
  }
}
