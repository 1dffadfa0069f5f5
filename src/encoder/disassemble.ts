/** Disassembles a stretch of code: a line for each instruction, branch targets and known addresses by name. */
import { type DecodedInst, decode, type Undecodable } from './decode.ts'
import { format } from './format.ts'
import type { CodeSymbol } from './machine-code.ts'
import { Displacement, Label, Mem, type Operand } from './operands.ts'

export interface DisassembleOptions {
  /** Where the first byte is; 0 when it is left out. */
  readonly address?: bigint | number
  /** Names of places by their offset from the first byte; they may lie outside of the bytes. */
  readonly symbols?: readonly CodeSymbol[]
}

/** What begins at one place: an instruction, or a byte that begins none. */
export interface DisassembledLine {
  /** Bytes from the start. */
  readonly offset: number
  readonly address: bigint
  readonly bytes: Uint8Array
  /** The names of this place. */
  readonly labels: readonly string[]
  /** Intel text with names; `.byte 0x06` where there is no instruction. */
  readonly text: string
  readonly inst: DecodedInst | null
  /** Why there is no instruction; null where there is one. */
  readonly problem: Undecodable | null
}

/** The offset that a displacement leads to from an instruction. */
function targetOf(value: number, offset: number, inst: DecodedInst): number {
  return offset + inst.length + value
}

interface Found {
  readonly offset: number
  readonly result: DecodedInst | Undecodable
}

/** Instructions one after another; where there is none, one byte is passed over. */
function decodeAll(bytes: Uint8Array): Found[] {
  const found: Found[] = []
  for (let offset = 0; offset < bytes.length; ) {
    const result = decode(bytes, offset)
    found.push({ offset, result })
    offset += result.form === null ? 1 : result.length
  }
  return found
}

/** The places that branches lead to, if instructions begin there, in order. */
function branchTargets(found: readonly Found[]): number[] {
  const starts = new Set(found.map(({ offset }) => offset))
  const targets = new Set<number>()
  for (const { offset, result } of found) {
    if (result.form === null) continue
    for (const operand of result.operands) {
      if (!(operand instanceof Displacement)) continue
      const target = targetOf(operand.value, offset, result)
      if (starts.has(target)) targets.add(target)
    }
  }
  return [...targets].sort((a, b) => a - b)
}

/** The names of every place: those given, and `L1`, `L2`, … for branch targets that have none. */
function namePlaces(found: readonly Found[], symbols: readonly CodeSymbol[]): Map<number, string[]> {
  const names = new Map<number, string[]>()
  for (const { name, offset } of symbols) {
    const list = names.get(offset)
    if (list === undefined) names.set(offset, [name])
    else list.push(name)
  }
  const taken = new Set(symbols.map(({ name }) => name))
  let next = 1
  for (const target of branchTargets(found)) {
    if (names.has(target)) continue
    while (taken.has(`L${next}`)) next++
    names.set(target, [`L${next++}`])
  }
  return names
}

/** The operand with a name in place of the number of bytes to what it names. */
function withName(operand: Operand, name: (value: number) => string | undefined): Operand {
  if (operand instanceof Displacement) {
    const found = name(operand.value)
    return found === undefined ? operand : new Label(-1, found)
  }
  if (!(operand instanceof Mem) || !(operand.label instanceof Displacement)) return operand
  const found = name(operand.label.value + operand.disp)
  if (found === undefined) return operand
  const { isBroadcast, opmask, repeats, segment, width } = operand
  return new Mem(width, null, null, 1, 0, new Label(-1, found), isBroadcast, opmask, repeats, segment)
}

/**
 * Reads bytes as instructions, from the first to the last. Branches inside the range get labels (`L1`, `L2`, … in
 * order of address) unless a symbol has the place; addresses relative to rip are shown by name where there is one.
 * A byte that begins no instruction is shown as `.byte`, and reading goes on with the next.
 *
 * @example
 * ```ts
 * for (const { labels, text } of disassemble(code.bytes, { symbols: code.symbols })) {
 *   for (const label of labels) console.log(`${label}:`)
 *   console.log(`  ${text}`)
 * }
 * ```
 */
export function disassemble(
  bytes: Uint8Array,
  { address = 0, symbols = [] }: DisassembleOptions = {},
): DisassembledLine[] {
  const found = decodeAll(bytes)
  const places = namePlaces(found, symbols)
  const base = BigInt(address)
  return found.map(({ offset, result }): DisassembledLine => {
    const place = {
      offset,
      address: BigInt.asUintN(64, base + BigInt(offset)),
      labels: places.get(offset) ?? [],
    }
    if (result.form === null) {
      const text = `.byte 0x${bytes[offset]!.toString(16).padStart(2, '0')}`
      return { ...place, bytes: bytes.subarray(offset, offset + 1), text, inst: null, problem: result }
    }
    const nameOf = (value: number) => places.get(targetOf(value, offset, result))?.[0]
    const operands = result.operands.map((operand) => withName(operand, nameOf))
    const text = [...result.prefixes, format({ form: result.form, operands })].join(' ')
    return {
      ...place,
      bytes: bytes.subarray(offset, offset + result.length),
      text,
      inst: result,
      problem: null,
    }
  })
}

/** Bytes shown on a line; the rest goes on lines of its own. */
const HEX_BYTES = 8

/** Lines as text: address, bytes and instruction in columns, with labels on lines of their own. */
export function formatDisassembly(lines: readonly DisassembledLine[]): string {
  const last = lines.at(-1)
  const width = last === undefined ? 0 : Math.max(6, last.address.toString(16).length)
  const text: string[] = []
  for (const { address, bytes, labels, text: instruction } of lines) {
    for (const label of labels) text.push(`${label}:`)
    for (let from = 0; from < bytes.length; from += HEX_BYTES) {
      const hex = Array.from(bytes.subarray(from, from + HEX_BYTES), (byte) =>
        byte.toString(16).padStart(2, '0'),
      )
      const at = (address + BigInt(from)).toString(16).padStart(width, '0')
      const shown = from === 0 ? `  ${instruction}` : ''
      text.push(`${at}  ${hex.join(' ').padEnd(3 * HEX_BYTES - 1)}${shown}`.trimEnd())
    }
  }
  return text.join('\n')
}
