/**
 * Turns table rows into typed methods, with mapped types alone: the operand column of each row is read by
 * the type checker, so that a wrong operand is a compile error and nothing is generated.
 *
 * Every operand string is looked up once (`Variants`), then rows are put together from those: the whole
 * table costs the type checker a fraction of a second.
 */
import type { Immediate, Label, Mem, MemDecoration, MemWidth } from './operands.ts'
import type { Reg, RegDecoration, RegKind, Space } from './registers.ts'
import type { aliases } from './tables/aliases.ts'
import type { Row, Table } from './tables/grammar.ts'
import { aliases as aliasNames, type InstructionTable, tables } from './tables/index.ts'

type R<K extends RegKind, S extends Space, D extends RegDecoration = 'plain'> = Reg<K, S, D>
/** Memory whose size is stated as W bits, or follows from the other operands. */
type M<W extends MemWidth, S extends Space, D extends MemDecoration = 'plain'> = Mem<W | 0, S, D>

/** Tokens that stand for one kind of operand. */
interface Constants<S extends Space> {
  r8: R<'r8' | 'r8h', S>
  r16: R<'r16', S>
  r32: R<'r32', S>
  r64: R<'r64', S>
  k: R<'k', S>
  tmm: R<'tmm', S>
  m: Mem<MemWidth, S, 'plain'>
  m8: M<8, S>
  m16: M<16, S>
  m32: M<32, S>
  m48: M<48, S>
  m64: M<64, S>
  m80: M<80, S>
  m128: M<128, S>
  m256: M<256, S>
  m512: M<512, S>
  sibmem: Mem<MemWidth, S, 'plain'>
  b16: M<16, S, 'bcst'>
  b32: M<32, S, 'bcst'>
  b64: M<64, S, 'bcst'>
  rel8: Label
  rel32: Label
  imm8: Immediate
  simm8: Immediate
  imm16: Immediate
  imm32: Immediate
  simm32: Immediate
  imm64: Immediate
  '1': Immediate
  al: R<'r8', S>
  ax: R<'r16', S>
  eax: R<'r32', S>
  rax: R<'r64', S>
  cl: R<'r8', S>
  dx: R<'r16', S>
  xmm0: R<'xmm', S>
}

interface VectorKinds {
  x: 'xmm'
  y: 'ymm'
  z: 'zmm'
}
interface GeneralKinds {
  w: 'r16'
  d: 'r32'
  q: 'r64'
}
interface MemoryWidths {
  b: 8
  w: 16
  d: 32
  q: 64
  x: 128
  y: 256
  z: 512
}
interface VectorIndices {
  x: 'vx'
  y: 'vy'
  z: 'vz'
}

type Letters<T extends string> = T extends `${infer First}${infer Rest}` ? [First, ...Letters<Rest>] : []

/** A mask is written on a register as k or kz, on memory as k. */
interface RegisterDecorations {
  '': 'plain'
  k: 'plain' | 'k'
  kz: 'plain' | 'k' | 'kz'
  er: 'plain' | 'er'
  sae: 'plain' | 'sae'
}
type MemoryDecoration<D> = D extends 'k' ? 'plain' | 'k' : 'plain'

type Vectors<L, S extends Space, D extends RegDecoration> = {
  [I in keyof L]: L[I] extends keyof VectorKinds ? R<VectorKinds[L[I]], S, D> : never
}
/** {er} and {sae} exist on zmm, and where there is one variant only (scalars). */
type RoundedVectors<L, S extends Space, D extends RegDecoration> = L extends [
  infer Only extends keyof VectorKinds,
]
  ? [R<VectorKinds[Only], S, D>]
  : {
      [I in keyof L]: L[I] extends keyof VectorKinds
        ? R<VectorKinds[L[I]], S, L[I] extends 'z' ? D : 'plain'>
        : never
    }
type Generals<L, S extends Space> = {
  [I in keyof L]: L[I] extends keyof GeneralKinds ? R<GeneralKinds[L[I]], S> : never
}
type Memories<L, S extends Space, D extends MemDecoration> = {
  [I in keyof L]: L[I] extends keyof MemoryWidths ? M<MemoryWidths[L[I]], S, D> : never
}
type VectorMemories<L, S extends Space> = {
  [I in keyof L]: L[I] extends keyof VectorIndices ? Mem<MemWidth, S, VectorIndices[L[I]]> : never
}
type Immediates<L> = { [I in keyof L]: Immediate }

type Decorated<T extends string, D extends keyof RegisterDecorations, S extends Space> = T extends 'k'
  ? [R<'k', S, RegisterDecorations[D]>]
  : T extends keyof Constants<S>
    ? [
        Constants<S>[T] extends Mem<infer W>
          ? Mem<W, S, MemoryDecoration<D>>
          : DecoratedRegister<Constants<S>[T], D, S>,
      ]
    : T extends `vm${32 | 64}${infer L}`
      ? VectorMemories<Letters<L>, S>
      : T extends `m${infer L}`
        ? Memories<Letters<L>, S, MemoryDecoration<D>>
        : D extends 'er' | 'sae'
          ? RoundedVectors<Letters<T>, S, RegisterDecorations[D]>
          : Vectors<Letters<T>, S, RegisterDecorations[D]>
type DecoratedRegister<T, D extends keyof RegisterDecorations, S extends Space> =
  T extends Reg<infer K> ? R<K, S, RegisterDecorations[D]> : T

/** One alternative as a tuple: the operand type in each variant. */
type Alternative<T extends string, S extends Space> = T extends keyof Constants<S>
  ? [Constants<S>[T]]
  : T extends `${infer Name}{${infer D extends keyof RegisterDecorations}}`
    ? Decorated<Name, D, S>
    : T extends `vm${32 | 64}${infer L}`
      ? VectorMemories<Letters<L>, S>
      : T extends `r${infer L}`
        ? Generals<Letters<L>, S>
        : T extends `m${infer L}`
          ? Memories<Letters<L>, S, 'plain'>
          : T extends `i${infer L}`
            ? Immediates<Letters<L>>
            : Vectors<Letters<T>, S, 'plain'>

/** Joins two alternatives, variant by variant; a constant joins every variant. */
type Either<A, B> = A extends readonly [infer Only]
  ? B extends readonly unknown[]
    ? { [I in keyof B]: B[I] | Only }
    : never
  : B extends readonly [infer Only]
    ? { [I in keyof A]: A[I] | Only }
    : { [I in keyof A]: A[I] | B[I & keyof B] }

/** An operand's alternatives as a tuple: the operand type in each variant. */
type Variants<T extends string, S extends Space> = T extends `${infer First}/${infer Rest}`
  ? Either<Alternative<First, S>, Variants<Rest, S>>
  : Alternative<T, S>

/** The explicit operands of a row, each as its tuple of variants. */
type RowVariants<T extends string, S extends Space> = T extends ''
  ? []
  : T extends `${infer First}, ${infer Rest}`
    ? [...OperandVariants<First, S>, ...RowVariants<Rest, S>]
    : OperandVariants<T, S>
type OperandVariants<T extends string, S extends Space> = T extends `${string}<${string}`
  ? []
  : [T extends `${string}:${infer Body}` ? Variants<Body, S> : Variants<T, S>]

/** Indices of the variants of a row. */
type VariantIndices<V> = V extends readonly [infer First, ...infer Rest]
  ? First extends readonly [unknown]
    ? VariantIndices<Rest>
    : Exclude<keyof First, keyof (readonly unknown[])>
  : '0'

/** Variant I of every operand. */
type Choose<V, I> = { [N in keyof V]: V[N] extends readonly [infer Only] ? Only : V[N][I & keyof V[N]] }
type ChooseEach<V, I> = I extends unknown ? Choose<V, I> : never

/** What a row's methods take: a union of operand tuples, one for each variant. */
export type RowOperands<T extends string, S extends Space> = ChooseEach<
  RowVariants<T, S>,
  VariantIndices<RowVariants<T, S>>
>
type AnyRowOperands<T, S extends Space> = T extends string ? RowOperands<T, S> : never
type Arguments<T> = T extends readonly unknown[] ? T : never

/**
 * A method for each mnemonic of a table, on registers of space S; each returns Self, to chain.
 * Hovering a method shows the comment of its rows.
 */
export type Methods<T extends Table, S extends Space, Self = void> = {
  [N in keyof T]: (...operands: Arguments<AnyRowOperands<T[N][number][0], S>>) => Self
}

/** The methods of all instructions and aliases there are. */
export type InstructionMethods<S extends Space, Self = void> = Methods<InstructionTable, S, Self> & {
  [N in keyof typeof aliases]: Methods<InstructionTable, S, Self>[(typeof aliases)[N]]
}

/** Puts a method for every mnemonic and alias on a prototype. `make` gives the method its body. */
export function defineMethods(
  prototype: object,
  make: (mnemonic: string) => (...operands: never) => unknown,
): void {
  for (const mnemonic of [...Object.keys(tables), ...Object.keys(aliasNames)]) {
    Object.defineProperty(prototype, mnemonic, { value: make(mnemonic), writable: true, configurable: true })
  }
}

/** For tests: a table is one whose rows are all of the grammar's shape. */
export type IsTable<T> = T extends Readonly<Record<string, readonly Row[]>> ? true : false
