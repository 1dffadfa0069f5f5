/** A function before (VFunction) and after (PFunction) register allocation: plain data, in program order. */
import type { Form } from '../encoder/form.ts'
import type { Label, Operand } from '../encoder/operands.ts'
import type { Reg, RegKind } from '../encoder/registers.ts'

/** A virtual register: a name that allocation replaces by a physical register of its kind. */
export type V<K extends RegKind> = Reg<K, 'virtual', 'plain'>

/** One instruction on virtual and physical registers. */
export interface VInst {
  readonly kind: 'inst'
  readonly form: Form
  readonly operands: readonly Operand[]
}

/** One instruction on physical registers; the assembler picks its form. */
export interface PInst {
  readonly kind: 'inst'
  readonly mnemonic: string
  readonly operands: readonly Operand[]
  /** Index in the VFunction's body of the instruction that this one is, or recomputes; −1: inserted. */
  readonly origin: number
}

/** What stands between instructions. */
export type Mark =
  | { readonly kind: 'label'; readonly label: Label }
  /** Multi-byte NOPs up to a multiple of `bytes`. */
  | { readonly kind: 'align'; readonly bytes: number }
  /** A loop's body begins. In a `hot` loop nothing may be spilled. */
  | { readonly kind: 'enter-loop'; readonly name: string; readonly hot: boolean }
  | { readonly kind: 'exit-loop'; readonly name: string }
  | { readonly kind: 'comment'; readonly text: string }

/**
 * Makes a mark. All have the same properties, so that V8 sees two hidden classes in a body, those of marks and of
 * instructions: with more than four, each look at an item's kind is a search.
 */
export function markOf<M extends Mark>(mark: M): M {
  const { kind, label, bytes, name, hot, text }: Partial<Record<string, unknown>> = mark
  return { kind, label, bytes, name, hot, text } as unknown as M
}

/** One thing of a VFunction's body. */
export type VItem = VInst | Mark
/** One thing of a PFunction's body. */
export type PItem = PInst | Mark

/** Bytes in the constant pool, addressed through their label. */
export interface Constant {
  readonly label: Label
  readonly bytes: Uint8Array
  readonly alignment: number
}

/** What a function is in either space. */
export interface FunctionShell {
  readonly name: string
  readonly constants: readonly Constant[]
  /** Label ids are 0 … labelCount − 1. */
  readonly labelCount: number
}

/** A function on virtual registers. Register id 256 + i is described by kinds[i] and names[i]. */
export interface VFunction extends FunctionShell {
  /** Virtual registers that hold the integer arguments on entry. */
  readonly params: readonly V<'r64'>[]
  readonly kinds: readonly RegKind[]
  /** The names given; '' where none was. */
  readonly names: readonly string[]
  readonly body: readonly VItem[]
}

/** A function on physical registers, with prologue and epilogues. */
export interface PFunction extends FunctionShell {
  readonly body: readonly PItem[]
  /** Bytes of stack that spills and the saved stack pointer take, pushes not counted. */
  readonly frameBytes: number
  /** Names of the callee-saved registers that the prologue saves, in order. */
  readonly saved: readonly string[]
  /** Names of the virtual registers that were spilled or recomputed, in order of id. */
  readonly spilled: readonly string[]
}
