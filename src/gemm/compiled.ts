/** A plan made native: the code to enter, and frames to enter it with. */
import { ARGUMENT_BLOCK_BYTES } from '../microkernel/argument-block.ts'
import { type GeneratedGemm, generateGemm } from '../microkernel/generate.ts'
import type { GemmPlan } from '../microkernel/plan.ts'
import type { HostName } from '../runtime/hosts/host.ts'
import { loadKernel, type NativeKernel } from '../runtime/kernel.ts'
import { type Frame, SingleFrame } from './frame.ts'
import type { Slice } from './slices.ts'

/** Code that computes a slice of C, or all of it. */
export interface Part {
  /** Null where each call decides anew. */
  readonly slice: Slice | null
  readonly generated: GeneratedGemm
}

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

/** The listings of the distinct kernels, each below the slices that it computes. */
export function listingOf(parts: readonly Part[]): string {
  if (parts.length === 1) return parts[0]!.generated.listing
  const slices = new Map<GeneratedGemm, string[]>()
  for (const { slice, generated } of parts) {
    const texts = slices.get(generated) ?? []
    slices.set(generated, texts)
    if (slice !== null) texts.push(sliceText(slice))
  }
  return [...slices].map(([{ listing }, texts]) => `; ${texts.join('; ')}\n${listing}`).join('\n')
}

/** `rows 0–511, columns 0–1023`. */
export function sliceText({ m, n, batch }: Slice): string {
  const range = (name: string, { start, count }: Slice['m']): string =>
    `${name} ${start}–${start + count - 1}`
  return [
    ...(batch.count > 1 || batch.start > 0 ? [range('products', batch)] : []),
    range('rows', m),
    range('columns', n),
  ].join(', ')
}
