/** Fills the fields of machine code that depend on where it is placed. */
import type { MachineCode } from '../encoder/machine-code.ts'

/**
 * The code's bytes for one address. Symbols are looked up in `external` first, then in the code itself.
 * @throws Error for an undefined symbol; RangeError when a rel32 target is out of reach.
 */
export function relocate(
  code: MachineCode,
  address: number,
  external: Readonly<Record<string, number>>,
): Uint8Array {
  if (code.relocations.length === 0) return code.bytes
  const bytes = code.bytes.slice()
  const fields = new DataView(bytes.buffer)
  const own = new Map(code.symbols.map((symbol) => [symbol.name, address + symbol.offset]))
  for (const { offset, kind, symbol, addend } of code.relocations) {
    const target = Object.hasOwn(external, symbol) ? external[symbol] : own.get(symbol)
    if (target === undefined) {
      throw new Error(`symbol '${symbol}' is not defined; give its address in the option symbols`)
    }
    if (kind === 'abs64') {
      fields.setBigUint64(offset, BigInt.asUintN(64, BigInt(target) + BigInt(addend)), true)
      continue
    }
    const distance = target + addend - (address + offset)
    if (distance < -0x8000_0000 || distance > 0x7fff_ffff) {
      throw new RangeError(`symbol '${symbol}' is ${distance} bytes away; a rel32 field reaches 2 GiB`)
    }
    fields.setInt32(offset, distance, true)
  }
  return bytes
}
