/** What LIBXSMM 2.x's kernels are asked for and called with. */
import type { FloatType } from '../native/operands.ts'

/** libxsmm_gemm_shape: sizes, leading dimensions, data types; 32 bits each. */
export const SHAPE_FIELDS = ['m', 'n', 'k', 'lda', 'ldb', 'ldc', 'a', 'b', 'out', 'comp'] as const

/** C is written and not read. */
export const FLAG_BETA_0 = 4

/** libxsmm_datatype. */
export const DATATYPES: Readonly<Record<FloatType, number>> = { f64: 0, f32: 1 }

/** libxsmm_gemm_param: four words of state, then six for each matrix, whose first is its address. */
export const PARAMETER_WORDS = 22
