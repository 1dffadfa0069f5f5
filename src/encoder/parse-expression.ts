/**
 * Reads expressions: sums of numbers, labels and, within brackets, registers with their scales.
 *
 * ```
 * expression  = sum, with the operators << >> & ^ | (shl shr and xor or) between constants
 * sum         = product { (+|-) product }
 * product     = factor { (*|/|%) factor }
 * factor      = number | 'text' | label | register | $ | ( expression ) | (-|+|~) factor
 * ```
 */
import type { Immediate, Label } from './operands.ts'
import { ParseFault } from './parse-errors.ts'
import { CHAR, narrow, type Scanner } from './parse-scanner.ts'
import { NO_WORD, type Word } from './parse-words.ts'
import { Reg } from './registers.ts'

/** What a name in an expression stands for. */
export interface Symbols {
  /** The label, or the number that `.set` gave it. */
  named(name: string): Label | Immediate
  /** The label `1:` that `1b` or `1f` names; null when there is none before. */
  numbered(digits: string, isAhead: boolean): Label | null
  /** A label at the start of the statement: `$`. */
  here(): Label
}

/** The value of an expression: a constant, and what is added to it. */
export class Linear {
  constant: Immediate = 0
  label: Label | null = null
  /** Subtracted. */
  minus: Label | null = null
  base: Reg | null = null
  index: Reg | null = null
  scale = 1
  isRipRelative = false
  /** Of `[fs:rax]`. */
  segment: Reg<'sreg'> | null = null

  clear(): void {
    this.constant = 0
    this.label = null
    this.minus = null
    this.base = null
    this.index = null
    this.scale = 1
    this.isRipRelative = false
    this.segment = null
  }

  get isConstant(): boolean {
    return this.label === null && this.minus === null && !this.hasRegisters
  }

  get hasRegisters(): boolean {
    return this.base !== null || this.index !== null || this.isRipRelative
  }
}

type Operator = (a: bigint, b: bigint) => bigint

interface Infix {
  readonly level: number
  readonly apply: Operator
}

const OR: Infix = { level: 1, apply: (a, b) => a | b }
const XOR: Infix = { level: 2, apply: (a, b) => a ^ b }
const AND: Infix = { level: 3, apply: (a, b) => a & b }
const LEFT: Infix = { level: 4, apply: (a, b) => (b > 64n || b < 0n ? 0n : a << b) }
const RIGHT: Infix = { level: 4, apply: (a, b) => (b > 64n || b < 0n ? 0n : a >> b) }

/** Operators between sums. */
const INFIX: ReadonlyMap<string, Infix> = new Map([
  ['|', OR],
  ['or', OR],
  ['^', XOR],
  ['xor', XOR],
  ['&', AND],
  ['and', AND],
  ['<<', LEFT],
  ['shl', LEFT],
  ['>>', RIGHT],
  ['shr', RIGHT],
])

/** The sum of two integers, exactly. */
function add(a: Immediate, b: Immediate): Immediate {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  return narrow(BigInt(a) + BigInt(b))
}

/** The value with its sign changed. */
export function negate(value: Immediate): Immediate {
  // 0 - value, since -0 is no integer that anyone wants to meet.
  return typeof value === 'number' ? 0 - value : narrow(-value)
}

function complement(value: Immediate): Immediate {
  return narrow(~BigInt(value))
}

/** Reads expressions at a scanner's place. */
export class ExpressionReader {
  readonly #scanner: Scanner
  readonly #symbols: Symbols

  constructor(scanner: Scanner, symbols: Symbols) {
    this.#scanner = scanner
    this.#symbols = symbols
  }

  /** Adds the expression that starts here to `into`. Throws ParseFault. */
  read(into: Linear): void {
    this.#sum(into)
    if (this.#infix() !== undefined) this.#climb(into, 1)
  }

  /** The same where the first word is read already; it began at `start`. */
  readFrom(word: Word, start: number, into: Linear): void {
    const value = this.#named(word, into)
    if (value !== null) this.#term(into, value, false, start)
    this.#terms(into)
    if (this.#infix() !== undefined) this.#climb(into, 1)
  }

  /** An expression that must be a constant. */
  constant(): Immediate {
    const start = this.#scanner.at
    const value = new Linear()
    this.read(value)
    return this.#constantOf(value, start)
  }

  #constantOf(value: Linear, start: number): Immediate {
    if (value.isConstant) return value.constant
    throw this.#fault(start, 'must be a constant, without labels or registers')
  }

  /** The operator that comes next, not read yet. */
  #infix(): Infix | undefined {
    const scanner = this.#scanner
    const code = scanner.peek()
    if (code === CHAR.bar || code === CHAR.caret || code === CHAR.ampersand) {
      return INFIX.get(scanner.text[scanner.at]!)
    }
    if (code === CHAR.less || code === CHAR.greater) {
      return INFIX.get(scanner.text.slice(scanner.at, scanner.at + 2))
    }
    if (!scanner.isWord()) return undefined
    const start = scanner.at
    const operator = INFIX.get(scanner.word().toLowerCase())
    scanner.at = start
    return operator
  }

  #readInfix(): void {
    const scanner = this.#scanner
    if (scanner.word() !== '') return
    scanner.at += scanner.peek() === CHAR.less || scanner.peek() === CHAR.greater ? 2 : 1
  }

  /** Continues a value with all operators of at least this level. */
  #climb(left: Linear, level: number): void {
    const start = this.#scanner.at
    for (let infix = this.#infix(); infix !== undefined && infix.level >= level; infix = this.#infix()) {
      this.#readInfix()
      const right = new Linear()
      this.#sum(right)
      this.#climb(right, infix.level + 1)
      const value = infix.apply(BigInt(this.#constantOf(left, start)), BigInt(this.#constantOf(right, start)))
      left.constant = narrow(value)
    }
  }

  #sum(into: Linear): void {
    this.#product(into, false)
    this.#terms(into)
  }

  /** Adds the terms that follow the first. */
  #terms(into: Linear): void {
    const scanner = this.#scanner
    for (;;) {
      const code = scanner.peek()
      if (code === CHAR.plus) {
        scanner.at++
        this.#product(into, false)
      } else if (code === CHAR.minus) {
        scanner.at++
        this.#product(into, true)
      } else return
    }
  }

  #isProductOperator(): boolean {
    const scanner = this.#scanner
    const code = scanner.peek()
    if (code === CHAR.slash) return !scanner.isLineEnd()
    return code === CHAR.star || code === CHAR.percent
  }

  /** Adds a product: a constant, a label, or a register times a constant. */
  #product(into: Linear, isNegative: boolean): void {
    const scanner = this.#scanner
    scanner.peek()
    const start = scanner.at
    const value = this.#factor(into, isNegative)
    if (value !== null) this.#term(into, value, isNegative, start)
  }

  /** Adds a product whose first factor is read. */
  #term(into: Linear, value: Reg | Label | Immediate, isNegative: boolean, start: number): void {
    if (this.#isProductOperator()) this.#longProduct(into, value, isNegative, start)
    else this.#addTerm(into, value, 1, isNegative, start)
  }

  /** Reads a factor; null for one that is no value and was added to `into` already: rip, or a sum in parentheses. */
  #factor(into: Linear, isNegative: boolean): Reg | Label | Immediate | null {
    const scanner = this.#scanner
    const code = scanner.peek()
    if (code >= CHAR.zero && code <= CHAR.nine) {
      const decimal = scanner.decimal()
      return decimal >= 0 ? decimal : (this.#numberedLabel() ?? scanner.number())
    }
    const word = scanner.known()
    if (word !== NO_WORD) return this.#named(word, into)
    if (code === CHAR.open) return this.#parenthesis(into, isNegative)
    if (code === CHAR.apostrophe || code === CHAR.quote) return this.#characters()
    if (code !== CHAR.minus && code !== CHAR.plus && code !== CHAR.tilde) {
      throw scanner.unexpected('a register, number, label or memory operand')
    }
    scanner.at++
    const value = this.#constantFactor()
    if (code === CHAR.plus) return value
    return code === CHAR.minus ? negate(value) : complement(value)
  }

  #parenthesis(into: Linear, isNegative: boolean): Immediate | null {
    const scanner = this.#scanner
    const start = scanner.at++
    const inner = new Linear()
    this.read(inner)
    scanner.expect(CHAR.close, "')'")
    if (inner.isConstant) return inner.constant
    if (isNegative || inner.hasRegisters || this.#isProductOperator()) return this.#constantOf(inner, start)
    this.#addTerm(into, inner.constant, 1, false, start)
    if (inner.label !== null) this.#addTerm(into, inner.label, 1, false, start)
    if (inner.minus !== null) this.#addTerm(into, inner.minus, 1, true, start)
    return null
  }

  #constantFactor(): Immediate {
    const start = this.#scanner.at
    const value = new Linear()
    const factor = this.#factor(value, false)
    if (factor !== null) this.#addTerm(value, factor, 1, false, start)
    return this.#constantOf(value, start)
  }

  /** 'ab' as nasm reads it: the first character is the lowest byte. */
  #characters(): Immediate {
    const scanner = this.#scanner
    const start = scanner.at
    const bytes = scanner.string(false)
    if (bytes.length === 0 || bytes.length > 8) {
      const read = scanner.text.slice(start, scanner.at)
      throw new ParseFault(start, read, 'as a number, a text has one to eight characters')
    }
    return narrow(bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n))
  }

  /** `1b` and `1f`, where they name a label `1:`; null for a number. */
  #numberedLabel(): Label | null {
    const scanner = this.#scanner
    const { text } = scanner
    let at = scanner.at
    while (text.charCodeAt(at) >= CHAR.zero && text.charCodeAt(at) <= CHAR.nine) at++
    const letter = text[at]
    if ((letter !== 'b' && letter !== 'f') || /[\w.$@?]/.test(text[at + 1] ?? '')) return null
    const label = this.#symbols.numbered(text.slice(scanner.at, at), letter === 'f')
    if (label !== null) scanner.at = at + 1
    return label
  }

  /** A register, label, named number or `not`; null for rip, which is added to `into`. */
  #named({ lower, reg, text }: Word, into: Linear): Reg | Label | Immediate | null {
    if (reg !== undefined) return reg
    if (text === '$' || text === '.') return this.#symbols.here()
    if (lower === 'not') return complement(this.#constantFactor())
    if (lower === 'rip') {
      into.isRipRelative = true
      return null
    }
    return this.#symbols.named(text)
  }

  /** A product of several factors, of which the first is read. */
  #longProduct(into: Linear, first: Reg | Label | Immediate, isNegative: boolean, start: number): void {
    const scanner = this.#scanner
    let reg: Reg | Label | null = typeof first === 'object' ? first : null
    let constant: Immediate = typeof first === 'object' ? 1 : first
    while (this.#isProductOperator()) {
      const operator = scanner.peek()
      const operatorAt = scanner.at++
      const value = this.#factor(into, isNegative)
      if (typeof value === 'object') {
        if (value === null || reg !== null || operator !== CHAR.star) {
          throw new ParseFault(
            start,
            scanner.text.slice(start, scanner.at),
            'only a number can be multiplied or divided',
          )
        }
        reg = value
        continue
      }
      if (
        operator === CHAR.star &&
        typeof value === 'number' &&
        typeof constant === 'number' &&
        Number.isSafeInteger(constant * value)
      ) {
        constant *= value
        continue
      }
      const right = BigInt(value)
      if (operator !== CHAR.star && (right === 0n || reg !== null)) {
        const reason = reg === null ? 'division by zero' : 'only a constant can be divided'
        throw new ParseFault(operatorAt, scanner.text.slice(start, scanner.at), reason)
      }
      const left = BigInt(constant)
      constant = narrow(
        operator === CHAR.star ? left * right : operator === CHAR.slash ? left / right : left % right,
      )
    }
    if (reg === null) this.#addTerm(into, constant, 1, isNegative, start)
    else this.#addTerm(into, reg, constant, isNegative, start)
  }

  #fault(start: number, reason: string): ParseFault {
    return new ParseFault(start, this.#scanner.text.slice(start, this.#scanner.at).trim(), reason)
  }

  /** Adds one factor times a coefficient. */
  #addTerm(
    into: Linear,
    value: Reg | Label | Immediate,
    coefficient: Immediate,
    isNegative: boolean,
    start: number,
  ): void {
    if (typeof value !== 'object') {
      into.constant = add(into.constant, isNegative ? negate(value) : value)
      return
    }
    if (value instanceof Reg) {
      if (isNegative) throw this.#fault(start, 'a register cannot be subtracted')
      if (!addRegister(into, value, coefficient)) {
        throw this.#fault(start, 'an address is [base + index*scale + displacement], with scale 1, 2, 4 or 8')
      }
      return
    }
    if (coefficient !== 1) throw this.#fault(start, 'a label cannot be multiplied')
    const field = isNegative ? 'minus' : 'label'
    if (into[field] !== null)
      throw this.#fault(start, 'there is a label already; one can be added and one subtracted')
    into[field] = value
  }
}

/** Adds a register to an address: the first that can be one is the base, one with a scale the index. */
function addRegister(into: Linear, reg: Reg, coefficient: Immediate): boolean {
  const scale = Number(coefficient)
  if (scale === 1) {
    if (into.base === null) into.base = reg
    else if (into.index === null) into.index = reg
    else return false
    return true
  }
  if (into.index !== null) {
    // [rax + rbx + rcx*2] has one register too many, but [rax + rbx*2] may come as rbx*2 + rax.
    return false
  }
  if (scale === 3 || scale === 5 || scale === 9) {
    // As nasm: [rax*5] is [rax + rax*4].
    if (into.base !== null) return false
    into.base = reg
  }
  into.index = reg
  into.scale = scale === 3 || scale === 5 || scale === 9 ? scale - 1 : scale
  return scale === 2 || scale === 4 || scale === 8 || scale === 3 || scale === 5 || scale === 9
}
