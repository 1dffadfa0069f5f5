/** Answers each line of a stream with a line, as fast as they come and no faster than they are taken. */
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'

/** A line longer than this is no instruction: it is not kept until its end comes. */
const MAXIMUM_LINE = 1 << 20

/** Thrown away when the reader of our output has gone: that is how a pipe ends. */
function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}

/**
 * Writes `answer(line)` for every line of the input, in order; the last one need not end with a newline. All lines
 * of a chunk are answered at once, and reading waits while the output is full.
 */
export async function answerLines(
  input: Readable,
  output: Writable,
  answer: (line: string) => string,
): Promise<void> {
  let isClosed = false
  const onError = (error: Error) => {
    if (!isClosedPipe(error)) throw error
    isClosed = true
    input.destroy()
  }
  output.on('error', onError)
  try {
    let rest = ''
    input.setEncoding('utf8')
    for await (const chunk of input as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()!
      if (rest.length > MAXIMUM_LINE) rest = rest.slice(0, MAXIMUM_LINE)
      if (lines.length === 0) continue
      const answers = lines.map((line) => `${answer(line)}\n`).join('')
      if (!output.write(answers)) await Promise.race([once(output, 'drain'), once(output, 'close')])
      if (isClosed) return
    }
    if (rest !== '') output.write(`${answer(rest)}\n`)
  } catch (error) {
    if (!isClosed) throw error
  } finally {
    output.off('error', onError)
  }
}
