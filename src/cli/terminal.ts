/** What the command prints: colours and progress only on a terminal. */
import { styleText } from 'node:util'

/** Bold on a terminal that shows colours, plain otherwise. */
export function strong(text: string): string {
  return process.stdout.isTTY && process.env.NO_COLOR === undefined ? styleText('bold', text) : text
}

/** A line that is overwritten while something takes long; silent unless standard error is a terminal. */
export class Progress {
  readonly #started = performance.now()
  #shown = false

  /** Shows the text once two seconds have passed. */
  show(text: string): void {
    if (!process.stderr.isTTY || performance.now() - this.#started < 2000) return
    process.stderr.write(`\r\u001b[K${text}`)
    this.#shown = true
  }

  clear(): void {
    if (this.#shown) process.stderr.write('\r\u001b[K')
    this.#shown = false
  }
}
