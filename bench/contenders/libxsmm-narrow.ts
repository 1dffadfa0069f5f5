/** LIBXSMM 1.x's kernels of bf16 and 8-bit integers, on a B in VNNI form. Its 1.17 has them for AVX-512 alone. */
import { host } from '../../src/runtime/hosts/select.ts'
import { PRODUCT_TYPES, type ProductType } from '../../src/schedule/product-type.ts'
import { CallLoop } from '../native/call-loop.ts'
import type { Elements, Operands } from '../native/operands.ts'
import type { SharedObject } from '../native/shared-object.ts'
import { Declined, type Prepared, type Setting } from './contender.ts'

/** Column-major: its A is our B, so the letters of integer kernels name B's type first. */
const DISPATCH: Readonly<Partial<Record<ProductType, string>>> = {
  bf16: 'libxsmm_bsmmdispatch',
  u8s8: 'libxsmm_subimmdispatch',
  s8s8: 'libxsmm_ssbimmdispatch',
  u8u8: 'libxsmm_uubimmdispatch',
}
/** LIBXSMM_GEMM_FLAG_VNNI_A and _BETA_0 of 1.17. */
const FLAGS = 32768 | 16

/** B's elements as [⌊k / group⌋][n][k mod group]. */
function vnni(b: Elements, n: number, k: number, group: number): Elements {
  const packed = b.slice() as Elements
  for (let p = 0; p < k; p++) {
    const to = Math.floor(p / group) * group * n + (p % group)
    for (let j = 0; j < n; j++) packed[to + j * group] = b[p * n + j]!
  }
  return packed
}

/** Declined, with what the library said by returning no kernel, where it has none for the type on this CPU. */
export function prepareNarrow(
  library: SharedObject,
  { packed }: Pick<Setting, 'packed'>,
  operands: Operands,
): Prepared {
  const { shape, type, problems, a, b, c } = operands
  const { m, n, k } = shape
  const { group, sum } = PRODUCT_TYPES[type]
  const name = DISPATCH[type]
  if (name === undefined || library.find(name) === null)
    throw new Declined(`no products of ${type} in this version`)
  const pointers = ['void *', 'void *', 'void *', 'void *', 'void *', 'void *', 'void *']
  const find = library.function<(...args: readonly unknown[]) => number | bigint>(
    'int64',
    ['int', 'int', 'int', ...pointers],
    name,
  )
  const Sums = sum === 's32' ? Int32Array : Float32Array
  const address = Number(find(n, m, k, null, null, null, Sums.of(1), Sums.of(0), Int32Array.of(FLAGS), null))
  const architecture = library.function<() => string>('str', [], 'libxsmm_get_target_arch')()
  if (address === 0)
    throw new Declined(`no kernel of ${type} for ${architecture}: LIBXSMM 1.17 has them for AVX-512`)
  if (!packed) throw new Declined(`${type} with B in VNNI form only (--packed)`)
  if (k % group !== 0) throw new Declined(`k must be a multiple of ${group} for ${type}`)
  const kept: unknown[] = [operands]
  const loop = new CallLoop({
    ...{ passing: { integers: 3, scalars: 0 }, address, recordBytes: 24, records: problems, kept },
  })
  for (let problem = 0; problem < problems; problem++) {
    const panels = vnni(b.problem(problem), n, k, group)
    kept.push(panels)
    loop.setInteger(problem, 0, BigInt(host().addressOf(panels)))
    loop.setInteger(problem, 1, a.addressOf(problem))
    loop.setInteger(problem, 2, c.addressOf(problem))
  }
  return {
    packed: true,
    problemsPerCall: 1,
    timing: 'kernel',
    synchronous: true,
    time: (calls) => loop.time(calls),
    dispose: () => loop.dispose(),
  }
}
