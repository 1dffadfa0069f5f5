/** Finds the instruction that a mnemonic and operands in text mean. */
import type { EncodableForm } from './encodable.ts'
import { EncodeError } from './errors.ts'
import { encodableForms } from './forms.ts'
import { Displacement, type Operand } from './operands.ts'
import type { Meaning } from './parse-names.ts'

/** Takes an instruction, or throws EncodeError. */
export type Taker = (mnemonic: string, operands: readonly Operand[]) => void

/** Operands that text leaves out, by mnemonic: for each one that is needed, the index of the given one that it repeats. */
const REPEATED: Readonly<Record<string, readonly (readonly number[])[]>> = {
  // imul eax, 5 is imul eax, eax, 5.
  imul: [[0, 0, 1]],
}

/** Index of the operand that is a branch target, by mnemonic; −1 for instructions that have none. */
const targets = new Map<string, number>()

function targetIndex(mnemonic: string): number {
  let index = targets.get(mnemonic)
  if (index === undefined) {
    index = encodableForms(mnemonic).find((form) => form.displacementIndex >= 0)?.displacementIndex ?? -1
    targets.set(mnemonic, index)
  }
  return index
}

/** A number as a branch target is a displacement, counted from the end of the instruction, as LLVM prints it. */
function withTarget(mnemonic: string, operands: readonly Operand[]): readonly Operand[] {
  const index = targetIndex(mnemonic)
  const target = operands[index]
  if (typeof target !== 'number') return operands
  return operands.with(index, new Displacement(target))
}

function hidesOne(form: EncodableForm, count: number): boolean {
  return form.slots.length === count + 1 && form.operands[count]!.token === '1'
}

/** The operands with those that text may leave out: the 1 of `shl eax`, the second eax of `imul eax, 5`. */
function* completions(mnemonic: string, operands: readonly Operand[]): Generator<readonly Operand[]> {
  if (encodableForms(mnemonic).some((form) => hidesOne(form, operands.length))) yield [...operands, 1]
  for (const indices of REPEATED[mnemonic] ?? []) {
    const isEach = operands.length === Math.max(...indices) + 1
    if (isEach) yield indices.map((index) => operands[index]!)
  }
}

function refusal(mnemonic: string, operands: readonly Operand[], take: Taker): EncodeError | null {
  try {
    take(mnemonic, operands)
    return null
  } catch (error) {
    if (error instanceof EncodeError) return error
    throw error
  }
}

/** Gives `take` each instruction that the text may mean, until one is not refused. Throws the first refusal. */
export function takeMeaning(meanings: readonly Meaning[], operands: readonly Operand[], take: Taker): void {
  let first: EncodeError | null = null
  for (const { mnemonic, predicate } of meanings) {
    const all = predicate < 0 ? operands : [...operands, predicate]
    const given = typeof all[0] === 'number' ? withTarget(mnemonic, all) : all
    const refused = refusal(mnemonic, given, take)
    if (refused === null) return
    first ??= refused
    for (const completed of completions(mnemonic, given)) {
      if (refusal(mnemonic, completed, take) === null) return
    }
  }
  throw first!
}
