/** Finds the instruction that a mnemonic and operands in text mean. */
import { EncodeError } from './errors.ts'
import { encodableForms } from './forms.ts'
import { Displacement, type Operand } from './operands.ts'
import type { Meaning } from './parse-names.ts'

/** Takes an instruction, or throws EncodeError. */
export type Taker = (mnemonic: string, operands: readonly Operand[]) => void

/** Operands that text leaves out, by mnemonic: which of the given ones stand where. */
const REPEATED: Readonly<Record<string, readonly number[]>> = {
  // imul eax, 5 is imul eax, eax, 5.
  imul: [0, 0, 1],
}

/** What the forms of an instruction tell about the operands that text gives. */
interface Facts {
  /** Index of the operand that is a branch target; −1 when there is none. */
  readonly target: number
  /** Numbers of operands, as bits, which become those of a form with a 1 behind them: `shl eax`. */
  readonly hidesOne: number
}

const known = new Map<string, Facts>()

function factsOf(mnemonic: string): Facts {
  let facts = known.get(mnemonic)
  if (facts === undefined) {
    const forms = encodableForms(mnemonic)
    const counts = forms.reduce((bits, { slots }) => bits | (1 << slots.length), 0)
    const ones = forms.filter(({ operands, slots }) => operands[slots.length - 1]?.token === '1')
    facts = {
      target: forms.find((form) => form.displacementIndex >= 0)?.displacementIndex ?? -1,
      hidesOne: ones.reduce((bits, { slots }) => bits | (1 << (slots.length - 1)), 0) & ~counts,
    }
    known.set(mnemonic, facts)
  }
  return facts
}

/** The operands as the instruction has them: with the predicate of its name, a hidden 1, a target as displacement. */
function complete({ mnemonic, predicate }: Meaning, operands: readonly Operand[]): readonly Operand[] {
  if (predicate >= 0) return [...operands, predicate]
  const { hidesOne, target } = factsOf(mnemonic)
  if ((hidesOne >> operands.length) & 1) return [...operands, 1]
  const place = operands[target]
  // As LLVM prints it: counted from the end of the instruction.
  return typeof place === 'number' ? operands.with(target, new Displacement(place)) : operands
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
  for (const meaning of meanings) {
    const { mnemonic } = meaning
    const refused = refusal(mnemonic, complete(meaning, operands), take)
    if (refused === null) return
    first ??= refused
    const indices = REPEATED[mnemonic]
    if (indices === undefined || operands.length !== Math.max(...indices) + 1) continue
    const repeated = indices.map((index) => operands[index]!)
    if (refusal(mnemonic, repeated, take) === null) return
  }
  throw first!
}
