/** How a compiled product runs: what a kernel's call, its asynchronous call and its packing come down to. */
import { ARGUMENT_BLOCK_BYTES } from '../microkernel/argument-block.ts'
import type { GemmPlan } from '../microkernel/plan.ts'
import { loadKernel, type NativeKernel } from '../runtime/kernel.ts'
import { Workspace } from '../runtime/workspace.ts'
import { AsynchronousCalls } from './asynchronous.ts'
import { type Call, type CallArguments, makeCall } from './call.ts'
import type { Compiled } from './compiled.ts'
import { SynchronousEngine } from './engine.ts'
import { setWord, wordOf } from './frame.ts'
import type { PackedPlaces, PackRun } from './packed.ts'
import type { Part } from './parts.ts'

export interface Running {
  readonly parts: readonly Part[]
  /** Most threads that a call uses. */
  readonly threads: number
  /** B as an array, or as the array of its panels. */
  readonly call: Call
  readonly async: (a: unknown, b: unknown, c: unknown, open?: CallArguments) => Promise<void>
  readonly pack: PackRun
  /** The native code, ready to be entered with the operands of the last call. Error where there is none. */
  native(): NativeKernel
  /** Error while asynchronous calls have not finished. */
  dispose(): void
}

/** On this CPU. `packed`: what is in a B that comes as panels. */
export function runNatively(plan: GemmPlan, compiled: Compiled, packed: PackedPlaces | null): Running {
  const engine = new SynchronousEngine(compiled.ownFrame, compiled.native)
  const later = new AsynchronousCalls(plan.problem, compiled, packed)
  return {
    parts: compiled.parts,
    threads: compiled.threads,
    call: makeCall(plan.problem, engine, packed),
    async: (a, b, c, open) => later.run(a, b, c, open),
    pack: packNatively,
    native: () => engine.ready(),
    dispose() {
      later.refuseRunning()
      compiled.dispose()
    },
  }
}

const packNatively: PackRun = ({ code, workspaceBytes }, from, to) => {
  const packer = loadKernel(code, { argumentBytes: ARGUMENT_BLOCK_BYTES })
  packer.block.u64[wordOf('b')] = from.at.bits
  packer.block.u64[wordOf('c')] = to.at.bits
  if (workspaceBytes > 0) setWord(packer.block, wordOf('workspace'), new Workspace().reserve(workspaceBytes))
  packer.run(from.array, to.array)
  packer.dispose()
}
