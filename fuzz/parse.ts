/** Text against itself: what the formatter writes, the parser must read as the same bytes. */
import { EncodeError } from '../src/encoder/errors.ts'
import { format } from '../src/encoder/format.ts'
import { assemble } from '../src/encoder/parse.ts'
import { AssemblyError } from '../src/encoder/parse-errors.ts'
import { type Case, toHex } from './encode.ts'

/** Spellings of the same text that other assemblers and disassemblers use; each must read alike. */
export const DIALECTS: readonly ((text: string) => string)[] = [
  (text) => text,
  // objdump
  (text) => text.replaceAll(', ', ',').replace(/\b[a-z]+ ptr\b/g, (size) => size.toUpperCase()),
  // objdump: the scale behind the register, no spaces in addresses
  (text) =>
    text.replace(/\[[^\]]*\]/g, (address) => address.replaceAll(' ', '').replace(/([1248])\*(\w+)/, '$2*$1')),
  // nasm
  (text) => text.replaceAll(' ptr ', ' '),
  (text) => text.toUpperCase(),
  // hexadecimal numbers
  (text) => text.replace(/(?<=[ ,[-])(\d+)(?=$|[\],])/g, (number) => `0x${BigInt(number).toString(16)}`),
]

/** Bytes of a text, or what is wrong with it. */
function read(text: string): { readonly hex: string; readonly back: string } {
  try {
    const { bytes, instructions } = assemble(text)
    return { hex: toHex(bytes), back: instructions.map(({ inst }) => format(inst)).join('; ') }
  } catch (error) {
    if (error instanceof AssemblyError || error instanceof EncodeError)
      return { hex: error.message, back: '' }
    throw error
  }
}

/**
 * What is wrong with reading the text of an encoded case, in all dialects or those given; null when nothing is. Other bytes are
 * right where they are no longer and have the same text: several forms can be written alike.
 */
export function textMismatch({ hex, text }: Case, dialects: typeof DIALECTS = DIALECTS): string | null {
  if (hex === null) return null
  for (const dialect of dialects) {
    const written = dialect(text)
    const { back, hex: found } = read(written)
    if (found === hex || (back === text && found.length <= hex.length)) continue
    return `parse: ${written}\n  formatted from ${hex}\n  read as        ${found}${back === '' ? '' : ` (${back})`}`
  }
  return null
}
