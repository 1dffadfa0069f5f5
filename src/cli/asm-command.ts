/** `tilewright asm`: Intel text to machine code, as bytes, hex, a listing or JSON, or line by line. */
import { writeFileSync } from 'node:fs'
import { format, listing } from '../encoder/format.ts'
import type { MachineCode } from '../encoder/machine-code.ts'
import { assemble } from '../encoder/parse.ts'
import { AssemblyError, type AssemblyProblem } from '../encoder/parse-errors.ts'
import { readArguments, UsageError } from './arguments.ts'
import { inputName, inputStream, readInput } from './input.ts'
import { answerLines } from './line-stream.ts'

export const ASM_HELP = `tilewright asm [FILE | - | -e TEXT] [options]

Assembles Intel text: instructions as LLVM, objdump and nasm write them, labels, .byte, .long, .quad,
.ascii, .zero, .align, db, dd; comments begin with #, ; or //. Prints a listing.

  -e TEXT       the text itself instead of a file; each -e is a line
  --lines       every line by itself: prints its bytes as hex, or 'error: …', a line for each line,
                for ever if standard input goes on; the exit status is 0
  -o FILE       write the bytes to a file; with another format, that
  --listing     offset, bytes and text of each instruction (what is printed without -o)
  --hex         the bytes as hex, on one line
  --json        bytes, symbols, features and instructions as one JSON object
`

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function problemLine({ column, nearest, read, reason }: AssemblyProblem): string {
  const near = nearest.length === 0 ? '' : ` (nearest: ${nearest.join(' | ')})`
  return `error: column ${column}, '${read}': ${reason}${near}`.replaceAll('\n', ' ')
}

/** A line's bytes as hex, or `error: …`: always exactly one line. */
export function assembleLine(line: string): string {
  try {
    return toHex(assemble(line).bytes)
  } catch (error) {
    if (error instanceof AssemblyError) return problemLine(error.problems[0]!)
    throw error
  }
}

function json(code: MachineCode): string {
  const instructions = code.instructions.map(({ inst, length, offset }) => ({
    offset,
    hex: toHex(code.bytes.subarray(offset, offset + length)),
    text: format(inst),
    form: inst.form.text,
  }))
  const { features, symbols } = code
  return `${JSON.stringify({ bytes: toHex(code.bytes), symbols, features, instructions }, null, 2)}\n`
}

function render(code: MachineCode, format: 'listing' | 'hex' | 'json'): string {
  if (format === 'json') return json(code)
  return `${format === 'hex' ? toHex(code.bytes) : listing(code)}\n`
}

/** The one format asked for; null when none is. */
function chosenFormat(values: Readonly<Record<string, unknown>>): 'listing' | 'hex' | 'json' | null {
  const chosen = (['listing', 'hex', 'json'] as const).filter((name) => values[name] === true)
  if (chosen.length > 1) throw new UsageError(`asm: --${chosen.join(' and --')} exclude each other`)
  return chosen[0] ?? null
}

export async function asmCommand(args: readonly string[]): Promise<void> {
  const flag = { type: 'boolean' } as const
  const { lists, values, words } = readArguments(args, {
    expression: { type: 'string', short: 'e', multiple: true },
    lines: flag,
    output: { type: 'string', short: 'o' },
    listing: flag,
    hex: flag,
    json: flag,
  })
  const format = chosenFormat(values)
  const expressions = lists.expression
  if (expressions !== undefined && words.length > 0) {
    throw new UsageError(`asm: -e is given, and the file '${words[0]}' too`)
  }
  if (values.lines === true) {
    if (format !== null || values.output !== undefined) {
      throw new UsageError('asm: --lines prints hex, and takes no -o and no other format')
    }
    if (expressions === undefined) {
      await answerLines(inputStream(inputName('asm', words)), process.stdout, assembleLine)
    } else for (const line of expressions) process.stdout.write(`${assembleLine(line)}\n`)
    return
  }
  const file = inputName('asm', words)
  const text = expressions?.join('\n') ?? readInput(file).toString('utf8')
  let code: MachineCode
  try {
    code = assemble(text)
  } catch (error) {
    if (!(error instanceof AssemblyError)) throw error
    process.stderr.write(`${expressions === undefined ? `${file}:\n` : ''}${error.message}\n`)
    process.exitCode = 1
    return
  }
  const { output } = values
  if (typeof output !== 'string') process.stdout.write(render(code, format ?? 'listing'))
  else writeFileSync(output, format === null ? code.bytes : render(code, format))
}
