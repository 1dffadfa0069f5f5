/** A plan made native: the code to enter, and frames to enter it with. */
import { ARGUMENT_BLOCK_BYTES } from '../microkernel/argument-block.ts'
import { type GeneratedGemm, generateGemm } from '../microkernel/generate.ts'
import type { GemmPlan } from '../microkernel/plan.ts'
import type { HostName } from '../runtime/hosts/host.ts'
import { loadKernel, type NativeKernel } from '../runtime/kernel.ts'
import { type Frame, SingleFrame } from './frame.ts'
import type { Part } from './parts.ts'

export interface Compiled {
  /** The code that frames are entered with; its own block is the synchronous frame's. */
  readonly native: NativeKernel
  /** What runs, in the order of the slices. Parts of one shape share their code. */
  readonly parts: readonly Part[]
  /** Most threads that a call uses. */
  readonly threads: number
  /** The frame of the kernel's own block. */
  readonly ownFrame: Frame
  /** Another frame, for a call that overlaps with others in time. */
  newFrame(): Frame
  dispose(): void
}

/** One kernel for all of C. */
export function compileSingle(plan: GemmPlan, host: HostName | undefined): Compiled {
  const generated = generateGemm(plan)
  const native = loadPart(generated, host)
  return {
    native,
    parts: [{ slice: null, generated }],
    threads: 1,
    ownFrame: new SingleFrame(plan, native.block),
    newFrame: () => new SingleFrame(plan),
    dispose: () => native.dispose(),
  }
}

export function loadPart({ code }: GeneratedGemm, host: HostName | undefined): NativeKernel {
  return loadKernel(code, { argumentBytes: ARGUMENT_BLOCK_BYTES, ...(host === undefined ? {} : { host }) })
}
