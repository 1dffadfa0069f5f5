/** Kinds of registers and addresses that kernels are made of. */
import type { Mem } from '../encoder/operands.ts'
import type { Space } from '../encoder/registers.ts'

export type VectorKind = 'ymm' | 'zmm'
/** What masks are held in: opmask registers, or vectors whose sign bits count (AVX2). */
export type MaskKind = 'k' | VectorKind
export type Address = Mem<0, Space, 'plain'>
