/** Reads what a call brings: addresses, sizes and factors in the argument block, and where each matrix begins. */
import { mem } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import { PRODUCT_TYPES, STORAGE_BYTES, type Storage } from '../product-type.ts'
import { type Quantity, scale } from '../quantity.ts'
import {
  type Dim,
  type MatrixRef,
  type OperandName,
  type Scalar,
  ScheduleError,
  type Size,
  type TileProgram,
} from '../tile-program.ts'
import type { Cursor, Factor } from './environment.ts'

/** The argument block as a lowering sees it. */
export interface Arguments {
  /** A field. ScheduleError when the program has none of that name. */
  readonly parameter: (name: string) => V<'r64'>
  readonly size: (value: Size, name: string) => Quantity
  readonly factor: (scalar: Scalar, name: string) => Factor
  /** A matrix from its first element on, strides of k in units. */
  readonly cursor: (matrix: MatrixRef) => Cursor
  /** What the matrices hold. */
  readonly storage: Readonly<Record<OperandName, Storage>>
  /** Where panels of B are: the field that holds their address. */
  readonly panelsAt: string
}

/** Elements of `group` K-steps are one unit. */
export function argumentsOf(f: Recorder, program: TileProgram, group: number): Arguments {
  const argblock = f.params[0]!
  const { A, B } = program.matrices
  const facts = PRODUCT_TYPES[program.type]
  const held = { a: facts.a, b: facts.b, c: program.output }
  const parameter = (name: string): V<'r64'> => {
    const place = program.parameters.find((p) => p.name === name)
    if (place === undefined) throw new ScheduleError(`lower: the program has no parameter ${name}`)
    const value = f.gp(name)
    f.mov(value, mem(argblock, place.offset))
    return value
  }
  const size = (value: Size, name: string): Quantity => (value === 'runtime' ? parameter(name) : value)
  return {
    parameter,
    size,
    factor: (scalar, name) => (scalar === 'runtime' ? parameter(name) : scalar),
    cursor: (matrix) => {
      const bytes = STORAGE_BYTES[held[matrix.argument]]
      const base = parameter(matrix.argument)
      const ld = scale(f, size(matrix.ld, `ld${matrix.argument}`), bytes, `ld${matrix.name}`)
      const [outer, inner] = matrix.dims
      const along = (dim: Dim, stride: Quantity): Quantity =>
        dim === 'k' ? scale(f, stride, group, `${matrix.name}.unit`) : stride
      const strides = { [outer]: along(outer, ld), [inner]: along(inner, bytes) }
      return {
        base,
        offset: 0,
        strides,
        step: outer === 'k' ? ld : bytes,
        isPadded: undefined,
        plane: undefined,
      }
    },
    storage: { A: held[A.argument], B: held[B.argument], C: held.c },
    panelsAt: {
      ...{ block: 'workspace', one: 'workspace', slots: 'workspace' },
      ...{ given: B.argument, result: 'c' },
    }[program.panels],
  }
}
