/** The order in which registers are tried: free of cost first, then short encodings, ties by number. */
import type { Abi } from './abi.ts'
import { WISH_ADDRESS, WISH_LOW } from './form-facts.ts'
import { BANK, BANK_COUNT, BANK_SIZE, BANK_START, RSP_UNIT } from './units.ts'

/** Physical units in order of preference, by bank and wishes. */
export type Preference = readonly (readonly Int32Array[])[]

const RBP = 5
const R12 = 12
const R13 = 13

/** What giving out general register `number` costs, in an order of magnitude for each reason. */
function generalCost(abi: Abi, number: number, wishes: number): number {
  const saved = abi.calleeSaved.findIndex((reg) => reg.id === number)
  // A callee-saved register costs a push and a pop; take them in the convention's order.
  const saving = saved < 0 ? 0 : 1000 + 10 * saved
  // REX costs a byte where low registers are wished for; elsewhere leave the low ones to those who wish.
  const prefix = ((wishes & WISH_LOW) !== 0) === number >= 8 ? 100 : 0
  // As bases, rbp and r13 need a displacement byte, r12 a SIB byte (SDM Vol. 2A, table 2-2 and 2-3).
  const isAwkward = number === RBP || number === R12 || number === R13
  return saving + prefix + ((wishes & WISH_ADDRESS) !== 0 && isAwkward ? 500 : 0)
}

/** Vectors that occur in VEX instructions start at 0, the others at 16, where only EVEX reaches. */
const vectorCost = (number: number, wishes: number): number =>
  (wishes & WISH_LOW) === 0 && number < 16 ? 100 : 0

function orderOf(abi: Abi, bank: number, wishes: number): Int32Array {
  const cost = (number: number): number =>
    bank === BANK.gp
      ? generalCost(abi, number, wishes)
      : bank === BANK.vector
        ? vectorCost(number, wishes)
        : 0
  const numbers = Array.from({ length: BANK_SIZE[bank as 0] }, (_, number) => number)
  const start: number = BANK_START[bank as 0]
  const units = numbers.sort((a, b) => cost(a) - cost(b) || a - b).map((number) => start + number)
  return Int32Array.from(units.filter((unit) => unit !== RSP_UNIT))
}

const known = new WeakMap<Abi, Preference>()

export function preferenceOf(abi: Abi): Preference {
  let preference = known.get(abi)
  if (preference === undefined) {
    preference = Array.from({ length: BANK_COUNT }, (_, bank) =>
      Array.from({ length: (WISH_LOW | WISH_ADDRESS) + 1 }, (_, wishes) => orderOf(abi, bank, wishes)),
    )
    known.set(abi, preference)
  }
  return preference
}
