/** Runs every test file in one process and ends with the plain line `N passed, N failed`. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { skippedCount, skipReasons } from './skips.ts'

// The plans that a user of this machine has saved are no concern of tests, except of those that save their own.
process.env.TILEWRIGHT_TUNED ??= 'off'
const here = fileURLToPath(new URL('.', import.meta.url))
const filter = process.argv[2] ?? ''
const files = readdirSync(here, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.ts') && file.includes(filter))
  .sort()

const queue = globalThis as unknown as { UVU_DEFER?: number; UVU_QUEUE?: unknown[]; UVU_INDEX?: number }
queue.UVU_DEFER = 1
queue.UVU_QUEUE = []
// Only now: uvu looks at UVU_DEFER when it is imported, and runs suites by a timer without it.
const { exec } = await import('uvu')
for (const [index, file] of files.entries()) {
  queue.UVU_INDEX = index
  queue.UVU_QUEUE.push([file])
  await import(pathToFileURL(join(here, file)).href)
}

// uvu prints its own totals; they are read back from its output, so that both always agree.
let printed = ''
const write = process.stdout.write.bind(process.stdout)
process.stdout.write = ((chunk: string | Uint8Array, ...rest: []) => {
  printed += String(chunk)
  return write(chunk, ...rest)
}) as typeof process.stdout.write
await exec()
process.stdout.write = write

const number = (word: string): number =>
  Number(new RegExp(`${word}:\\s+(\\d+)`).exec(printed.slice(-500))?.[1] ?? 'NaN')
const total = number('Total')
const passed = number('Passed')
const skipped = number('Skipped') + skippedCount()
for (const [reason, count] of skipReasons()) console.log(`  skipped ${count}: ${reason}`)
const failed = total - passed
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
if (failed > 0 || !(passed > 0)) process.exitCode = 1
