/** Lines a PFunction up with the VFunction it came from: which instruction is which, and what was left out. */
import { Label, Mem, type Operand } from '../encoder/operands.ts'
import { Reg } from '../encoder/registers.ts'
import { CheckError } from './errors.ts'
import type { PFunction, PInst, PItem, VFunction, VInst, VItem } from './function.ts'
import { sameButRegisters } from './readdress.ts'
import { recomputation } from './rematerialise.ts'
import { RSP_UNIT, unitOf } from './units.ts'

/** What happens at one point, in order of the body. */
export type Step =
  /** An instruction of the VFunction, on physical registers. */
  | { readonly kind: 'same'; readonly v: VInst; readonly p: PInst; readonly at: number }
  /** A VFunction's copy or constant that has no instruction of its own. */
  | { readonly kind: 'left-out'; readonly v: VInst; readonly at: number }
  /** The definition of a constant, once more. */
  | { readonly kind: 'again'; readonly v: VInst; readonly p: PInst; readonly at: number }
  /** Added by the allocator: frame, loads, stores, copies. */
  | { readonly kind: 'added'; readonly p: PInst; readonly at: number }
  | { readonly kind: 'label'; readonly label: Label; readonly at: number }

/** `at` in errors counts the PFunction's items. */
export function match(v: VFunction, p: PFunction): readonly Step[] {
  const steps: Step[] = []
  let next = 0
  const fail = (at: number, reason: string): never => {
    throw new CheckError(v.name, `item ${at}: ${reason}`)
  }
  /** Steps over instructions that were left out, up to the VFunction's item `until`. */
  const leaveOut = (until: number, at: number): void => {
    for (; next < until; next++) {
      const item = v.body[next]!
      if (item.kind === 'inst') steps.push({ kind: 'left-out', v: item, at })
      else fail(at, `the ${item.kind} at item ${next} of the function is missing`)
    }
  }
  for (const [at, item] of p.body.entries()) {
    if (item.kind !== 'inst') {
      const mark = v.body.findIndex((candidate, index) => index >= next && candidate.kind !== 'inst')
      leaveOut(mark < 0 ? v.body.length : mark, at)
      if (!sameMark(v.body[next], item)) fail(at, `${item.kind} does not stand where the function has it`)
      next++
      if (item.kind === 'label') steps.push({ kind: 'label', label: item.label, at })
      continue
    }
    if (item.origin < 0) {
      steps.push({ kind: 'added', p: item, at })
      continue
    }
    const original = v.body[item.origin]
    if (original?.kind !== 'inst') return fail(at, `its origin ${item.origin} is no instruction`)
    if (item.origin < next) {
      steps.push({ kind: 'again', v: original, p: item, at })
      continue
    }
    leaveOut(item.origin, at)
    if (original.form.mnemonic === item.mnemonic) {
      steps.push({ kind: 'same', v: original, p: item, at })
    } else {
      steps.push({ kind: 'left-out', v: original, at }, { kind: 'again', v: original, p: item, at })
    }
    next++
  }
  leaveOut(v.body.length, p.body.length)
  return steps
}

function sameMark(a: VItem | undefined, b: PItem): boolean {
  if (a === undefined || a.kind !== b.kind) return false
  if (a.kind === 'label' && b.kind === 'label') return a.label === b.label
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The recomputation that an `again` step must be, before its register was chosen; null when it may not be any. */
export function expectedRecomputation(v: VFunction, definition: VInst): VInst | null {
  const target = definition.operands[0]
  if (!(target instanceof Reg) || !target.isVirtual) return null
  const unit = unitOf(target)
  const definitions = v.body.filter(
    (item) =>
      item.kind === 'inst' &&
      item.operands.some(
        (operand, index) =>
          operand instanceof Reg && unitOf(operand) === unit && item.form.operands[index]!.access !== 'r',
      ),
  )
  return definitions.length === 1 ? recomputation(definition, v.constants) : null
}

/** Pairs of registers that stand at the same place of an operand: the register itself, an opmask, an address register. */
export type RegisterPair = readonly [v: Reg, p: Reg]

/**
 * Pairs the registers of an operand with its physical counterpart; null when the two differ in anything
 * but register numbers.
 */
export function pairOperand(v: Operand, p: Operand): readonly RegisterPair[] | null {
  if (v instanceof Reg && p instanceof Reg) return pairRegisters(v, p)
  if (v instanceof Mem && p instanceof Mem) {
    if (!sameButRegisters(v, p)) return null
    const pairs: RegisterPair[] = []
    for (const [a, b] of [
      [v.base, p.base],
      [v.index, p.index],
      [v.opmask, p.opmask],
    ] as const) {
      if (a === null && b === null) continue
      const inner = a === null || b === null ? null : pairRegisters(a, b)
      if (inner === null) return null
      pairs.push(...inner)
    }
    return pairs
  }
  if (v instanceof Label || p instanceof Label) return v === p ? [] : null
  return v === p ? [] : null
}

function pairRegisters(v: Reg, p: Reg): readonly RegisterPair[] | null {
  if (p.isVirtual || v.kind !== p.kind || v.zeroing !== p.zeroing || v.rounding !== p.rounding) return null
  if (v.isVirtual ? unitOf(p) === RSP_UNIT : v.id !== p.id) return null
  if (v.opmask === null || p.opmask === null) return v.opmask === p.opmask ? [[v, p]] : null
  const opmasks = pairRegisters(v.opmask, p.opmask)
  return opmasks === null ? null : [[v, p], ...opmasks]
}
