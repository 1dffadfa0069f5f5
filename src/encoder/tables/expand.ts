/**
 * Expands rows into forms: one for each variant of the parallel letters and each choice of alternatives. A form is made
 * when it is first asked for: most instructions have dozens, of which a program uses one or two.
 */
import type { EncodableForm } from '../encodable.ts'
import { checkRow } from './check-row.ts'
import { type ParsedOperand, parseOperands, type Row, variantCount } from './grammar.ts'
import { makeForm, takeSerials } from './make-form.ts'
import { type RowFacts, readRow } from './row-facts.ts'
import { chooseLetter, type Token } from './tokens.ts'

/** The forms that a mnemonic has. */
export interface FormSet {
  /** All of them, the shortest first, EVEX and what is only decoded last; ties as the table has them. */
  all(): readonly EncodableForm[]
  /** In the same order, those that operands of these classes (operand-class.ts) may fit; they fit no other. */
  likely(classes: readonly number[]): readonly EncodableForm[]
}

const takenBy = new Map<ParsedOperand, number>()

/** The classes of all operands that can stand in some form where a row has this one. */
function classesOf(operand: ParsedOperand): number {
  let classes = takenBy.get(operand)
  if (classes === undefined) {
    classes = 0
    for (const set of operand.alternatives) {
      const letters = set.family === '=' ? 1 : set.letters.length
      for (let variant = 0; variant < letters; variant++) classes |= chooseLetter(set, variant).takes
    }
    takenBy.set(operand, classes)
  }
  return classes
}

/** A row, of which at first only the operands are read. */
class RowForms {
  readonly mnemonic: string
  readonly row: Row
  /** How many forms there are. */
  readonly count: number
  readonly #number: number
  readonly #operands: readonly ParsedOperand[]
  readonly #explicit: number
  /** Forms of each variant of the letters. */
  readonly #choices: number
  #facts: RowFacts | null = null

  constructor(mnemonic: string, row: Row, number: number) {
    this.mnemonic = mnemonic
    this.row = row
    this.#number = number
    const place = { mnemonic, row: number }
    const operands = parseOperands(row, place)
    let explicit = 0
    let choices = 1
    for (const { alternatives, implicit } of operands) {
      if (!implicit) explicit++
      choices *= alternatives.length
    }
    this.#operands = operands
    this.#explicit = explicit
    this.#choices = choices
    this.count = choices * variantCount(operands, row, place)
  }

  /** All that the row says. Throws RowError. */
  facts(): RowFacts {
    this.#facts ??= readRow(this.mnemonic, this.row, this.#number, this.#operands)
    return this.#facts
  }

  /** Calls `visit` with the number of each form whose operands can be of these classes. */
  visit(classes: readonly number[], visit: (index: number) => void): void {
    if (classes.length !== this.#explicit) return
    for (let i = 0; i < classes.length; i++) {
      if ((classes[i]! & classesOf(this.#operands[i]!)) === 0) return
    }
    for (let first = 0; first < this.count; first += this.#choices) {
      this.#visitFrom(0, first / this.#choices, first, this.#choices, classes, visit)
    }
  }

  /** Chooses for the operand `at` and those behind it, the first operand slowest. */
  #visitFrom(
    at: number,
    variant: number,
    index: number,
    choices: number,
    classes: readonly number[],
    visit: (index: number) => void,
  ): void {
    if (at === classes.length) {
      visit(index)
      return
    }
    const { alternatives } = this.#operands[at]!
    const behind = choices / alternatives.length
    for (let i = 0; i < alternatives.length; i++) {
      if ((chooseLetter(alternatives[i]!, variant).takes & classes[at]!) === 0) continue
      this.#visitFrom(at + 1, variant, index + i * behind, behind, classes, visit)
    }
  }

  /** Form `index`, with this serial number; not frozen, without its mirror, and another object each time. Throws RowError. */
  make(index: number, serial: number): EncodableForm {
    const facts = this.facts()
    const variant = Math.floor(index / this.#choices)
    let rest = index - variant * this.#choices
    let choices = this.#choices
    const tokens: Token[] = []
    for (const { alternatives } of this.#operands) {
      choices /= alternatives.length
      const choice = Math.floor(rest / choices)
      rest -= choice * choices
      tokens.push(chooseLetter(alternatives[choice]!, variant))
    }
    return makeForm(facts, variant, tokens, serial)
  }
}

/**
 * The forms of one row, in the order of its variants and alternatives. Throws RowError also where the row can be read
 * but makes no sense, which is not asked of it when a program uses it.
 */
export function expandRow(mnemonic: string, row: Row, number: number): EncodableForm[] {
  const forms = new RowForms(mnemonic, row, number)
  checkRow(forms.facts())
  const serial = takeSerials(forms.count)
  return Array.from({ length: forms.count }, (_, index) => forms.make(index, serial + index))
}

/** Whether `other` does the same as `form` between registers, with ModRM.reg and ModRM.rm exchanged, and has VEX2. */
function mirrors(form: EncodableForm, other: EncodableForm): boolean {
  return (
    form !== other &&
    form.scheme === 'vex' &&
    other.scheme === 'vex' &&
    form.regIndex >= 0 &&
    form.rmIndex >= 0 &&
    form.slots[form.rmIndex]!.type === 'register' &&
    form.regIndex === other.rmIndex &&
    form.rmIndex === other.regIndex &&
    form.vvvvIndex === other.vvvvIndex &&
    form.text === other.text &&
    form.length === other.length &&
    other.map === 1 &&
    other.w === 0
  )
}

const rank = (form: EncodableForm): number => (form.late ? 2 : form.scheme === 'evex' ? 1 : 0)

/** The shortest first, EVEX and what is only decoded last; ties as the table has them. */
function byPreference(a: EncodableForm, b: EncodableForm): number {
  return rank(a) - rank(b) || a.cost - b.cost || a.serial - b.serial
}

/** Roles with ModRM.reg and ModRM.rm exchanged. */
function exchanged(roles: string): string {
  let other = ''
  for (let i = 0; i < roles.length; i++) other += roles[i] === 'R' ? 'M' : roles[i] === 'M' ? 'R' : roles[i]
  return other
}

/** The forms of a mnemonic's rows. */
class MnemonicForms implements FormSet {
  readonly #rows: readonly RowForms[]
  /** By row and number in the row. */
  readonly #made: (EncodableForm | undefined)[][]
  readonly #serials: number[]
  #all: readonly EncodableForm[] | null = null

  constructor(mnemonic: string, rows: readonly Row[]) {
    this.#rows = rows.map((row, index) => new RowForms(mnemonic, row, index + 1))
    this.#made = rows.map(() => [])
    this.#serials = this.#rows.map(({ count }) => takeSerials(count))
  }

  all(): readonly EncodableForm[] {
    if (this.#all === null) {
      const forms: EncodableForm[] = []
      this.#rows.forEach(({ count }, row) => {
        for (let index = 0; index < count; index++) forms.push(this.#form(row, index))
      })
      this.#all = Object.freeze(forms.sort(byPreference))
    }
    return this.#all
  }

  likely(classes: readonly number[]): readonly EncodableForm[] {
    const forms: EncodableForm[] = []
    for (let row = 0; row < this.#rows.length; row++) {
      this.#rows[row]!.visit(classes, (index) => forms.push(this.#form(row, index)))
    }
    return forms.length < 2 ? forms : forms.sort(byPreference)
  }

  #form(row: number, index: number): EncodableForm {
    const made = this.#made[row]!
    let form = made[index]
    if (form === undefined) {
      const plain = this.#rows[row]!.make(index, this.#serials[row]! + index)
      const mirror = this.#mirrorOf(row, plain)
      form = Object.freeze(mirror === undefined ? plain : { ...plain, mirror: Object.freeze(mirror) })
      made[index] = form
    }
    return form
  }

  /** The form that `mirrors` wants, which has no mirror itself. */
  #mirrorOf(row: number, form: EncodableForm): EncodableForm | undefined {
    if (form.scheme !== 'vex' || form.regIndex < 0 || form.rmIndex < 0 || this.#rows.length < 2)
      return undefined
    const roles = exchanged(this.#rows[row]!.row[1])
    for (let other = 0; other < this.#rows.length; other++) {
      const forms = this.#rows[other]!
      if (forms.row[1] !== roles) continue
      const found: EncodableForm[] = []
      forms.visit(
        // What is no register, as the immediate of vpextrw, has no kinds.
        form.slots.map(({ kinds }) => (kinds === 0 ? -1 : kinds)),
        (index) => found.push(forms.make(index, this.#serials[other]! + index)),
      )
      const mirror = found.find((each) => mirrors(form, each))
      if (mirror !== undefined) return mirror
    }
    return undefined
  }
}

/** The forms of a mnemonic. Its rows are read when their forms are asked for, which throws RowError. */
export function formSet(mnemonic: string, rows: readonly Row[]): FormSet {
  return new MnemonicForms(mnemonic, rows)
}
