/** Reads operands: registers, memory, immediates and labels, with their decorations in braces. */
import { masked } from './decode-registers.ts'
import type { MemWidth, Operand, Repeats } from './operands.ts'
import { Displacement, Mem } from './operands.ts'
import { defaultFlags, noDecoration, REPEATS, ROUNDINGS } from './parse-decorations.ts'
import { ParseFault } from './parse-errors.ts'
import { type ExpressionReader, Linear } from './parse-expression.ts'
import { registerNamed } from './parse-registers.ts'
import { CHAR, type Scanner } from './parse-scanner.ts'
import { NO_WORD, type Word } from './parse-words.ts'
import { Reg, type Rounding } from './registers.ts'

/** Makes a letter small. */
const LOWER = 0x20
const LOWER_K = 'k'.charCodeAt(0)
const LOWER_Z = 'z'.charCodeAt(0)

const NO_OPERANDS: readonly Operand[] = []

/** The operands of one instruction after another. */
export class OperandReader {
  readonly #scanner: Scanner
  readonly #expressions: ExpressionReader
  readonly #value = new Linear()
  #rounding: Rounding | null = null
  // The decorations that were read last.
  #opmask: Reg<'k'> | null = null
  #isZeroing = false
  #isBroadcast = false
  #repeats: Repeats = 0
  /** How many operands stood before the rounding. */
  #roundingPlace = 0
  #roundingAt = 0
  /** Where each operand begins; the array serves all instructions. */
  readonly #starts: number[] = []
  readonly #read: Operand[] = []
  #count = 0
  /** Where `short` stood; −1 when it did not. */
  shortAt = -1

  constructor(scanner: Scanner, expressions: ExpressionReader) {
    this.#scanner = scanner
    this.#expressions = expressions
  }

  /** Where each of the operands begins that were read last. */
  get starts(): readonly number[] {
    return this.#starts.slice(0, this.#count)
  }

  /** What was read last. */
  get operands(): readonly Operand[] {
    const read = this.#read
    // As literals, they have just the room that they need.
    switch (this.#count) {
      case 0:
        return NO_OPERANDS
      case 1:
        return [read[0]!]
      case 2:
        return [read[0]!, read[1]!]
      case 3:
        return [read[0]!, read[1]!, read[2]!]
      default:
        return read.slice(0, this.#count)
    }
  }

  /** Reads all operands up to the end of the line into `operands` and `starts`. */
  readAll(): void {
    const scanner = this.#scanner
    this.#count = 0
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
    const flags = defaultFlags(inside.slice(4))
    if (flags < 0) throw this.#fault(start, 'has flags that are not of, sf, zf or cf')
    this.#starts[this.#count] = start
    this.#read[this.#count++] = flags
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
    this.#starts[this.#count] = start
    const plain = this.#operand()
    const operand = scanner.peek() === CHAR.openBrace ? this.#decorated(plain, start) : plain
    this.#read[this.#count++] = operand
  }

  #operand(): Operand {
    const scanner = this.#scanner
    if (scanner.peek() === CHAR.openBracket) return this.#memory(0, false)
    const start = scanner.at
    const word = scanner.known()
    if (word === NO_WORD) return this.#bare()
    const { lower, reg, size } = word
    if (reg !== undefined) {
      if (reg.kind === 'st' && scanner.peek() === CHAR.open) return this.#stackRegister(start)
      return scanner.peek() === CHAR.colon ? this.#segmented(word, start, 0, false) : reg
    }
    if (size >= 0) return this.#sized(size as MemWidth)
    if (lower === 'short' || lower === 'near') {
      if (lower === 'short') this.shortAt = start
      return this.#operand()
    }
    if (lower === 'offset') {
      throw new ParseFault(start, word.text, 'the code has no fixed address; write lea rax, [rip + label]')
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
      if (scanner.peek() === CHAR.openBracket) break
      const start = scanner.at
      const word = scanner.known()
      if (word === NO_WORD) break
      const { lower } = word
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
      const word = scanner.known()
      if (word === NO_WORD || this.#isBracketWord(word, value, start)) this.#expressions.read(value)
      else this.#expressions.readFrom(word, start, value)
      scanner.expect(CHAR.closeBracket, "']'")
    }
  }

  /** Whether the first word in brackets is nasm's `rel`, or a segment as in `[fs:rax]`. */
  #isBracketWord(word: Word, value: Linear, start: number): boolean {
    const scanner = this.#scanner
    if (scanner.peek() === CHAR.colon) {
      scanner.at++
      value.segment = segmentNamed(word, start)
      return true
    }
    if (word.reg !== undefined) return false
    const { lower } = word
    if (lower === 'abs') {
      throw new ParseFault(start, word.text, 'the code has no fixed address; write [label] or [rip + label]')
    }
    return lower === 'rel'
  }

  /** Memory behind `fs:`. */
  #segmented(word: Word, start: number, size: MemWidth, isBroadcast: boolean): Mem {
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

  /** The address with the decorations that follow it. */
  #address(value: Linear, width: MemWidth, isBroadcast: boolean, start: number): Mem {
    const mem = this.#plainAddress(value, width, isBroadcast, start)
    return value.segment === null ? mem : mem.in(value.segment)
  }

  #plainAddress(value: Linear, width: MemWidth, hasBcst: boolean, start: number): Mem {
    const { base, constant, index, label, scale } = value
    let isBroadcast = hasBcst
    let opmask: Reg<'k'> | null = null
    let repeats: Repeats = 0
    if (this.#scanner.peek() === CHAR.openBrace) {
      this.#readDecorations()
      if (this.#isZeroing)
        throw this.#fault(start, 'memory cannot have {z}: a store keeps the other elements')
      isBroadcast ||= this.#isBroadcast
      opmask = this.#opmask
      repeats = this.#repeats
    }
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
        ? new Mem(width, null, null, 1, 0, new Displacement(disp), isBroadcast, opmask, repeats)
        : new Mem(width, null, null, 1, disp, label, isBroadcast, opmask, repeats)
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
        opmask,
        repeats,
        null,
        BigInt.asUintN(64, BigInt(constant)),
      )
    }
    const isSwapped = mustSwap(base, index, scale)
    const first = isSwapped ? index : base
    const second = isSwapped ? base : index
    return new Mem(
      width,
      first,
      second,
      scale as 1 | 2 | 4 | 8,
      disp,
      null,
      isBroadcast,
      opmask,
      repeats,
      null,
      null,
    )
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
    this.#roundingPlace = this.#count
    this.#roundingAt = this.#scanner.at
    return true
  }

  /** Reads all decorations that follow. */
  #readDecorations(): void {
    const scanner = this.#scanner
    const { text } = scanner
    this.#opmask = null
    this.#isZeroing = false
    this.#isBroadcast = false
    this.#repeats = 0
    while (scanner.peek() === CHAR.openBrace) {
      const { at } = scanner
      const letter = text.charCodeAt(at + 1) | LOWER
      // What stands in nearly all code, without cutting it out: {z} and {k1}.
      if (letter === LOWER_Z && text.charCodeAt(at + 2) === CHAR.closeBrace) {
        scanner.at += 3
        this.#isZeroing = true
      } else if (letter === LOWER_K && text.charCodeAt(at + 3) === CHAR.closeBrace) {
        this.#opmask = (registerNamed(text.slice(at + 1, at + 3)) as Reg<'k'> | undefined) ?? null
        scanner.at += 4
        if (this.#opmask === null) throw noDecoration(scanner, at)
      } else this.#readDecoration(scanner.braces(), at)
    }
  }

  #readDecoration(inside: string, at: number): void {
    const count = REPEATS.get(inside)
    if (count !== undefined) {
      this.#isBroadcast = true
      this.#repeats = count
      return
    }
    const reg = registerNamed(inside)
    if (reg?.kind === 'k') this.#opmask = reg as Reg<'k'>
    else if (inside === 'z') this.#isZeroing = true
    else if (this.#rounded(inside)) this.#roundingPlace++
    else throw noDecoration(this.#scanner, at)
  }

  /** A register with its decorations; those of memory are read with its address. */
  #decorated(operand: Operand, start: number): Operand {
    this.#readDecorations()
    if (!(operand instanceof Reg) || this.#isBroadcast) throw this.#fault(start, 'takes no such decoration')
    const opmask = this.#opmask
    if (opmask === null) {
      return this.#isZeroing ? new Reg(operand.kind, operand.id, null, true, null) : operand
    }
    return masked(operand, opmask.id, this.#isZeroing)
  }

  /** The rounding belongs to the last register: it stands behind it, or before a general register. */
  #placeRounding(rounding: Rounding): void {
    const read = this.#read
    let last = this.#count - 1
    while (last >= 0 && !(read[last] instanceof Reg)) last--
    const reg = read[last]
    if (!(reg instanceof Reg) || (this.#roundingPlace !== last + 1 && this.#roundingPlace !== last)) {
      throw new ParseFault(this.#roundingAt, `{${rounding}}`, 'stands behind the last register operand')
    }
    read[last] = new Reg(reg.kind, reg.id, reg.opmask, reg.zeroing, rounding)
  }
}

function segmentNamed({ reg, text }: Word, start: number): Reg<'sreg'> {
  if (reg?.kind === 'sreg') return reg as Reg<'sreg'>
  throw new ParseFault(start, text, 'is no segment; there are es, cs, ss, ds, fs and gs')
}

/** Text may have the index first where only one of the two can be one: [rsp] has no index code, vectors are no base. */
function mustSwap(base: Reg | null, index: Reg | null, scale: number): boolean {
  if (base === null || scale !== 1) return false
  return isVector(base) ? !isVector(index) : index !== null && index.id === 4 && !isVector(index)
}

const isVector = (reg: Reg | null): boolean =>
  reg !== null && (reg.kind === 'xmm' || reg.kind === 'ymm' || reg.kind === 'zmm')
