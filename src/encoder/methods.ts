/**
 * Turns table rows into typed methods, with mapped types alone: the operand column of each row is read by
 * the type checker, so that a wrong operand is a compile error and nothing is generated.
 *
 * Every operand string is looked up once (`Variants`), then rows are put together from those: the whole
 * table costs the type checker a fraction of a second.
 */
import type { Immediate, Label, Mem, MemDecoration, MemWidth } from './operands.ts'
import type { Reg, RegDecoration, Space } from './registers.ts'
import { aliases } from './tables/aliases.ts'
import type { PrefixWord, Table } from './tables/grammar.ts'
import type { InstructionTable } from './tables/index.ts'
import { prefixed } from './tables/prefixed.ts'
import { hasRows, mnemonics } from './tables/rows.ts'

/** Tokens that stand for one kind of operand. Memory of width 0 takes its size from the other operands. */
interface Constants<S extends Space> {
  r8: Reg<'r8' | 'r8h', S, 'plain'>
  r16: Reg<'r16', S, 'plain'>
  r32: Reg<'r32', S, 'plain'>
  r64: Reg<'r64', S, 'plain'>
  k: Reg<'k', S, 'plain'>
  tmm: Reg<'tmm', S, 'plain'>
  m: Mem<MemWidth, S, 'plain'>
  m8: Mem<0 | 8, S, 'plain'>
  m16: Mem<0 | 16, S, 'plain'>
  m32: Mem<0 | 32, S, 'plain'>
  m48: Mem<0 | 48, S, 'plain'>
  m64: Mem<0 | 64, S, 'plain'>
  m80: Mem<0 | 80, S, 'plain'>
  m128: Mem<0 | 128, S, 'plain'>
  m256: Mem<0 | 256, S, 'plain'>
  m512: Mem<0 | 512, S, 'plain'>
  sibmem: Mem<MemWidth, S, 'plain'>
  b16: Mem<0 | 16, S, 'bcst'>
  b32: Mem<0 | 32, S, 'bcst'>
  b64: Mem<0 | 64, S, 'bcst'>
  rel8: Label
  rel32: Label
  imm8: Immediate
  simm8: Immediate
  imm4: Immediate
  imm16: Immediate
  imm32: Immediate
  simm32: Immediate
  imm64: Immediate
  '1': Immediate
  al: Reg<'r8', S, 'plain'>
  ax: Reg<'r16', S, 'plain'>
  eax: Reg<'r32', S, 'plain'>
  rax: Reg<'r64', S, 'plain'>
  cl: Reg<'r8', S, 'plain'>
  dx: Reg<'r16', S, 'plain'>
  xmm0: Reg<'xmm', S, 'plain'>
  mm: Reg<'mm', S, 'plain'>
  st: Reg<'st', S, 'plain'>
  st0: Reg<'st', S, 'plain'>
  sreg: Reg<'sreg', S, 'plain'>
  fs: Reg<'sreg', S, 'plain'>
  gs: Reg<'sreg', S, 'plain'>
  cr: Reg<'cr', S, 'plain'>
  dr: Reg<'dr', S, 'plain'>
  si8: Mem<0 | 8, S, 'plain'>
  si16: Mem<0 | 16, S, 'plain'>
  si32: Mem<0 | 32, S, 'plain'>
  si64: Mem<0 | 64, S, 'plain'>
  di8: Mem<0 | 8, S, 'plain'>
  di16: Mem<0 | 16, S, 'plain'>
  di32: Mem<0 | 32, S, 'plain'>
  di64: Mem<0 | 64, S, 'plain'>
  moffs8: Mem<0 | 8, S, 'plain'>
  moffs16: Mem<0 | 16, S, 'plain'>
  moffs32: Mem<0 | 32, S, 'plain'>
  moffs64: Mem<0 | 64, S, 'plain'>
  dfv: Immediate
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
  [I in keyof L]: L[I] extends keyof VectorKinds ? Reg<VectorKinds[L[I]], S, D> : never
}
/** {er} and {sae} exist on zmm, and where there is one variant only (scalars). */
type RoundedVectors<L, S extends Space, D extends RegDecoration> = L extends [
  infer Only extends keyof VectorKinds,
]
  ? [Reg<VectorKinds[Only], S, D>]
  : {
      [I in keyof L]: L[I] extends keyof VectorKinds
        ? Reg<VectorKinds[L[I]], S, L[I] extends 'z' ? D : 'plain'>
        : never
    }
type Generals<L, S extends Space> = {
  [I in keyof L]: L[I] extends keyof GeneralKinds ? Reg<GeneralKinds[L[I]], S, 'plain'> : never
}
type Memories<L, S extends Space, D extends MemDecoration> = {
  [I in keyof L]: L[I] extends keyof MemoryWidths ? Mem<0 | MemoryWidths[L[I]], S, D> : never
}
type VectorMemories<L, S extends Space> = {
  [I in keyof L]: L[I] extends keyof VectorIndices ? Mem<MemWidth, S, VectorIndices[L[I]]> : never
}
type Immediates<L> = { [I in keyof L]: Immediate }

type Decorated<T extends string, D extends keyof RegisterDecorations, S extends Space> = T extends 'k'
  ? [Reg<'k', S, RegisterDecorations[D]>]
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
  T extends Reg<infer K> ? Reg<K, S, RegisterDecorations[D]> : T

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
    : keyof First & `${number}`
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

/** `lock_add` with the mnemonic whose operands it takes, for every prefix and mnemonic that go together. */
type PrefixedNames = {
  [W in PrefixWord]: {
    [N in (typeof prefixed)[W][number]]: readonly [`${W}_${N}`, N]
  }[(typeof prefixed)[W][number]]
}[PrefixWord]

/** The methods of all instructions, aliases and prefixed instructions there are. */
export type InstructionMethods<S extends Space, Self = void> = Methods<InstructionTable, S, Self> & {
  [N in keyof typeof aliases]: Methods<InstructionTable, S, Self>[(typeof aliases)[N]]
} & {
  [N in PrefixedNames as N[0]]: N[1] extends keyof InstructionTable
    ? Methods<InstructionTable, S, Self>[N[1]]
    : never
}

/** What the method of a name records: `lock add` for lock_add. undefined when no instruction has the name. */
function mnemonicOf(name: string): string | undefined {
  if (hasRows(name) || Object.hasOwn(aliases, name)) return name
  const at = name.indexOf('_')
  const word = name.slice(0, Math.max(at, 0))
  if (!Object.hasOwn(prefixed, word)) return undefined
  const rest = name.slice(at + 1)
  return (prefixed[word as PrefixWord] as readonly string[]).includes(rest) ? `${word} ${rest}` : undefined
}

/** The names of all methods, in the order of the tables. */
function methodNames(): string[] {
  const withPrefix = Object.entries(prefixed).flatMap(([word, names]) =>
    names.map((name) => `${word}_${name}`),
  )
  return [...mnemonics(), ...Object.keys(aliases), ...withPrefix]
}

const LEVEL_SIZE = 64

/**
 * Gives a prototype a method for every mnemonic, alias and prefixed instruction. `make` gives the method of a
 * mnemonic its body when the method is first looked up: to make all 2,200 took longer than a kernel's compilation.
 *
 * Methods made are properties of objects behind the prototype, up to LEVEL_SIZE in each, since to add one takes as long
 * as there are others beside it. Behind them is a proxy, which sees only what no object before it has, so that calls of
 * methods made do not pass it; to whoever asks it has all of them.
 */
export function defineMethods(
  prototype: object,
  make: (mnemonic: string) => (...operands: never) => unknown,
): void {
  const made = new Map<string, PropertyDescriptor>()
  const define = (name: string, descriptor: PropertyDescriptor): void => {
    if (made.size > 0 && made.size % LEVEL_SIZE === 0) {
      const next = levelBefore(all)
      Object.setPrototypeOf(level, next)
      level = next
    }
    Object.defineProperty(level, name, descriptor)
    made.set(name, descriptor)
  }
  const descriptorOf = (name: string | symbol): PropertyDescriptor | undefined => {
    if (typeof name === 'symbol') return undefined
    const known = made.get(name)
    const mnemonic = known === undefined ? mnemonicOf(name) : undefined
    if (mnemonic === undefined) return known
    const descriptor = { value: make(mnemonic), writable: true, enumerable: true, configurable: true }
    define(name, descriptor)
    return descriptor
  }
  const all = new Proxy<object>(Object.create(Object.getPrototypeOf(prototype)), {
    get: (target, name, receiver) => descriptorOf(name)?.value ?? Reflect.get(target, name, receiver),
    has: (target, name) =>
      (typeof name === 'string' && mnemonicOf(name) !== undefined) || Reflect.has(target, name),
    ownKeys: methodNames,
    getOwnPropertyDescriptor: (_, name) => descriptorOf(name),
  })
  let level = levelBefore(all)
  // Once and for all: to change it later slows down whatever is called by way of the prototype.
  Object.setPrototypeOf(prototype, level)
}

function levelBefore(behind: object): object {
  const level: object = Object.create(null)
  Object.setPrototypeOf(level, behind)
  return level
}
