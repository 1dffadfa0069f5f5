/** `tilewright disasm`: machine code to Intel text, as a listing or line by line. */
import { decode } from '../encoder/decode.ts'
import { format } from '../encoder/format.ts'
import { Displacement } from '../encoder/operands.ts'
import { readArguments, UsageError } from './arguments.ts'
import { inputName, inputStream, readInput } from './input.ts'
import { answerLines } from './line-stream.ts'

export const DISASM_HELP = `tilewright disasm [FILE | - | --hex BYTES] [options]

Prints machine code as Intel text: address, bytes, instruction, and where branches go.

  --hex BYTES    the bytes themselves, as hex: 62 f1 74 48 58 c2
  --lines        every line is hex by itself: prints its instructions, separated by '; ', or
                 'error: …', a line for each line, for ever if standard input goes on
  --address N    where the first byte is (0)
`

interface Found {
  readonly offset: number
  readonly length: number
  readonly text: string
  /** Offset that a branch goes to; null for what is no branch with a fixed target. */
  readonly target: number | null
  /** Why the byte is no instruction; null when it is one. */
  readonly fault: string | null
}

function* instructionsIn(bytes: Uint8Array): Generator<Found> {
  for (let offset = 0; offset < bytes.length; ) {
    const found = decode(bytes, offset)
    if (found.form === null) {
      yield { offset, length: 1, text: '(bad)', target: null, fault: found.message }
      offset++
      continue
    }
    const { length, operands } = found
    const place = operands.find((operand) => operand instanceof Displacement)
    const target = place === undefined ? null : offset + length + place.value
    yield { offset, length, text: format(found), target, fault: null }
    offset += length
  }
}

/** Bytes of hex text: pairs of digits, with or without spaces, commas and 0x; null when it is something else. */
function readHex(text: string): Uint8Array | null {
  const digits = text.replace(/0x|\\x|[\s,[\]]/gi, '')
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) return null
  return Uint8Array.from(Buffer.from(digits, 'hex'))
}

/** The instructions of a line of hex, or `error: …`: always exactly one line. */
export function disassembleLine(line: string): string {
  const bytes = readHex(line)
  if (bytes === null) return 'error: not hex; a byte is two of the digits 0 to 9 and a to f'
  const texts: string[] = []
  for (const { fault, offset, text } of instructionsIn(bytes)) {
    if (fault !== null) return `error: byte ${offset + 1}: ${fault}`
    texts.push(text)
  }
  return texts.join('; ')
}

function readAddress(value: string | boolean | undefined): bigint {
  if (value === undefined) return 0n
  if (typeof value !== 'string' || !/^(0x[0-9a-f]+|\d+)$/i.test(value)) {
    throw new UsageError(`--address: expected a number such as 0x401000; given '${String(value)}'`)
  }
  return BigInt(value)
}

const HEX_COLUMN = 32

function listing(bytes: Uint8Array, address: bigint): string {
  const hexOf = (value: bigint): string => BigInt.asUintN(64, value).toString(16)
  const width = Math.max(6, hexOf(address + BigInt(bytes.length)).length)
  return [...instructionsIn(bytes)]
    .map(({ fault, length, offset, target, text }) => {
      const shown = Buffer.from(bytes.subarray(offset, offset + length)).toString('hex')
      const spaced = shown.replace(/../g, '$& ').padEnd(HEX_COLUMN)
      const note = fault ?? (target === null ? null : `0x${hexOf(address + BigInt(target))}`)
      const at = hexOf(address + BigInt(offset)).padStart(width, '0')
      return `${at}  ${spaced}  ${text}${note === null ? '' : `  # ${note}`}\n`
    })
    .join('')
}

export async function disasmCommand(args: readonly string[]): Promise<void> {
  const { values, words } = readArguments(args, {
    hex: { type: 'string' },
    lines: { type: 'boolean' },
    address: { type: 'string' },
  })
  const { hex } = values
  if (typeof hex === 'string' && words.length > 0) {
    throw new UsageError(`disasm: --hex is given, and the file '${words[0]}' too`)
  }
  const address = readAddress(values.address)
  const file = inputName('disasm', words)
  if (values.lines === true) {
    if (typeof hex === 'string') process.stdout.write(`${disassembleLine(hex)}\n`)
    else await answerLines(inputStream(file), process.stdout, disassembleLine)
    return
  }
  const bytes = typeof hex === 'string' ? readHex(hex) : readInput(file)
  if (bytes === null) throw new UsageError(`disasm: --hex: '${String(hex)}' is not pairs of hex digits`)
  process.stdout.write(listing(bytes, address))
}
