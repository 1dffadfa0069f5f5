/** Counts what was tried, by extension, and prints it: progress on a terminal, a table at the end. */
import type { Form } from '../src/encoder/index.ts'

interface Counts {
  forms: number
  tried: Set<Form>
  cases: number
  equivalent: number
  known: number
  mismatches: number
}

/** The extension that a form belongs to: its features, but for the vector length. */
export function extensionOf(form: Form): string {
  return form.features.filter((feature) => feature !== 'AVX512VL').join(' ') || 'base'
}

/** `equivalent`: other bytes for the same; `known`: a difference that is listed. */
export type CaseOutcome = 'same' | 'equivalent' | 'known' | 'mismatch'

const noCounts = (): Counts => ({
  forms: 0,
  tried: new Set(),
  cases: 0,
  equivalent: 0,
  known: 0,
  mismatches: 0,
})

export class Tally {
  readonly #byExtension = new Map<string, Counts>()
  readonly #nothing = noCounts()
  #cases = 0

  constructor(forms: readonly Form[]) {
    for (const form of forms) this.#counts(form).forms++
  }

  get cases(): number {
    return this.#cases
  }

  #counts(form: Form): Counts {
    const extension = extensionOf(form)
    let counts = this.#byExtension.get(extension)
    if (counts === undefined) {
      counts = noCounts()
      this.#byExtension.set(extension, counts)
    }
    return counts
  }

  /** Counts a case; `form` is null for bytes that are no instruction to anyone. */
  add(form: Form | null, outcome: CaseOutcome): void {
    const counts = form === null ? this.#nothing : this.#counts(form)
    if (form !== null) counts.tried.add(form)
    counts.cases++
    this.#cases++
    if (outcome === 'equivalent') counts.equivalent++
    if (outcome === 'known') counts.known++
    if (outcome === 'mismatch') counts.mismatches++
  }

  /** A line for each extension: forms, those tried, cases, and how they were judged. */
  table(): string {
    const header = ['extension', 'forms', 'tried', 'cases', 'equivalent', 'known', 'mismatches']
    const numbers = (counts: Counts) => [
      counts.forms,
      counts.tried.size,
      counts.cases,
      counts.equivalent,
      counts.known,
      counts.mismatches,
    ]
    const rows = [...this.#byExtension.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
    if (this.#nothing.cases > 0) rows.push(['(no instruction)', this.#nothing])
    const sums = rows
      .map(([, counts]) => numbers(counts))
      .reduce((a, b) => a.map((value, i) => value + b[i]!))
    const lines = [header, ...rows.map(([name, counts]) => [name, ...numbers(counts).map(String)])]
    lines.push(['all', ...sums.map(String)])
    const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
    return lines
      .map((line) =>
        line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
      )
      .join('\n')
  }
}

/** One line that is written over and over, on a terminal only. */
export class Progress {
  readonly #isTerminal = process.stderr.isTTY === true
  #last = 0

  show(text: string): void {
    const now = performance.now()
    if (!this.#isTerminal || now - this.#last < 200) return
    this.#last = now
    process.stderr.write(`\r\x1b[K${text}`)
  }

  clear(): void {
    if (this.#isTerminal) process.stderr.write('\r\x1b[K')
  }
}
