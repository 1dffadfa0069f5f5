/** Directives: data, alignment, constants, and those of compilers and nasm that say nothing about the bytes. */
import type { Assembler } from './assembler.ts'
import { EncodeError } from './errors.ts'
import type { Immediate, Label } from './operands.ts'
import { ParseFault } from './parse-errors.ts'
import { type ExpressionReader, Linear } from './parse-expression.ts'
import { CHAR, type Scanner } from './parse-scanner.ts'
import type { SymbolTable } from './parse-symbols.ts'

/** What a directive does with the rest of its line. */
type Directive = (reader: DirectiveReader, name: string) => void

/** No directive makes more than this at once, so that a slip of the pen does not fill the memory. */
const MAXIMUM_BYTES = 1 << 28
const FLOAT = /[-+]?\d+(?:\.\d*(?:e[-+]?\d+)?|e[-+]?\d+)(?![\w.])/iy
const NOP = 0x90

/** `to - from`, as it was read. */
export interface Distance {
  readonly at: number
  readonly read: string
  readonly from: Label
  readonly to: Label
}

/** Reads what follows a directive's name. */
export class DirectiveReader {
  readonly scanner: Scanner
  readonly expressions: ExpressionReader
  readonly symbols: SymbolTable
  readonly assembler: Assembler
  /** The distances of labels among the data, for what is wrong with them when all is laid out. */
  readonly distances: Distance[] = []

  constructor(scanner: Scanner, expressions: ExpressionReader, symbols: SymbolTable, assembler: Assembler) {
    this.scanner = scanner
    this.expressions = expressions
    this.symbols = symbols
    this.assembler = assembler
  }

  /** Reads the directive's line. False when there is no directive of this name. */
  read(name: string): boolean {
    const directive = DIRECTIVES.get(name)
    if (directive === undefined) return false
    directive(this, name)
    return true
  }

  isQuote(): boolean {
    const code = this.scanner.peek()
    return code === CHAR.quote || code === CHAR.apostrophe
  }

  /** Numbers, labels and strings, separated by commas, of so many bytes each. */
  data(size: 1 | 2 | 4 | 8): void {
    do this.#item(size)
    while (this.scanner.take(CHAR.comma))
  }

  #item(size: 1 | 2 | 4 | 8): void {
    const { scanner } = this
    if (this.isQuote()) {
      const bytes = scanner.string(true)
      while (bytes.length % size !== 0 || bytes.length === 0) bytes.push(0)
      this.assembler.bytes(bytes)
      return
    }
    scanner.peek()
    const start = scanner.at
    FLOAT.lastIndex = start
    const float = FLOAT.exec(scanner.text)
    if (float !== null && size >= 4) {
      scanner.at += float[0].length
      this.float(Number(float[0]), size as 4 | 8)
      return
    }
    const value = new Linear()
    this.expressions.read(value)
    const read = scanner.text.slice(start, scanner.at).trim()
    if (value.isConstant) this.number(value.constant, size, start, read)
    else this.#distance(value, size, start, read)
  }

  /** `.long a - b`. */
  #distance(value: Linear, size: 1 | 2 | 4 | 8, start: number, read: string): void {
    const { constant, label, minus } = value
    if (value.hasRegisters) throw new ParseFault(start, read, 'is data, and cannot have a register in it')
    if (label === null || minus === null) {
      throw new ParseFault(start, read, 'has no fixed value; write the distance of two labels, as in a - b')
    }
    this.assembler.distance(minus, label, size, Number(constant))
    this.distances.push({ at: start, read, from: minus, to: label })
  }

  number(value: Immediate, size: number, start: number, read: string): void {
    const wide = BigInt(value)
    const bits = BigInt(8 * size)
    if (wide < -(1n << (bits - 1n)) || wide >= 1n << bits) {
      throw new ParseFault(start, read, `does not fit in ${size} byte${size === 1 ? '' : 's'}`)
    }
    this.assembler.bytes(Array.from({ length: size }, (_, i) => Number((wide >> BigInt(8 * i)) & 255n)))
  }

  float(value: number, size: 4 | 8): void {
    const view = new DataView(new ArrayBuffer(size))
    if (size === 4) view.setFloat32(0, value, true)
    else view.setFloat64(0, value, true)
    this.assembler.bytes(new Uint8Array(view.buffer))
  }

  floats(size: 4 | 8): void {
    const { scanner } = this
    do {
      const sign = scanner.peek() === CHAR.minus ? -1 : 1
      const start = scanner.at
      const match = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|[-+]?(?:inf(?:inity)?|nan)\b/iy
      match.lastIndex = start
      const word = match.exec(scanner.text)?.[0]
      if (word === undefined) throw scanner.unexpected('a number such as 1.5')
      scanner.at += word.length
      const value = /inf/i.test(word) ? sign * Number.POSITIVE_INFINITY : Number(word)
      this.float(value, size)
    } while (scanner.take(CHAR.comma))
  }

  strings(suffix: readonly number[]): void {
    do {
      if (!this.isQuote()) throw this.scanner.unexpected('a string in quotes')
      this.assembler.bytes([...this.scanner.string(false), ...suffix])
    } while (this.scanner.take(CHAR.comma))
  }

  /** A number from 0, by default when the line ends or a comma comes. */
  count(what: string, otherwise: number | null, limit: number = MAXIMUM_BYTES): number {
    const { scanner } = this
    if (otherwise !== null && (scanner.isLineEnd() || scanner.peek() === CHAR.comma)) return otherwise
    scanner.peek()
    const start = scanner.at
    const value = Number(this.expressions.constant())
    if (value < 0 || value > limit) {
      throw new ParseFault(
        start,
        scanner.text.slice(start, scanner.at).trim(),
        `${what} is from 0 to ${limit}`,
      )
    }
    return value
  }

  fill(): void {
    const count = this.count('a number of bytes', null)
    const value = this.scanner.take(CHAR.comma) ? this.count('a byte', null, 255) : 0
    this.assembler.bytes(new Uint8Array(count).fill(value))
  }

  /** Padding is NOPs; a limit to it (`.p2align 4,,10`) is only a hint and is let be. */
  align(isPower: boolean): void {
    const { scanner } = this
    scanner.peek()
    const start = scanner.at
    const value = this.count('an alignment', null)
    const read = scanner.text.slice(start, scanner.at).trim()
    if (scanner.take(CHAR.comma)) {
      const fillAt = scanner.at
      const isNop = scanner.isWord() && scanner.word().toLowerCase() === 'nop'
      const fill = isNop ? NOP : this.count('a byte', NOP, 255)
      if (fill !== NOP) throw new ParseFault(fillAt, String(fill), 'padding is NOPs, 0x90')
      if (scanner.take(CHAR.comma)) this.count('a number of bytes', null)
    }
    try {
      this.assembler.align(isPower ? 2 ** value : value)
    } catch (error) {
      if (error instanceof EncodeError) throw new ParseFault(start, read, error.reason)
      throw error
    }
  }

  /** `.set name, value`. */
  set(): void {
    const name = this.scanner.word()
    if (name === '') throw this.scanner.unexpected('a name')
    this.scanner.expect(CHAR.comma, 'a comma')
    this.define(name)
  }

  /** Gives a name the value that follows. */
  define(name: string): void {
    this.symbols.set(name, this.expressions.constant())
  }

  /** The rest of the line says nothing about the bytes. */
  skip(): void {
    const { scanner } = this
    const newline = scanner.text.indexOf('\n', scanner.at)
    scanner.at = newline < 0 ? scanner.text.length : newline
  }

  /** Everything becomes one piece of code that is read and run: constants may stand in it, variables may not. */
  section(name: string): void {
    this.scanner.peek()
    const start = this.scanner.at
    const section = this.scanner.word()
    if (!/^\.?(?:text|code|rodata|rdata)/i.test(section)) {
      throw new ParseFault(
        start,
        section || name,
        'there is one piece of code, with constants in it: .text and .rodata, no variables',
      )
    }
    this.skip()
  }

  /** Only 64-bit Intel syntax is read. */
  mode(name: string): void {
    this.scanner.peek()
    const start = this.scanner.at
    const rest = this.scanner.isLineEnd() ? '' : this.scanner.here().toLowerCase()
    this.skip()
    const isRight =
      name === '.code64' || name === 'use64' || (name === '.intel_syntax' ? rest !== 'prefix' : rest === '64')
    if (!isRight)
      throw new ParseFault(
        start,
        rest || name,
        '64-bit code in Intel syntax without prefixes is all there is',
      )
  }
}

const DIRECTIVES: ReadonlyMap<string, Directive> = new Map([
  ...entries('.byte .1byte db', (reader) => reader.data(1)),
  ...entries('.word .short .value .hword .2byte dw', (reader) => reader.data(2)),
  ...entries('.long .int .4byte dd', (reader) => reader.data(4)),
  ...entries('.quad .8byte dq', (reader) => reader.data(8)),
  ...entries('.float .single', (reader) => reader.floats(4)),
  ...entries('.double', (reader) => reader.floats(8)),
  ...entries('.ascii', (reader) => reader.strings([])),
  ...entries('.asciz .string', (reader) => reader.strings([0])),
  ...entries('.zero .skip .space', (reader) => reader.fill()),
  ...entries('.align .balign align', (reader) => reader.align(false)),
  ...entries('.p2align', (reader) => reader.align(true)),
  ...entries('.set .equ .equiv', (reader) => reader.set()),
  ...entries('.section section segment', (reader, name) => reader.section(name)),
  ...entries('.intel_syntax .att_syntax .code64 .code32 .code16 bits use64 use32 use16', (reader, name) =>
    reader.mode(name),
  ),
  ...entries(
    '.text .globl .global global .local .weak .hidden .protected .internal .type .size .file .loc .ident .addrsig ' +
      '.addrsig_sym .build_version .subsections_via_symbols .cfi_startproc .cfi_endproc .cfi_sections ' +
      '.cfi_def_cfa .cfi_def_cfa_offset .cfi_def_cfa_register .cfi_offset .cfi_rel_offset .cfi_restore ' +
      '.cfi_remember_state .cfi_restore_state .cfi_adjust_cfa_offset .cfi_undefined .cfi_same_value .cfi_escape ' +
      '.cfi_personality .cfi_lsda .cfi_return_column .cfi_window_save .cfi_register default cpu',
    (reader) => reader.skip(),
  ),
])

function entries(names: string, directive: Directive): [string, Directive][] {
  return names.split(' ').map((name) => [name, directive])
}

/** Every directive's name, for suggestions. */
export function directiveNames(): readonly string[] {
  return [...DIRECTIVES.keys()]
}
