/**
 * Pins: an operand that only one register can be (the cl of a shift) is written through that register, so that
 * a virtual register may stand there. Also gives the arguments their virtual registers.
 */
import type { EncodableForm } from '../encoder/encodable.ts'
import type { Operand } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { selectForm } from '../encoder/select.ts'
import type { Scheme } from '../encoder/tables/notation.ts'
import type { Abi } from './abi.ts'
import type { Draft } from './draft.ts'
import { AllocationError } from './errors.ts'
import type { VFunction, VInst, VItem } from './function.ts'
import { copyMnemonic } from './moves.ts'
import { BANK, bankOfReg } from './units.ts'

export function inst(mnemonic: string, operands: readonly Operand[]): VInst {
  return { kind: 'inst', form: selectForm(mnemonic, operands), operands }
}

/** Copies of general registers take the whole, which clears nothing. */
function copy(to: Reg, from: Reg, scheme: Scheme): VInst {
  const kind = bankOfReg(to) === BANK.gp ? 'r64' : to.kind
  return inst(copyMnemonic(kind, scheme), [to.as(kind), from.as(kind)])
}

/** The draft that a function starts as: its arguments moved from where the convention puts them. */
export function startDraft(source: VFunction, abi: Abi): Draft {
  const moves = source.params.map((param, index) => {
    const arrives = abi.params[index]
    if (arrives === undefined) {
      throw new AllocationError(
        source.name,
        `${source.params.length} parameters, but ${abi.name} passes ${abi.params.length} in registers; put the rest in an argument block`,
      )
    }
    return copy(param, arrives, 'legacy')
  })
  const origins = new Int32Array(moves.length + source.body.length)
  for (let i = 0; i < origins.length; i++) origins[i] = i < moves.length ? -1 : i - moves.length
  return {
    source,
    body: moves.length === 0 ? source.body : (moves as VItem[]).concat(source.body),
    origins,
    kinds: source.kinds,
    names: source.names,
    slots: new Map(),
    spilled: new Set(),
  }
}

/** Replaces virtual registers at fixed operands of the instructions at `pinned` by the registers themselves. */
export function pinFixedOperands(draft: Draft, pinned: readonly number[]): Draft {
  const body: VItem[] = []
  const origins: number[] = []
  const add = (item: VItem, origin: number): void => {
    body.push(item)
    origins.push(origin)
  }
  const at = new Set(pinned)
  for (const [i, item] of draft.body.entries()) {
    if (item.kind !== 'inst' || !at.has(i)) {
      add(item, draft.origins[i]!)
      continue
    }
    const { scheme } = item.form as EncodableForm
    const after: VInst[] = []
    const operands = item.operands.map((operand, index) => {
      const { fixed, access } = item.form.operands[index]!
      if (fixed === null || !(operand instanceof Reg) || !operand.isVirtual) return operand
      if (access !== 'w') add(copy(fixed, operand, scheme), -1)
      if (access !== 'r') after.push(copy(operand, fixed, scheme))
      return fixed
    })
    add(inst(item.form.mnemonic, operands), draft.origins[i]!)
    for (const move of after) add(move, -1)
  }
  return { ...draft, body, origins: Int32Array.from(origins) }
}
