/** Lowers the end of a register tile: C = alpha·sums + beta·C, reading C only where beta asks for it. */
import type { V } from '../../regalloc/function.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { PRODUCT_TYPES, type ProductFacts, type ProductType, STORAGE_BYTES } from '../product-type.ts'
import type { Lines } from './addresses.ts'
import type { Environment, Factor, Lowering } from './environment.ts'
import { loadsOfC, storesOfC } from './result.ts'

/** The bits of a number in a type of sums, as an unsigned integer. */
export function factorBits(value: number, type: ProductFacts['sum']): bigint {
  if (type === 's32') return BigInt.asUintN(32, BigInt(value))
  const bits = new DataView(new ArrayBuffer(8))
  if (type === 'f32') {
    bits.setFloat32(0, value)
    return BigInt(bits.getUint32(0))
  }
  bits.setFloat64(0, value)
  return bits.getBigUint64(0)
}

/** The bits in a register of their own, which the caller may change. */
export function factorInRegister<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  factor: Factor,
  name: string,
): V<'r64'> {
  const { f } = cx
  const to = f.gp(name)
  if (typeof factor === 'number') f.mov(to, factorBits(factor, sumOf(cx)))
  else f.mov(to, factor)
  return to
}

/** What sums are kept in. */
const sumOf = ({ program }: { readonly program: { readonly type: ProductType } }): ProductFacts['sum'] =>
  PRODUCT_TYPES[program.type].sum

function splat<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  factor: Factor,
  name: string,
): V<K> {
  const to = cx.f.reg(cx.machine.vector, name)
  const bits = typeof factor === 'number' ? factorInRegister(cx, factor, `${name}.bits`) : factor
  cx.kernel.splat(cx.f, to, bits)
  return to
}

type Sums<K extends VectorKind> = readonly (readonly V<K>[])[]

/** Whether what C holds belongs to the sums as it is: then they may begin with it. */
export const canGoOn = <K extends VectorKind, M extends MaskKind>(
  { program, storage }: Lowering<K, M>,
  { alpha, beta, cursors }: Environment<M>,
): boolean =>
  beta === 1 &&
  alpha === 1 &&
  program.requantise === null &&
  cursors.rowTerms === undefined &&
  storage.C === PRODUCT_TYPES[program.type].sum

export function lowerEpilogue<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  c: Lines,
): void {
  const { f } = cx
  applyAlpha(cx, env, sums)
  const { beta } = env
  if (beta === 0) {
    store(cx, env, sums, c)
    return
  }
  if (typeof beta === 'number') {
    addC(cx, env, sums, c, beta)
    store(cx, env, sums, c)
    return
  }
  const done = f.label('beta.done')
  testZero(cx, beta)
  f.je(done)
  addC(cx, env, sums, c, beta)
  f.bind(done)
  store(cx, env, sums, c)
}

/** Sets the zero flag when a factor is 0 or −0: doubling a float's bits shifts out the sign. */
function testZero<K extends VectorKind, M extends MaskKind>(cx: Lowering<K, M>, bits: V<'r64'>): void {
  const { f } = cx
  const sum = sumOf(cx)
  if (sum === 's32') {
    f.test(bits.as('r32'), bits.as('r32'))
    return
  }
  const magnitude = f.gp('magnitude')
  f.mov(magnitude, bits)
  if (sum === 'f32') f.add(magnitude.as('r32'), magnitude.as('r32'))
  else f.add(magnitude, magnitude)
}

/** sums *= alpha. With alpha = 0 they become 0, whatever A and B held: NaN times 0 would not. */
function applyAlpha<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { alpha }: Environment<M>,
  sums: Sums<K>,
): void {
  const { f, kernel } = cx
  if (alpha === 1) return
  const multiply = (): void => {
    const factor = splat(cx, alpha, 'alpha')
    for (const sum of sums.flat()) kernel.multiply(f, sum, sum, factor)
  }
  if (typeof alpha === 'number') {
    multiply()
    return
  }
  const zero = f.label('alpha.zero')
  const done = f.label('alpha.done')
  testZero(cx, alpha)
  f.je(zero)
  multiply()
  f.jmp(done)
  f.bind(zero)
  for (const sum of sums.flat()) kernel.zero(f, sum)
  f.bind(done)
}

/** sums += beta·C, through one register of C at a time. */
function addC<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  c: Lines,
  beta: Factor,
): void {
  const { f, machine, kernel } = cx
  const factor = beta === 1 ? null : splat(cx, beta, 'beta')
  const load = loadsOfC(cx, env)
  for (let i = 0; i < sums.length; i++) {
    const row = sums[i]!
    for (let j = 0; j < row.length; j++) {
      const sum = row[j]!
      const old = f.reg(machine.vector, 'old')
      const from = c.at(i, j * cx.lanes * STORAGE_BYTES[cx.storage.C])
      load(old, from, j === row.length - 1)
      if (factor === null) kernel.add(f, sum, sum, old)
      else kernel.addScaled(f, sum, old, factor)
    }
  }
}

function store<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  env: Environment<M>,
  sums: Sums<K>,
  c: Lines,
): void {
  const bytes = cx.lanes * STORAGE_BYTES[cx.storage.C]
  const put = storesOfC(cx, env, sums[0]?.length ?? 0)
  for (const [i, row] of sums.entries()) {
    for (const [j, sum] of row.entries()) put(c.at(i, j * bytes), sum, j)
  }
}
