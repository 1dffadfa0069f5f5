/** Assembles Intel text: lines of labels, directives and instructions, as LLVM, objdump and nasm write them. */
import { Assembler, emitBy } from './assembler.ts'
import type { EncodableForm } from './encodable.ts'
import { EncodeError } from './errors.ts'
import type { Form, Inst } from './form.ts'
import { MAX_OPERANDS } from './instruction-log.ts'
import type { MachineCode } from './machine-code.ts'
import { type Immediate, Label, type Operand } from './operands.ts'
import { DirectiveReader, type Distance, directiveNames } from './parse-directive.ts'
import { AssemblyError, type AssemblyProblem, ParseFault } from './parse-errors.ts'
import { ExpressionReader, type Symbols } from './parse-expression.ts'
import { type Head, isHeadStart, readHead } from './parse-head.ts'
import { type Taker, takeMeaning } from './parse-instruction.ts'
import { type Meaning, textNames } from './parse-names.ts'
import { OperandReader } from './parse-operand.ts'
import { CHAR, Scanner } from './parse-scanner.ts'
import { SymbolTable } from './parse-symbols.ts'
import { NO_WORD, type Word, wordNamed } from './parse-words.ts'
import { selectAmong } from './select.ts'
import { nearestNames } from './spelling.ts'

export interface AssembleOptions {
  /** Numbers that the text may use by name, as if it had `.set name, value`. */
  readonly constants?: Readonly<Record<string, Immediate>>
}

/** After so many problems the rest of the text is not read. */
const MAXIMUM_PROBLEMS = 100

function unknownName(at: number, word: string): ParseFault {
  const lower = word.toLowerCase()
  const isDirective = word.startsWith('.')
  const known = isDirective ? directiveNames() : textNames()
  const reason = isDirective ? 'there is no such directive' : 'there is no such instruction'
  return new ParseFault(at, word, reason, nearestNames(lower, known))
}

/** The fault that an EncodeError is, at the operand that it names. */
function faultOf(error: EncodeError, scanner: Scanner, start: number, starts: readonly number[]): ParseFault {
  const operand = error.place.operand ?? -1
  const at = starts[operand] ?? start
  const end = operand >= 0 ? (starts[operand + 1] ?? scanner.at) : scanner.at
  const read = scanner.text.slice(at, end).replace(/,?\s*$/, '')
  return new ParseFault(at, read, error.reason, error.nearest)
}

/** One text on its way to machine code. */
class TextAssembler {
  readonly #assembler = new Assembler()
  readonly #scanner: Scanner
  readonly #symbols: SymbolTable
  readonly #expressions: ExpressionReader
  readonly #operands: OperandReader
  readonly #directives: DirectiveReader
  readonly #problems: AssemblyProblem[] = []
  /** Where in the text each instruction begins. */
  readonly #places: number[] = []
  /** Instructions that `short` stands in. */
  readonly #shorts: { readonly at: number; readonly instruction: number }[] = []
  readonly #emit: Taker = (selector, operands, accepts) => {
    const assembler = this.#assembler
    if (accepts !== null) assembler.emitForm(selectAmong(selector.mnemonic, operands, accepts), operands)
    else if (operands.length <= MAX_OPERANDS) emitBy(assembler, selector, operands)
    else assembler.emit(selector.mnemonic, operands)
  }

  constructor(text: string, options: AssembleOptions) {
    this.#scanner = new Scanner(text)
    this.#symbols = new SymbolTable(this.#assembler, this.#scanner)
    this.#expressions = new ExpressionReader(this.#scanner, this.#symbols)
    this.#operands = new OperandReader(this.#scanner, this.#expressions)
    this.#directives = new DirectiveReader(this.#scanner, this.#expressions, this.#symbols, this.#assembler)
    for (const [name, value] of Object.entries(options.constants ?? {})) this.#symbols.set(name, value)
  }

  assemble(): MachineCode {
    do this.#guardedLine()
    while (this.#problems.length < MAXIMUM_PROBLEMS && this.#scanner.nextLine())
    if (this.#problems.length === 0) for (const fault of this.#symbols.unbound()) this.#note(fault)
    const [first, ...rest] = this.#problems
    if (first !== undefined) throw new AssemblyError([first, ...rest])
    return this.#finish()
  }

  /** Notes what is wrong and goes on. */
  #guardedLine(): void {
    try {
      this.#line()
    } catch (error) {
      if (!(error instanceof ParseFault)) throw error
      this.#note(error)
    }
  }

  #note(fault: ParseFault): void {
    this.#problems.push(fault.inText(this.#scanner.text))
  }

  #finish(): MachineCode {
    let code: MachineCode
    try {
      code = this.#assembler.finish()
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error
      throw this.#only(this.#placed(error))
    }
    // Where each instruction is takes long to say, and only those that shall be short are asked about.
    for (const { at, instruction } of this.#shorts) {
      const { form } = code.instructions[instruction]!.inst
      if ((form as EncodableForm).displacementBytes !== 1) {
        throw this.#only(new ParseFault(at, 'short', 'the label is farther away than −128 to 127 bytes'))
      }
    }
    return code
  }

  #only(fault: ParseFault): AssemblyError {
    this.#note(fault)
    return new AssemblyError([this.#problems[0]!])
  }

  /** Where in the text an error of the layout is. */
  #placed({ given, nearest, place, reason }: EncodeError): ParseFault {
    if (place.instruction === undefined) {
      const isMeant = ({ from, to }: Distance) => given === `${from.name}, ${to.name}`
      const distance = this.#directives.distances.find(isMeant)
      return new ParseFault(distance?.at ?? 0, distance?.read ?? given, reason, nearest)
    }
    const at = this.#places[place.instruction]!
    const { text } = this.#scanner
    const newline = text.indexOf('\n', at)
    const read = text.slice(at, newline < 0 ? text.length : newline).trimEnd()
    return new ParseFault(at, read, reason, nearest)
  }

  #line(): void {
    const scanner = this.#scanner
    while (!scanner.isLineEnd()) {
      const start = scanner.at
      this.#symbols.begin(start)
      let word = scanner.isDigit() ? wordNamed(this.#digits()) : scanner.known()
      if (word === NO_WORD) word = scanner.knownWithBraces()
      else if (scanner.take(CHAR.colon)) {
        this.#symbols.bind(word.text)
        continue
      }
      this.#statement(word, start)
      if (!scanner.isLineEnd()) throw scanner.unexpected('the end of the line')
      return
    }
  }

  #digits(): string {
    const { at, text } = this.#scanner
    const digits = /^\d+/.exec(text.slice(at, at + 20))?.[0] ?? ''
    this.#scanner.at += digits.length
    return digits
  }

  #statement({ lower, meanings, text }: Word, start: number): void {
    const scanner = this.#scanner
    if (meanings !== undefined) this.#instruction(meanings, null, start)
    else if (isHeadStart(scanner, lower)) {
      const head = readHead(scanner, lower, start)
      this.#instruction(head.meanings, head.accepts, start)
    } else if (text === '') throw scanner.unexpected('a label, directive or instruction')
    else if (!this.#directives.read(lower) && !this.#definition(text)) throw unknownName(start, text)
  }

  #instruction(meanings: readonly Meaning[], accepts: Head['accepts'], start: number): void {
    const reader = this.#operands
    reader.readAll()
    try {
      takeMeaning(meanings, reader.operands, accepts, this.#emit)
    } catch (error) {
      if (error instanceof EncodeError) throw faultOf(error, this.#scanner, start, reader.starts)
      throw error
    }
    if (reader.shortAt >= 0) this.#shorts.push({ at: reader.shortAt, instruction: this.#places.length })
    this.#places.push(start)
  }

  /** `name = value`, `name equ value`, or nasm's label without a colon before data: `name db 1`. */
  #definition(name: string): boolean {
    const scanner = this.#scanner
    if (scanner.take(CHAR.equals)) {
      this.#directives.define(name)
      return true
    }
    const start = scanner.at
    const word = scanner.word().toLowerCase()
    if (word === 'equ') {
      this.#directives.define(name)
      return true
    }
    if (/^d[bwdq]$/.test(word)) {
      this.#symbols.bind(name)
      return this.#directives.read(word)
    }
    scanner.at = start
    return false
  }
}

/**
 * Assembles Intel text. Every line is an instruction, a directive or a label, or empty; comments begin with
 * `#`, `;` or `//`. AssemblyError lists all mistakes with line and column.
 *
 * @example
 * ```ts
 * const { bytes } = assemble(`
 * sum:  vaddps zmm0 {k1}{z}, zmm1, dword ptr [rax + 4*rcx]{1to16}
 *       dec rcx
 *       jnz sum
 *       ret
 * `)
 * ```
 */
export function assemble(text: string, options: AssembleOptions = {}): MachineCode {
  return new TextAssembler(text, options).assemble()
}

const anyForm = (): boolean => true

/** Labels of an instruction that stands alone: whatever it names. */
class LooseSymbols implements Symbols {
  readonly #labels = new Map<string, Label>()

  named(name: string): Label {
    let label = this.#labels.get(name)
    if (label === undefined) {
      label = new Label(this.#labels.size, name)
      this.#labels.set(name, label)
    }
    return label
  }

  numbered(): null {
    return null
  }

  here(): Label {
    return this.named('$')
  }
}

/** One instruction as a form and its operands; names in it become labels. AssemblyError when it is none. */
export function parseInst(text: string): Inst {
  const scanner = new Scanner(text)
  const reader = new OperandReader(scanner, new ExpressionReader(scanner, new LooseSymbols()))
  let start = 0
  try {
    scanner.peek()
    start = scanner.at
    const { lower, meanings: known, text: name } = scanner.known()
    if (known === undefined && !isHeadStart(scanner, lower))
      throw unknownName(start, name === '' ? scanner.here() : name)
    const { accepts, meanings } =
      known === undefined ? readHead(scanner, lower, start) : { accepts: null, meanings: known }
    reader.readAll()
    while (scanner.isLineEnd() && scanner.nextLine());
    if (!scanner.isLineEnd()) throw scanner.unexpected('the end of the text behind one instruction')
    let found: { form: Form; operands: readonly Operand[] } | undefined
    takeMeaning(meanings, reader.operands, accepts, ({ mnemonic }, operands, accepted) => {
      const form = selectAmong(mnemonic, operands, accepted ?? anyForm)
      found = { form, operands: Object.freeze([...operands]) }
    })
    return Object.freeze(found!)
  } catch (error) {
    const fault = error instanceof EncodeError ? faultOf(error, scanner, start, reader.starts) : error
    if (!(fault instanceof ParseFault)) throw fault
    throw new AssemblyError([fault.inText(text)])
  }
}
