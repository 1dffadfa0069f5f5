/** VFunction → VFunction: moves each load down to just before its first use, so that it holds a register no longer than needed. */
import { visitRegisters } from '../encoder/effects.ts'
import { Mem } from '../encoder/operands.ts'
import type { VFunction, VInst, VItem } from '../regalloc/function.ts'

/** What one instruction touches, as far as reordering cares. */
interface Effects {
  readonly reads: readonly number[]
  readonly writes: readonly number[]
  readonly storesMemory: boolean
  /** A plain load into a virtual register: nothing but its address is read, no flags are involved. */
  readonly isLoad: boolean
}

function effectsOf({ form, operands }: VInst): Effects {
  const reads: number[] = []
  const writes: number[] = []
  let memoryRead = false
  let storesMemory = form.control !== 'next'
  let simple = form.flagsRead === '' && form.flagsWritten === '' && operands.length === 2
  visitRegisters(form, operands, (reg, access) => {
    if (!reg.isVirtual) simple = false
    if (access !== 'w') reads.push(reg.id)
    if (access !== 'r') writes.push(reg.id)
  })
  for (const [index, operand] of operands.entries()) {
    if (!(operand instanceof Mem)) continue
    const access = form.operands[index]?.access
    if (access === 'r') memoryRead = true
    if (access === 'w' || access === 'rw') storesMemory = true
  }
  const isLoad = simple && memoryRead && !storesMemory && writes.length === 1 && !reads.includes(writes[0]!)
  return { reads, writes, storesMemory, isLoad }
}

/** Sinks the loads of one straight run. A load passes neither a store nor a write to its address registers. */
function sinkLoads(run: readonly VInst[]): readonly VInst[] {
  const ordered: VInst[] = []
  let waiting: { readonly inst: VInst; readonly effects: Effects }[] = []
  for (const inst of run) {
    const effects = effectsOf(inst)
    waiting = waiting.filter((load) => {
      const to = load.effects.writes[0]!
      const due =
        effects.storesMemory ||
        effects.reads.includes(to) ||
        effects.writes.includes(to) ||
        effects.writes.some((id) => load.effects.reads.includes(id))
      if (due) ordered.push(load.inst)
      return !due
    })
    if (effects.isLoad) waiting.push({ inst, effects })
    else ordered.push(inst)
  }
  ordered.push(...waiting.map(({ inst }) => inst))
  return ordered
}

/** Orders every straight run of instructions; labels, loop marks and branches stay where they are. */
export function order(fn: VFunction): VFunction {
  const body: VItem[] = []
  let run: VInst[] = []
  const flush = (): void => {
    body.push(...sinkLoads(run))
    run = []
  }
  for (const item of fn.body) {
    if (item.kind === 'inst') run.push(item)
    else {
      flush()
      body.push(item)
    }
  }
  flush()
  return Object.freeze({ ...fn, body: Object.freeze(body) })
}
