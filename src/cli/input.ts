/** Where a command's input comes from: a file, standard input, or the command line itself. */
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { UsageError } from './arguments.ts'

const STANDARD_INPUT = 0

function checkFile(file: string): void {
  if (!existsSync(file)) throw new UsageError(`no file '${file}'`)
  if (statSync(file).isDirectory()) throw new UsageError(`'${file}' is a folder`)
}

/** The one file that the words name; `-` when there is none. */
export function inputName(command: string, words: readonly string[]): string {
  if (words.length > 1) throw new UsageError(`${command}: expected one file; given ${words.length}`)
  return words[0] ?? '-'
}

/** Everything that a file, or standard input for `-`, holds. */
export function readInput(file: string): Buffer {
  if (file === '-') return readFileSync(STANDARD_INPUT)
  checkFile(file)
  return readFileSync(file)
}

/** The same as a stream. */
export function inputStream(file: string): Readable {
  if (file === '-') return process.stdin
  checkFile(file)
  return createReadStream(file)
}
