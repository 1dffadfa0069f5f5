/** Reads operands: registers, memory, immediates and labels, with their decorations in braces. */
import type { MemWidth, Operand, Repeats } from './operands.ts'
import { Displacement, Mem } from './operands.ts'
import { ParseFault } from './parse-errors.ts'
import { type ExpressionReader, Linear } from './parse-expression.ts'
import { registerNamed } from './parse-registers.ts'
import { CHAR, type Scanner } from './parse-scanner.ts'
import { Reg, type Rounding } from './registers.ts'

/** Operand sizes as LLVM, objdump and nasm name them. */
const SIZES: ReadonlyMap<string, MemWidth> = new Map([
  ['byte', 8],
  ['word', 16],
  ['dword', 32],
  ['fword', 48],
  ['qword', 64],
  ['mmword', 64],
  ['tbyte', 80],
  ['tword', 80],
  ['xword', 80],
  ['oword', 128],
  ['xmmword', 128],
  ['yword', 256],
  ['ymmword', 256],
  ['zword', 512],
  ['zmmword', 512],
])
const ROUNDINGS: ReadonlySet<string> = new Set(['sae', 'rn-sae', 'rd-sae', 'ru-sae', 'rz-sae'])
const REPEATS: ReadonlyMap<string, Repeats> = new Map([
  ['1to2', 2],
  ['1to4', 4],
  ['1to8', 8],
  ['1to16', 16],
  ['1to32', 32],
])
/** Of `{dfv=…}`. */
const DEFAULT_FLAGS: ReadonlyMap<string, number> = new Map([
  ['of', 8],
  ['sf', 4],
  ['zf', 2],
  ['cf', 1],
])
const LOWER_Z = 'z'.charCodeAt(0)
const UPPER_Z = 'Z'.charCodeAt(0)

/** The operands of one instruction after another. */
export class OperandReader {
  readonly #scanner: Scanner
  readonly #expressions: ExpressionReader
  readonly #value = new Linear()
  #rounding: Rounding | null = null
  /** How many operands stood before the rounding. */
  #roundingPlace = 0
  #roundingAt = 0
  /** What was read last. */
  operands: Operand[] = []
  /** Where each operand begins. */
  starts: number[] = []
  /** Where `short` stood; −1 when it did not. */
  shortAt = -1

  constructor(scanner: Scanner, expressions: ExpressionReader) {
    this.#scanner = scanner
    this.#expressions = expressions
  }

  /** Reads all operands up to the end of the line into `operands` and `starts`. */
  readAll(): void {
    const scanner = this.#scanner
    this.operands = []
    this.starts = []
    this.#rounding = null
    this.shortAt = -1
    if (scanner.isLineEnd()) return
    if (scanner.peek() === CHAR.openBrace) this.#defaultFlags()
    do this.#readNext()
    while (scanner.take(CHAR.comma))
    if (!scanner.isLineEnd()) throw scanner.unexpected('a comma or the end of the line')
    if (this.#rounding !== null) this.#placeRounding(this.#rounding)
  }

  /** `{dfv=of,cf}` of a conditional comparison is its first operand, and no comma follows. */
  #defaultFlags(): void {
    const scanner = this.#scanner
    const start = scanner.at
    const inside = scanner.braces()
    if (!inside.startsWith('dfv=')) {
      scanner.at = start
      return
    }
    const names = inside.slice(4).split(',')
    const bits = names.map((name) => (name.trim() === '' ? 0 : (DEFAULT_FLAGS.get(name.trim()) ?? -1)))
    if (bits.includes(-1)) throw this.#fault(start, 'has flags that are not of, sf, zf or cf')
    this.starts.push(start)
    this.operands.push(bits.reduce((flags, bit) => flags | bit, 0))
  }

  #readNext(): void {
    const scanner = this.#scanner
    if (scanner.peek() === CHAR.openBrace) {
      const at = scanner.at
      if (!this.#rounded(scanner.braces())) {
        throw new ParseFault(at, scanner.text.slice(at, scanner.at), 'stands where an operand should')
      }
      return
    }
    const start = scanner.at
    const operand = this.#operand()
    this.starts.push(start)
    this.operands.push(scanner.peek() === CHAR.openBrace ? this.#decorated(operand) : operand)
  }

  #operand(): Operand {
    const scanner = this.#scanner
    if (scanner.peek() === CHAR.openBracket) return this.#memory(0, false)
    if (!scanner.isWord()) return this.#bare()
    const start = scanner.at
    const word = scanner.word()
    const reg = registerNamed(word)
    if (reg !== undefined) {
      if (reg.kind === 'st' && scanner.peek() === CHAR.open) return this.#stackRegister(start)
      return scanner.peek() === CHAR.colon ? this.#segmented(word, start, 0, false) : reg
    }
    const lower = word.toLowerCase()
    const size = SIZES.get(lower)
    if (size !== undefined) return this.#sized(size)
    if (lower === 'short' || lower === 'near') {
      if (lower === 'short') this.shortAt = start
      return this.#operand()
    }
    if (lower === 'offset') {
      throw new ParseFault(start, word, 'the code has no fixed address; write lea rax, [rip + label]')
    }
    scanner.at = start
    return this.#bare()
  }

  /** `st(1)`, whose number stands in parentheses. */
  #stackRegister(start: number): Reg {
    const scanner = this.#scanner
    scanner.at++
    const id = Number(scanner.isDigit() ? scanner.number() : -1)
    scanner.expect(CHAR.close, "')'")
    const reg = registerNamed(`st(${id})`)
    if (reg === undefined) throw this.#fault(start, 'is no register; there are st(0) to st(7)')
    return reg
  }

  /** What follows a size: ptr, a segment, brackets or a label. */
  #sized(size: MemWidth): Operand {
    const scanner = this.#scanner
    let isBroadcast = false
    for (;;) {
      if (!scanner.isWord()) break
      const start = scanner.at
      const word = scanner.word()
      const lower = word.toLowerCase()
      if (lower === 'ptr') continue
      if (lower === 'bcst') {
        isBroadcast = true
        continue
      }
      if (scanner.peek() === CHAR.colon) return this.#segmented(word, start, size, isBroadcast)
      scanner.at = start
      break
    }
    return this.#memory(size, isBroadcast)
  }

  /** Memory, at brackets or at a displacement before them, as in `table[rax*8]`. */
  #memory(width: MemWidth, isBroadcast: boolean): Mem {
    const scanner = this.#scanner
    const value = this.#value
    const start = scanner.at
    value.clear()
    if (scanner.peek() !== CHAR.openBracket) {
      this.#expressions.read(value)
      if (scanner.peek() !== CHAR.openBracket && value.label === null) {
        throw new ParseFault(
          start,
          scanner.text.slice(start, scanner.at),
          'a size stands before memory: [address]',
        )
      }
    }
    this.#brackets(value)
    return this.#address(value, width, isBroadcast, start)
  }

  /** Adds what stands in all brackets that follow. */
  #brackets(value: Linear): void {
    const scanner = this.#scanner
    while (scanner.take(CHAR.openBracket)) {
      const start = scanner.at
      const word = scanner.isWord() ? scanner.word() : ''
      if (word !== '' && !this.#isBracketWord(word, value, start)) scanner.at = start
      this.#expressions.read(value)
      scanner.expect(CHAR.closeBracket, "']'")
    }
  }

  /** Whether the first word in brackets is nasm's `rel`, or a segment as in `[fs:rax]`. */
  #isBracketWord(word: string, value: Linear, start: number): boolean {
    const scanner = this.#scanner
    if (scanner.peek() === CHAR.colon) {
      scanner.at++
      value.segment = segmentNamed(word, start)
      return true
    }
    const lower = word.toLowerCase()
    if (lower === 'abs') {
      throw new ParseFault(start, word, 'the code has no fixed address; write [label] or [rip + label]')
    }
    return lower === 'rel'
  }

  /** Memory behind `fs:`. */
  #segmented(word: string, start: number, size: MemWidth, isBroadcast: boolean): Mem {
    const segment = segmentNamed(word, start)
    const scanner = this.#scanner
    scanner.expect(CHAR.colon, "':'")
    const value = this.#value
    value.clear()
    if (scanner.peek() !== CHAR.openBracket) this.#expressions.read(value)
    this.#brackets(value)
    value.segment = segment
    return this.#address(value, size, isBroadcast, start)
  }

  #fault(start: number, reason: string): ParseFault {
    return new ParseFault(start, this.#scanner.text.slice(start, this.#scanner.at).trim(), reason)
  }

  #address(value: Linear, width: MemWidth, isBroadcast: boolean, start: number): Mem {
    const mem = this.#plainAddress(value, width, isBroadcast, start)
    return value.segment === null ? mem : mem.in(value.segment)
  }

  #plainAddress(value: Linear, width: MemWidth, isBroadcast: boolean, start: number): Mem {
    const { base, constant, index, label, scale } = value
    if (value.minus !== null) throw this.#fault(start, 'a difference of labels cannot be an address')
    const disp = Number(typeof constant === 'bigint' ? BigInt.asIntN(64, constant) : constant)
    if (value.isRipRelative || label !== null) {
      if (base !== null || index !== null) {
        throw this.#fault(
          start,
          'a label is RIP-relative and stands alone: no base or index can be added to it',
        )
      }
      return label === null
        ? new Mem(width, null, null, 1, 0, new Displacement(disp), isBroadcast, null)
        : new Mem(width, null, null, 1, disp, label, isBroadcast, null)
    }
    if (base === null && index === null && (disp | 0) !== disp) {
      // Only movabs takes so long an address; as an offset it says so itself when another instruction has it.
      return new Mem(
        width,
        null,
        null,
        1,
        0,
        null,
        isBroadcast,
        null,
        0,
        null,
        BigInt.asUintN(64, BigInt(constant)),
      )
    }
    if (mustSwap(base, index, scale)) return new Mem(width, index, base, 1, disp, null, isBroadcast, null)
    return new Mem(width, base, index, scale as 1 | 2 | 4 | 8, disp, null, isBroadcast, null)
  }

  /** An expression as an operand: an immediate, a label, or memory when brackets follow. */
  #bare(): Operand {
    const scanner = this.#scanner
    const start = scanner.at
    const value = this.#value
    value.clear()
    this.#expressions.read(value)
    if (scanner.peek() === CHAR.openBracket) {
      this.#brackets(value)
      return this.#address(value, 0, false, start)
    }
    if (value.isConstant) return value.constant
    if (value.label !== null && value.minus === null && value.constant === 0) return value.label
    const read = scanner.text.slice(start, scanner.at).trim()
    throw new ParseFault(
      start,
      read,
      'is no operand: an address stands in brackets, an immediate is constant',
    )
  }

  /** Takes what is a rounding and remembers it for the register that it belongs to. */
  #rounded(inside: string): boolean {
    if (!ROUNDINGS.has(inside) || this.#rounding !== null) return false
    this.#rounding = inside as Rounding
    this.#roundingPlace = this.operands.length
    this.#roundingAt = this.#scanner.at
    return true
  }

  #decorated(operand: Operand): Operand {
    const scanner = this.#scanner
    let opmask: Reg<'k'> | null = null
    let isZeroing = false
    let isBroadcast = operand instanceof Mem && operand.isBroadcast
    let repeats: Repeats = 0
    while (scanner.peek() === CHAR.openBrace) {
      const { at, text } = scanner
      const letter = text.charCodeAt(at + 1)
      if ((letter === LOWER_Z || letter === UPPER_Z) && text.charCodeAt(at + 2) === CHAR.closeBrace) {
        scanner.at += 3
        isZeroing = true
        continue
      }
      const inside = scanner.braces()
      const reg = registerNamed(inside)
      const count = REPEATS.get(inside)
      if (reg?.kind === 'k') opmask = reg as Reg<'k'>
      else if (inside === 'z') isZeroing = true
      else if (count !== undefined) {
        isBroadcast = true
        repeats = count
      } else if (this.#rounded(inside)) this.#roundingPlace++
      else {
        const reason =
          'is no decoration; there are {k1} to {k7}, {z}, {1to2} to {1to32}, {sae} and {rn-sae} to {rz-sae}'
        throw new ParseFault(at, text.slice(at, scanner.at), reason)
      }
    }
    return this.#decorate(operand, opmask, isZeroing, isBroadcast, repeats)
  }

  #decorate(
    operand: Operand,
    opmask: Reg<'k'> | null,
    isZeroing: boolean,
    isBroadcast: boolean,
    repeats: Repeats,
  ): Operand {
    const start = this.starts.at(-1)!
    if (operand instanceof Reg && !isBroadcast) {
      if (opmask === null && !isZeroing) return operand
      return new Reg(operand.kind, operand.id, opmask, isZeroing, null)
    }
    if (!(operand instanceof Mem)) throw this.#fault(start, 'takes no such decoration')
    if (isZeroing) throw this.#fault(start, 'memory cannot have {z}: a store keeps the other elements')
    const { base, disp, index, label, offset, scale, segment, width } = operand
    return new Mem(width, base, index, scale, disp, label, isBroadcast, opmask, repeats, segment, offset)
  }

  /** The rounding belongs to the last register: it stands behind it, or before a general register. */
  #placeRounding(rounding: Rounding): void {
    const { operands } = this
    const last = operands.findLastIndex((operand) => operand instanceof Reg)
    const reg = operands[last]
    if (!(reg instanceof Reg) || (this.#roundingPlace !== last + 1 && this.#roundingPlace !== last)) {
      throw new ParseFault(this.#roundingAt, `{${rounding}}`, 'stands behind the last register operand')
    }
    operands[last] = new Reg(reg.kind, reg.id, reg.opmask, reg.zeroing, rounding)
  }
}

function segmentNamed(word: string, start: number): Reg<'sreg'> {
  const segment = registerNamed(word)
  if (segment?.kind === 'sreg') return segment as Reg<'sreg'>
  throw new ParseFault(start, word, 'is no segment; there are es, cs, ss, ds, fs and gs')
}

/** Text may have the index first where only one of the two can be one: [rsp] has no index code, vectors are no base. */
function mustSwap(base: Reg | null, index: Reg | null, scale: number): boolean {
  if (base === null || scale !== 1) return false
  const isVector = (reg: Reg | null): boolean => reg !== null && /^[xyz]mm$/.test(reg.kind)
  return isVector(base) ? !isVector(index) : index !== null && index.id === 4 && !isVector(index)
}
