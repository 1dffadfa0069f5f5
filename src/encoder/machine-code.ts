/** Finished machine code: bytes with what is needed to place, check, list and export them. */
import type { Inst } from './form.ts'

/** A named offset in the code. */
export interface CodeSymbol {
  readonly name: string
  /** Bytes from the start. */
  readonly offset: number
}

/** A field to fill when the code is placed or linked. */
export interface Relocation {
  /** Bytes from the start to the field. */
  readonly offset: number
  /** `abs64`: the symbol's address + addend; `rel32`: that minus the field's own address. */
  readonly kind: 'abs64' | 'rel32'
  readonly symbol: string
  readonly addend: number
}

/** One instruction where it ended up. */
export interface PlacedInst {
  readonly offset: number
  readonly length: number
  readonly inst: Inst
}

/** Position-independent code and constants. Plain data: same input, same bytes; needs no x86 CPU. */
export interface MachineCode {
  /** Instructions, padding, then the constant pool. */
  readonly bytes: Uint8Array
  /** The start must be placed at a multiple of this many bytes. */
  readonly alignment: number
  /** Where the constant pool begins; equals bytes.length when there is none. */
  readonly poolOffset: number
  readonly symbols: readonly CodeSymbol[]
  readonly relocations: readonly Relocation[]
  /** CPUID features that the instructions need, sorted. */
  readonly features: readonly string[]
  /** In order of offset; padding NOPs and constants are not listed. */
  readonly instructions: readonly PlacedInst[]
}
