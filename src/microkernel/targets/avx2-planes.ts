/** How AVX2 multiplies bytes without making words of them first: unsigned ones in two planes, bits 0 to 6 and bit 7. */
import { type Mem, mem } from '../../encoder/operands.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { PlaneSteps } from '../../schedule/machine.ts'

const VECTOR_BYTES = 32

const bytes = (f: Recorder, value: number): Mem<0, 'physical', 'plain'> =>
  mem(f.constant(new Uint8Array(VECTOR_BYTES).fill(value), VECTOR_BYTES))

const words = (f: Recorder, value: number): Mem<0, 'physical', 'plain'> =>
  mem(f.constant(new Uint8Array(new Uint16Array(VECTOR_BYTES / 2).fill(value).buffer), VECTOR_BYTES))

export const planes: PlaneSteps<'ymm'> = {
  bits(f, isSmall) {
    const bits = f.ymm('bits')
    if (isSmall === null) {
      f.vmovups(bits, bytes(f, 0x7f))
      return bits
    }
    const both = new Uint8Array(2 * VECTOR_BYTES).fill(0x7f, 0, VECTOR_BYTES).fill(0xff, VECTOR_BYTES)
    const [at, offset] = [f.gp('bits.at'), f.gp('bits.offset')]
    f.lea(at, mem(f.constant(both, VECTOR_BYTES)))
    f.mov(offset, isSmall)
    f.shl(offset, Math.log2(VECTOR_BYTES))
    f.vmovups(bits, mem(at, offset, 1))
    return bits
  },
  split(f, from, bits) {
    const [lower, upper] = [f.ymm('lower'), f.ymm('upper')]
    const some = f.gp('some')
    f.vpand(lower, from, bits)
    f.vpsrlw(upper, from, 7)
    f.vpand(upper, upper, bytes(f, 1))
    f.vpmovmskb(some.as('r32'), from)
    return { lower, upper, some }
  },
  ones(f) {
    const ones = f.ymm('ones')
    f.vmovups(ones, words(f, 1))
    return ones
  },
  multiplyLower(f, sum, a, b, ones) {
    const products = f.ymm('products')
    f.vpmaddubsw(products, a, b)
    f.vpmaddwd(products, products, ones)
    f.vpaddd(sum, sum, products)
  },
  multiplyUpper(f, sum, a, b) {
    const products = f.ymm('products')
    f.vpmaddubsw(products, a, b)
    f.vpaddw(sum, sum, products)
  },
  units: 127,
  widen(f, sum, before) {
    f.vpmaddwd(sum, sum, words(f, 128))
    f.vpaddd(sum, sum, before)
  },
}
