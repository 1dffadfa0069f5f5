/** Lowers a batch: the same product on one set of matrices after another. */
import { byte, mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { MaskKind, VectorKind } from '../operand-kinds.ts'
import { STORAGE_BYTES } from '../product-type.ts'
import { advance, copy, scale } from '../quantity.ts'
import type { BatchLoop, OperandName, Size } from '../tile-program.ts'
import { type Cursor, counted, type Environment, type Lowering } from './environment.ts'

const OPERANDS: readonly OperandName[] = ['A', 'B', 'C']

export function lowerBatchLoop<K extends VectorKind, M extends MaskKind>(
  cx: Lowering<K, M>,
  { count, matrices }: BatchLoop,
  env: Environment<M>,
  body: (env: Environment<M>) => void,
): void {
  const { f, program } = cx
  const place = (name: OperandName): V<'r64'> => copy(f, env.cursors[name].base, `${name}.batch`)
  const places = { A: place('A'), B: place('B'), C: place('C') }
  const problem = (base: (name: OperandName) => V<'r64'>): Environment<M> => {
    const at = (name: OperandName): Cursor => ({ ...env.cursors[name], base: base(name) })
    return { ...env, cursors: { ...env.cursors, A: at('A'), B: at('B'), C: at('C') } }
  }
  const problems = cx.size(count, 'batch')
  if (matrices === 'pointers') {
    counted(f, 'batch', problems, false, () => {
      body(
        problem((name) => {
          const base = f.gp(`${name}.problem`)
          f.mov(base, mem(places[name]))
          return base
        }),
      )
      for (const name of OPERANDS) f.add(places[name], 8)
    })
    return
  }
  const strides = OPERANDS.map((name) => {
    const { argument } = program.matrices[name]
    const bytes = STORAGE_BYTES[cx.storage[name]]
    return scale(f, cx.size(matrices[name], `stride_${argument}`), bytes, `${name}.stride`)
  })
  counted(f, 'batch', problems, false, () => {
    prefetchNext(cx, matrices, places)
    body(problem((name) => places[name]))
    for (const [index, name] of OPERANDS.entries()) advance(f, places[name], strides[index]!)
  })
}

/** Problems ahead whose matrices are asked for: the time of one is about the latency of L3 for the smallest. */
const PROBLEMS_AHEAD = 2
/** Matrices larger than this are streams that the hardware follows. */
const MOST_BYTES = 2048
const LINE_BYTES = 64

/** Small matrices are over before a prefetcher has seen a pattern in them. */
function prefetchNext<K extends VectorKind, M extends MaskKind>(
  { f, storage }: Lowering<K, M>,
  matrices: Readonly<Record<OperandName, Size>>,
  places: Readonly<Record<OperandName, V<'r64'>>>,
): void {
  for (const name of OPERANDS) {
    const stride = matrices[name]
    const elementBytes = STORAGE_BYTES[storage[name]]
    if (stride === 'runtime' || stride === 0 || stride * elementBytes > MOST_BYTES) continue
    const bytes = stride * elementBytes
    for (let at = 0; at < bytes; at += LINE_BYTES) {
      f.prefetcht0(byte(places[name], PROBLEMS_AHEAD * bytes + at))
    }
  }
}
