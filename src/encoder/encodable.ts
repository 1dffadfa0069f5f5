/** What a form holds for the encoder and decoder beyond what Form tells everyone: where each operand's bits go. */
import type { Form } from './form.ts'
import type { Predicate, PrefixWord } from './tables/grammar.ts'
import type { Scheme } from './tables/notation.ts'

/** What an explicit operand must look like to fit a form. Compared with an operand's shape (shape.ts). */
export interface Slot {
  readonly type: 'register' | 'memory' | 'immediate' | 'label'
  /** Register: codes of the kinds that fit, as bits (`r8` takes ah too). */
  readonly kinds: number
  /** Register: number classes that fit, as bits. A virtual register fits any. */
  readonly numbers: number
  /** Register or memory: whether `{k}` is refused, allowed, or needed (gather, scatter). */
  readonly mask: 'none' | 'allowed' | 'needed'
  readonly zeroing: boolean
  readonly rounding: 'none' | 'sae' | 'er'
  /** Memory: size in bits; 0 for any. */
  readonly width: number
  readonly broadcast: boolean
  /** Memory: N of {1toN}, 0 without broadcast. */
  readonly repeats: number
  /** Memory: VSIB_X, VSIB_Y, VSIB_Z, or 0. */
  readonly vsib: number
  /** Memory: SPECIAL_RSI, SPECIAL_RDI or SPECIAL_OFFSET where only that address fits, or 0. */
  readonly special: number
  /** Memory: base and index may be r16–r31. */
  readonly highBase: boolean
  /** Memory: a vector index may be 16–31. */
  readonly highIndex: boolean
  /** Memory: an address without SIB byte does not fit. */
  readonly needsSib: boolean
  /** Immediate: ranges that fit, as bits. */
  readonly ranges: number
}

/** A form with its bits. Indices are of explicit operands; −1 when no operand has the role. */
export interface EncodableForm extends Form {
  /** A number of its own, in the order in which forms were expanded. */
  readonly serial: number
  readonly scheme: Scheme
  readonly slots: readonly Slot[]
  /** Mandatory prefix: 0, 0x66, 0xf3, 0xf2. */
  readonly prefix: number
  /** VEX.pp: 0, 1, 2, 3 for the mandatory prefixes above. */
  readonly pp: number
  /** With a prefix 66, F2 or F3 (but for what the form itself has) the bytes are not this instruction. */
  readonly noPrefix: boolean
  /** A 66 prefix for 16-bit operands, besides the mandatory one. */
  readonly operandSize16: boolean
  /** One of forms that 66 and REX.W tell apart by operand size. */
  readonly sizedBy66: boolean
  /** lock, rep, repne or notrack, which make an instruction of its own; else 0. */
  readonly prefixByte: number
  /** Has the prefix 67, since its register is an address of 32 bits. */
  readonly address32: boolean
  /** Exists with REX2 only (APX). */
  readonly rex2: boolean
  /** REX2 can stand before it (APX). */
  readonly takesRex2: boolean
  /** ND, NF or the condition, in the last byte of EVEX (APX). */
  readonly evexControl: number
  /** Opcode map of VEX and EVEX; 8 to 10 are of XOP, which is VEX but for its first byte. */
  readonly map: number
  /** Opcode bytes with legacy escapes, first byte highest. */
  readonly opcode: number
  readonly opcodeLength: number
  readonly w: 0 | 1
  /** Either W means the same. */
  readonly anyW: boolean
  /** Every L'L means the same. */
  readonly anyLength: boolean
  /** Vector length L'L. */
  readonly length: 0 | 1 | 2
  readonly hasModRM: boolean
  /** A byte of the opcode behind ModRM and the address, or −1. */
  readonly suffix: number
  /** ModRM.reg when no operand has it. */
  readonly digit: number
  /** Any other ModRM.reg means the same. */
  readonly anyDigit: boolean
  /** Any other r/m of the ModRM byte that belongs to the opcode means the same. */
  readonly anyRm: boolean
  readonly regIndex: number
  readonly vvvvIndex: number
  readonly rmIndex: number
  /** +r: low bits of the opcode. */
  readonly opcodeIndex: number
  readonly immediateIndex: number
  readonly immediateBytes: 0 | 1 | 2 | 4 | 8
  /** An immediate byte behind the first immediate. */
  readonly secondImmediateIndex: number
  /** The flags of a conditional comparison that is not done, in EVEX.vvvv. */
  readonly defaultFlagsIndex: number
  /** is4: a register in bits 7:4 of the immediate byte. */
  readonly is4Index: number
  readonly displacementIndex: number
  readonly displacementBytes: 0 | 1 | 4
  /** The register that may carry {er} or {sae}. */
  readonly roundingIndex: number
  /** The operand that may carry an opmask: 0 or −1. */
  readonly maskIndex: number
  /** With a mask and without {z}, old elements of the destination stay. Opmasks and blends keep nothing. */
  readonly merges: boolean
  /** log2 N of disp8*N; 0 outside EVEX. */
  readonly disp8Shift: number
  readonly broadcast: boolean
  /** N of {1toN}; 0 without broadcast. */
  readonly broadcastCount: number
  readonly vsib: boolean
  /** The ModRM byte must be followed by a SIB byte (AMX loads and stores). */
  readonly needsSib: boolean
  /** Some memory operand is in no ModRM byte: of a string instruction, or a 64-bit offset. */
  readonly specialAddress: boolean
  /** The first operand is an address too, and as wide as those of the memory operand. */
  readonly addressRegister: boolean
  /** Some operand is a byte register: spl, bpl, sil, dil need REX and ah, bh, ch, dh forbid it. */
  readonly byteRegisters: boolean
  readonly distinct: boolean
  /** With `distinct`: only the destination must differ from the others. */
  readonly distinctDestination: boolean
  readonly lockable: boolean
  /** Prefixes that make instructions of their own out of it. */
  readonly prefixes: readonly PrefixWord[]
  /** Text leaves out the size of the memory operand. */
  readonly unsized: boolean
  readonly commutative: boolean
  /** Only decoded, since other forms take the same operands. */
  readonly late: boolean
  /** The VEX2 form of the same instruction with ModRM.reg and ModRM.rm exchanged (vmovaps 28 and 29), if any. */
  readonly mirror: EncodableForm | null
  /** Bits of the operation's general registers or memory, for sign-extended immediates. */
  readonly operandBits: number
  readonly predicate: Predicate
  /** The mnemonic in text. */
  readonly printedAs: string
  /** Bytes without displacement, at the shortest prefixes. Orders the forms. */
  readonly cost: number
}
