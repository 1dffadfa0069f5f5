/** Lowers a batch: the same product on one set of matrices after another. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { MaskKind, VectorKind } from '../machine.ts'
import { advance, copy, scale } from '../quantity.ts'
import type { BatchLoop, OperandName } from '../tile-program.ts'
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
    return scale(f, cx.size(matrices[name], `stride_${argument}`), cx.elementBytes, `${name}.stride`)
  })
  counted(f, 'batch', problems, false, () => {
    body(problem((name) => places[name]))
    for (const [index, name] of OPERANDS.entries()) advance(f, places[name], strides[index]!)
  })
}
