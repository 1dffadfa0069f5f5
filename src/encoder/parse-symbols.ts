/** The names of one text: its labels, and the numbers that `.set` and `equ` name. */
import type { Assembler } from './assembler.ts'
import type { Immediate, Label } from './operands.ts'
import { ParseFault } from './parse-errors.ts'
import type { Symbols } from './parse-expression.ts'
import type { Scanner } from './parse-scanner.ts'
import { nearestNames } from './spelling.ts'

interface Entry {
  readonly label: Label
  /** Where it was first read. */
  readonly at: number
  isBound: boolean
}

/** A dotted label is defined, at the start of a line. */
const DOTTED = /^[ \t]*(\.[\w.$@?]+)[ \t]*:/gm

/** Dotted names that are defined more than once. As in nasm they belong to the label without dot before them. */
function localNames(text: string): ReadonlySet<string> {
  const seen = new Set<string>()
  const local = new Set<string>()
  for (const [, name] of text.matchAll(DOTTED)) {
    if (seen.has(name!)) local.add(name!)
    seen.add(name!)
  }
  return local
}

/** Binds and finds labels while text is read. */
export class SymbolTable implements Symbols {
  readonly #assembler: Assembler
  readonly #scanner: Scanner
  readonly #local: ReadonlySet<string>
  readonly #labels = new Map<string, Entry>()
  readonly #numbers = new Map<string, Immediate>()
  /** Labels `1:` by their digits: the last that was bound, and the next, if one was asked for. */
  readonly #last = new Map<string, Label>()
  readonly #next = new Map<string, Entry>()
  #parent = ''
  #here: Label | null = null
  /** Where the statement that is being read begins. */
  at = 0

  constructor(assembler: Assembler, scanner: Scanner) {
    this.#assembler = assembler
    this.#scanner = scanner
    this.#local = scanner.text.includes('.') ? localNames(scanner.text) : new Set()
  }

  /** A new statement: `$` is another place. */
  begin(at: number): void {
    this.at = at
    this.#here = null
  }

  #key(name: string): string {
    return this.#local.has(name) ? this.#parent + name : name
  }

  #entry(name: string): Entry {
    const key = this.#key(name)
    let entry = this.#labels.get(key)
    if (entry === undefined) {
      entry = { label: this.#assembler.label(key), at: this.#scanner.at - name.length, isBound: false }
      this.#labels.set(key, entry)
    }
    return entry
  }

  named(name: string): Label | Immediate {
    return this.#numbers.get(name) ?? this.#entry(name).label
  }

  numbered(digits: string, isAhead: boolean): Label | null {
    if (!isAhead) return this.#last.get(digits) ?? null
    let entry = this.#next.get(digits)
    if (entry === undefined) {
      entry = { label: this.#assembler.label(digits), at: this.#scanner.at, isBound: false }
      this.#next.set(digits, entry)
    }
    return entry.label
  }

  here(): Label {
    if (this.#here === null) {
      this.#here = this.#assembler.label('$')
      this.#assembler.bind(this.#here)
    }
    return this.#here
  }

  /** Binds the label here. Throws ParseFault when there is one of that name already. */
  bind(name: string): void {
    if (/^[0-9]/.test(name)) {
      const label = this.#next.get(name)?.label ?? this.#assembler.label(name)
      this.#next.delete(name)
      this.#last.set(name, label)
      this.#assembler.bind(label)
      return
    }
    if (!name.startsWith('.')) this.#parent = name
    const entry = this.#entry(name)
    if (entry.isBound || this.#numbers.has(name)) throw new ParseFault(this.at, name, 'is defined already')
    entry.isBound = true
    this.#assembler.bind(entry.label)
  }

  /** Gives a number a name. A label cannot be a number too; a number can change. */
  set(name: string, value: Immediate): void {
    if (this.#labels.has(this.#key(name))) {
      throw new ParseFault(this.at, name, 'is used as a label before; define the number first')
    }
    this.#numbers.set(name, value)
  }

  /** A fault for each label that was named and is nowhere. */
  unbound(): ParseFault[] {
    const known = [...this.#labels].filter(([, entry]) => entry.isBound).map(([name]) => name)
    const named = [...this.#labels].filter(([, entry]) => !entry.isBound)
    const numbered = [...this.#next]
    return [
      ...named.map(
        ([name, { at }]) => new ParseFault(at, name, 'there is no such label', nearestNames(name, known)),
      ),
      ...numbered.map(
        ([name, { at }]) => new ParseFault(at, `${name}f`, `there is no label ${name}: behind this`),
      ),
    ]
  }
}
