/** String instructions: moves, stores, loads, comparisons and searches at rsi and rdi, once or repeated by rcx. */
import { Mem } from '../encoder/operands.ts'
import { type Instruction, NoSemantics, type Semantics, type SemanticsTable } from './instruction.ts'
import { integerSemantics } from './integer.ts'
import type { State } from './state.ts'

const RCX = 1
const RSI = 6
const RDI = 7
const SUFFIXES = { b: 1n, w: 2n, d: 4n, q: 8n } as const

/** What one element is: a plain instruction with the same operands, and the registers that move on. */
interface Kind {
  readonly element: Semantics
  readonly moves: readonly number[]
  /** Repetition ends by ZF too. */
  readonly compares: boolean
}

const { cmp, mov } = integerSemantics as { readonly cmp: Semantics; readonly mov: Semantics }
const KINDS: Readonly<Record<string, Kind>> = {
  movs: { element: mov, moves: [RSI, RDI], compares: false },
  stos: { element: mov, moves: [RDI], compares: false },
  lods: { element: mov, moves: [RSI], compares: false },
  cmps: { element: cmp, moves: [RSI, RDI], compares: true },
  scas: { element: cmp, moves: [RDI], compares: true },
}

type Repeat = 'once' | 'rep' | 'repne'

function compile(
  { compares, element, moves }: Kind,
  bytes: bigint,
  repeat: Repeat,
  state: State,
  instruction: Instruction,
): () => void {
  for (const operand of instruction.operands) {
    if (operand instanceof Mem && operand.base?.kind !== 'r64')
      throw new NoSemantics('32-bit addresses of a string')
  }
  const run = element(state, instruction)
  const { flags } = state
  const { u64 } = state.general
  const one = (): void => {
    run()
    const step = flags.direction === 0 ? bytes : -bytes
    for (const register of moves) u64[register] = u64[register]! + step
  }
  if (repeat === 'once') return one
  const endsAt = repeat === 'repne'
  // A fault in the middle leaves the registers at the element that raised it, as the CPU does.
  return () => {
    while (u64[RCX] !== 0n) {
      one()
      u64[RCX] = u64[RCX]! - 1n
      if (compares && flags.zero() === endsAt) return
    }
  }
}

/** movsd and cmpsd are also names of floating-point instructions, which have a vector among their operands. */
function orElse(string: Semantics, other: Semantics | undefined): Semantics {
  if (other === undefined) return string
  return (state, instruction) =>
    (instruction.form.operands.some(({ token }) => token === '<rdi>') ? string : other)(state, instruction)
}

/** The instructions; `others` are those that share a mnemonic with one of them. */
export function stringSemantics(others: SemanticsTable): SemanticsTable {
  const result: Record<string, Semantics> = {}
  for (const [name, kind] of Object.entries(KINDS)) {
    for (const [suffix, bytes] of Object.entries(SUFFIXES)) {
      for (const repeat of ['once', 'rep', 'repne'] as const) {
        if (repeat === 'repne' && !kind.compares) continue
        const mnemonic = `${repeat === 'once' ? '' : `${repeat} `}${name}${suffix}`
        const string: Semantics = (state, instruction) => compile(kind, bytes, repeat, state, instruction)
        result[mnemonic] = orElse(string, others[mnemonic])
      }
    }
  }
  return result
}
