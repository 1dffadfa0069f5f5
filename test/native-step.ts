/** Runs single instructions on the real CPU between a full load and a full store of the registers. */
import { Assembler } from '../src/encoder/assembler.ts'
import type { Inst } from '../src/encoder/form.ts'
import { dword, mem, qword, xmmword, ymmword, zmmword } from '../src/encoder/operands.ts'
import { k, r12, r13, r14, r15, r64, rbp, rbx, rdi, rsp, xmm, ymm, zmm } from '../src/encoder/registers.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { loadKernel } from '../src/runtime/kernel.ts'

/** What of the vector and mask registers can be loaded and stored here. */
export const VECTOR_STATE: 'avx512' | 'avx' | 'sse' = (() => {
  const { features } = cpuFeatures()
  if (features.has('AVX512F') && features.has('AVX512BW')) return 'avx512'
  return features.has('AVX') ? 'avx' : 'sse'
})()
export const VECTOR_COUNT: number = VECTOR_STATE === 'avx512' ? 32 : 16
export const VECTOR_STATE_BYTES: number = { avx512: 64, avx: 32, sse: 16 }[VECTOR_STATE]

/** Offsets within one state image. */
const GENERAL = 0
const OPMASKS = 128
const FLAGS = 192
const MXCSR = 200
const VECTORS = 256
export const IMAGE_BYTES: number = VECTORS + 32 * 64
/** Bytes around the middle that memory operands reach. */
export const DATA_BYTES = 1024
/** Room below rsp for the instruction's own pushes, and for a signal's frame. */
const BELOW = 65_536
/** What lies above rsp before the images: the caller's rsp and a little room. */
const SAVED = 64
const IMAGES = 128

/** Registers of the real CPU as one image; views share the bytes. */
export class Image {
  readonly general: BigUint64Array
  readonly opmasks: BigUint64Array
  readonly flags: BigUint64Array
  readonly mxcsr: Uint32Array
  readonly vectors: Uint8Array

  constructor(buffer: ArrayBufferLike, offset: number) {
    this.general = new BigUint64Array(buffer, offset + GENERAL, 16)
    this.opmasks = new BigUint64Array(buffer, offset + OPMASKS, 8)
    this.flags = new BigUint64Array(buffer, offset + FLAGS, 1)
    this.mxcsr = new Uint32Array(buffer, offset + MXCSR, 1)
    this.vectors = new Uint8Array(buffer, offset + VECTORS, 32 * 64)
  }
}

/** One instruction to run: images before and after, and the memory that it may touch. */
export interface Slot {
  readonly before: Image
  readonly after: Image
  readonly data: Uint8Array
  readonly dataAddress: number
}

/** A place in native memory for so many instructions. */
export class NativeSteps {
  readonly slots: readonly Slot[]
  /** rsp while an instruction runs. */
  readonly stackAddress: number
  readonly #kernel: ReturnType<typeof loadKernel>

  constructor(count: number) {
    const each = 2 * IMAGE_BYTES + DATA_BYTES
    this.#kernel = loadKernel(new Assembler().ret().finish(), {
      argumentBytes: BELOW + IMAGES + count * each,
    })
    const { block } = this.#kernel
    this.stackAddress = block.address + BELOW
    this.slots = Array.from({ length: count }, (_, index) => {
      const at = block.u32.byteOffset + BELOW + IMAGES + index * each
      const { buffer } = block.u32
      return {
        before: new Image(buffer, at),
        after: new Image(buffer, at + IMAGE_BYTES),
        data: new Uint8Array(buffer, at + 2 * IMAGE_BYTES, DATA_BYTES),
        dataAddress: block.address + BELOW + IMAGES + index * each + 2 * IMAGE_BYTES,
      }
    })
  }

  /** Runs `instructions[i]` in slot i. */
  run(instructions: readonly Inst[]): void {
    const each = 2 * IMAGE_BYTES + DATA_BYTES
    const a = new Assembler()
    for (const reg of [rbx, rbp, r12, r13, r14, r15]) a.push(reg)
    a.mov(mem(rdi, BELOW + SAVED), rsp)
    a.lea(rsp, mem(rdi, BELOW))
    for (const [index, { form, operands }] of instructions.entries()) {
      const before = IMAGES + index * each
      load(a, before)
      a.emitForm(form, operands)
      store(a, before + IMAGE_BYTES)
    }
    a.mov(rsp, qword(rsp, SAVED))
    for (const reg of [r15, r14, r13, r12, rbp, rbx]) a.pop(reg)
    a.sub(rsp, 8).mov(dword(rsp), 0x1f80).ldmxcsr(dword(rsp)).add(rsp, 8).cld()
    if (VECTOR_STATE !== 'sse') a.vzeroupper()
    const kernel = loadKernel(a.ret().finish(), { argumentBytes: 64 })
    kernel.call(this.#kernel.block.bits)
    kernel.dispose()
  }
}

function load(a: Assembler, at: number): void {
  a.ldmxcsr(dword(rsp, at + MXCSR))
  for (let i = 0; i < VECTOR_COUNT; i++) {
    const offset = at + VECTORS + 64 * i
    if (VECTOR_STATE === 'avx512') a.vmovups(zmm(i), zmmword(rsp, offset))
    else if (VECTOR_STATE === 'avx') a.vmovups(ymm(i), ymmword(rsp, offset))
    else a.movups(xmm(i), xmmword(rsp, offset))
  }
  if (VECTOR_STATE === 'avx512') for (let i = 0; i < 8; i++) a.kmovq(k(i), qword(rsp, at + OPMASKS + 8 * i))
  a.push(qword(rsp, at + FLAGS)).popfq()
  for (let i = 0; i < 16; i++) if (i !== 4) a.mov(r64(i), qword(rsp, at + GENERAL + 8 * i))
}

function store(a: Assembler, at: number): void {
  for (let i = 0; i < 16; i++) if (i !== 4) a.mov(qword(rsp, at + GENERAL + 8 * i), r64(i))
  a.pushfq()
    .pop(qword(rsp, at + FLAGS))
    .cld()
  a.stmxcsr(dword(rsp, at + MXCSR))
  for (let i = 0; i < VECTOR_COUNT; i++) {
    const offset = at + VECTORS + 64 * i
    if (VECTOR_STATE === 'avx512') a.vmovups(zmmword(rsp, offset), zmm(i))
    else if (VECTOR_STATE === 'avx') a.vmovups(ymmword(rsp, offset), ymm(i))
    else a.movups(xmmword(rsp, offset), xmm(i))
  }
  if (VECTOR_STATE === 'avx512') for (let i = 0; i < 8; i++) a.kmovq(qword(rsp, at + OPMASKS + 8 * i), k(i))
}
