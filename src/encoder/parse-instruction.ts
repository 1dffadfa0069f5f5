/** Finds the instruction that a mnemonic and operands in text mean. */

import type { EncodableForm } from './encodable.ts'
import { EncodeError } from './errors.ts'
import { encodableForms } from './forms.ts'
import { Displacement, Mem, type MemWidth, type Operand } from './operands.ts'
import type { Facts, Meaning } from './parse-names.ts'
import { hasForm, type Selector, selectorOf } from './select.ts'
import { splitPrefix } from './tables/prefixed.ts'
import { rowsOf } from './tables/rows.ts'

/** Whether a form is one that the text asks for. */
export type Acceptance = (form: EncodableForm) => boolean

/** Takes an instruction, in any form or in one that is accepted; or throws EncodeError. */
export type Taker = (selector: Selector, operands: readonly Operand[], accepts: Acceptance | null) => void

/** Operands that text leaves out, by mnemonic: which of the given ones stand where. */
const REPEATED: ReadonlyMap<string, readonly number[]> = new Map([
  // imul eax, 5 is imul eax, eax, 5.
  ['imul', [0, 0, 1]],
])

function factsOf(meaning: Meaning): Facts {
  meaning.facts ??= makeFacts(meaning.mnemonic)
  return meaning.facts
}

function makeFacts(mnemonic: string): Facts {
  const forms = encodableForms(mnemonic)
  const rows = rowsOf(splitPrefix(mnemonic)?.rest ?? mnemonic)
  const counts = forms.reduce((bits, { slots }) => bits | (1 << slots.length), 0)
  const ones = forms.filter(({ operands, slots }) => operands[slots.length - 1]?.token === '1')
  const facts = {
    target: forms.find((form) => form.displacementIndex >= 0)?.displacementIndex ?? -1,
    isDefault64: rows.some((row) => row[4]?.split(' ').includes('d64')),
    takesOffset: forms.some(({ operands }) => operands.some(({ token }) => token.startsWith('moffs'))),
    hidesOne: ones.reduce((bits, { slots }) => bits | (1 << (slots.length - 1)), 0),
    counts,
    repeated: REPEATED.get(mnemonic) ?? null,
    selector: selectorOf(mnemonic),
  }
  const { hidesOne, isDefault64, repeated, takesOffset, target } = facts
  const isPlain = target < 0 && !isDefault64 && !takesOffset && hidesOne === 0 && repeated === null
  return { ...facts, isPlain }
}

/** A memory operand with the size or the length of address that its instruction gives it by default. */
function withDefaults(operand: Operand, { isDefault64, takesOffset }: Facts): Operand {
  if (!(operand instanceof Mem)) return operand
  const { base, disp, index, label, offset, segment, width } = operand
  if (takesOffset && base === null && index === null && label === null && offset === null) {
    const address = BigInt.asUintN(64, BigInt(disp))
    return new Mem(width, null, null, 1, 0, null, false, null, 0, segment, address)
  }
  return isDefault64 && width === 0 ? operand.sized(64) : operand
}

/** Where text calls the forms by a name of their own and leaves out the size, the largest is meant: ljmp. */
function withUnsized(mnemonic: string, printedAs: string, operands: readonly Operand[]): readonly Operand[] {
  const forms = encodableForms(mnemonic).filter((form) => form.printedAs === printedAs && form.unsized)
  return operands.map((operand, index) => {
    if (!(operand instanceof Mem) || operand.width !== 0) return operand
    return operand.sized(Math.max(0, ...forms.map(({ slots }) => slots[index]?.width ?? 0)) as MemWidth)
  })
}

/** The operands as the instruction has them: with the predicate of its name, a hidden 1, a target as displacement. */
function complete(meaning: Meaning, operands: readonly Operand[]): readonly Operand[] {
  const { mnemonic, predicate, printedAs } = meaning
  if (predicate >= 0) return [...operands, predicate]
  if (printedAs !== null) return withUnsized(mnemonic, printedAs, operands)
  const facts = factsOf(meaning)
  if (((facts.hidesOne & ~facts.counts) >> operands.length) & 1) return [...operands, 1]
  const place = facts.target < 0 ? undefined : operands[facts.target]
  // As LLVM prints it: counted from the end of the instruction.
  if (typeof place === 'number') return operands.with(facts.target, new Displacement(place))
  if (!facts.isDefault64 && !facts.takesOffset) return operands
  return operands.map((operand) => withDefaults(operand, facts))
}

const NONE: readonly (readonly Operand[])[] = []

/** Operands that may be meant where those given fit no form. */
function completions(meaning: Meaning, operands: readonly Operand[]): readonly (readonly Operand[])[] {
  const { hidesOne, repeated: indices } = factsOf(meaning)
  // rol bl, r16b is rol bl, r16b, 1, though rol bl, cl has two operands as well.
  if ((hidesOne >> operands.length) & 1) return [[...operands, 1]]
  if (indices === null || operands.length !== Math.max(...indices) + 1) return NONE
  return [indices.map((index) => operands[index]!)]
}

function refusal(
  take: Taker,
  selector: Selector,
  operands: readonly Operand[],
  accepts: Acceptance | null,
): EncodeError | null {
  try {
    take(selector, operands, accepts)
    return null
  } catch (error) {
    if (error instanceof EncodeError) return error
    throw error
  }
}

/** What both the name and a pseudo prefix ask of the form; null when any will do. */
function acceptance({ printedAs }: Meaning, accepts: Acceptance | null): Acceptance | null {
  if (printedAs === null) return accepts
  return (form) => form.printedAs === printedAs && (accepts === null || accepts(form))
}

/**
 * Gives `take` each instruction that the text may mean, until one is not refused. `accepts` is what a pseudo prefix
 * asks of the form. Throws the first refusal.
 */
export function takeMeaning(
  meanings: readonly Meaning[],
  operands: readonly Operand[],
  accepts: Acceptance | null,
  take: Taker,
): void {
  const likeliest = meanings[0]!
  if (meanings.length === 1 && likeliest.predicate < 0 && likeliest.printedAs === null) {
    const { isPlain, selector } = factsOf(likeliest)
    if (isPlain) {
      take(selector, operands, accepts)
      return
    }
  }
  let first: EncodeError | null = null
  for (const meaning of meanings) {
    const { mnemonic } = meaning
    const { selector } = factsOf(meaning)
    const accepted = acceptance(meaning, accepts)
    const completed = complete(meaning, operands)
    const others = completions(meaning, operands)
    if (meanings.length === 1 && others.length === 0) {
      take(selector, completed, accepted)
      return
    }
    // To say why no form fits takes long: where another is meant, it is not asked.
    for (const each of [completed, ...others]) {
      const isKnown = accepted === null && selector.knows(each)
      if (!isKnown && !hasForm(mnemonic, each, accepted)) continue
      const refused = refusal(take, selector, each, accepted)
      if (refused === null) return
      first ??= refused
    }
  }
  if (first === null) {
    take(factsOf(likeliest).selector, complete(likeliest, operands), acceptance(likeliest, accepts))
  }
  throw first!
}
