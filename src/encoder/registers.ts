/** Registers as operands: their kinds, numbers and decorations (opmask, zeroing, rounding). */
import { KIND_CODE, KIND_MASK, registerShape } from './shape.ts'

/**
 * A register's kind is its width and file: `r8h` is ah, ch, dh, bh; `k` an opmask; `tmm` an AMX tile; `mm` MMX;
 * `st` the x87 stack; `sreg` es, cs, ss, ds, fs, gs; `cr` and `dr` the control and debug registers.
 */
export type RegKind =
  | 'r8'
  | 'r8h'
  | 'r16'
  | 'r32'
  | 'r64'
  | 'xmm'
  | 'ymm'
  | 'zmm'
  | 'k'
  | 'tmm'
  | 'mm'
  | 'st'
  | 'sreg'
  | 'cr'
  | 'dr'

/**
 * `physical` registers exist in the CPU and can be encoded; `virtual` ones are names that
 * register allocation replaces. The assembler takes only the former, the recorder takes both.
 */
export type Space = 'physical' | 'virtual'

/** What a register operand carries besides its number; a type-level tag, checked again when encoding. */
export type RegDecoration = 'plain' | 'k' | 'kz' | 'er' | 'sae'

/** Static rounding as Intel syntax writes it; each implies {sae}. EVEX.L'L holds the index − 1 of rn, rd, ru, rz. */
export type Rounding = 'sae' | 'rn-sae' | 'rd-sae' | 'ru-sae' | 'rz-sae'

/** Ids from here on are virtual registers. */
export const FIRST_VIRTUAL_ID = 256

/** One register operand. Immutable: decorating returns another object. */
export class Reg<
  K extends RegKind = RegKind,
  S extends Space = Space,
  D extends RegDecoration = RegDecoration,
> {
  /** Phantom: never present at run time. */
  declare readonly space: S
  /** Phantom: never present at run time. */
  declare readonly decoration: D
  readonly kind: K
  /** The hardware number (0–31), or a virtual register's id (≥ FIRST_VIRTUAL_ID). */
  readonly id: number
  /** The opmask register that guards this operand ({k1}), or null. */
  readonly opmask: Reg<'k'> | null
  /** {z}: masked-off elements become zero instead of keeping their value. */
  readonly zeroing: boolean
  readonly rounding: Rounding | null
  /** All that form selection looks at, as one integer (shape.ts). */
  readonly shape: number

  constructor(kind: K, id: number, opmask: Reg<'k'> | null, zeroing: boolean, rounding: Rounding | null) {
    this.shape = registerShape(kind, id, opmask, zeroing, rounding)
    this.kind = kind
    this.id = id
    this.opmask = opmask
    this.zeroing = zeroing
    this.rounding = rounding
  }

  get isVirtual(): boolean {
    return this.id >= FIRST_VIRTUAL_ID
  }

  /** `zmm(3).mask(k(1))` is `zmm3 {k1}`: only elements whose mask bit is set are written. */
  mask<S2 extends Space>(opmask: Reg<'k', S2, 'plain'>): Reg<K, S | S2, 'k'> {
    return new Reg(this.kind, this.id, opmask, false, null)
  }

  /** `zmm(3).mask(k(1)).zero()` is `zmm3 {k1} {z}`. Only a masked register can zero. */
  zero(this: Reg<K, S, 'k'>): Reg<K, S, 'kz'> {
    return new Reg(this.kind, this.id, this.opmask, true, null)
  }

  /** `zmm(2).round('rz-sae')`: embedded rounding, written on the last register operand. */
  round(mode: Exclude<Rounding, 'sae'>): Reg<K, S, 'er'> {
    return new Reg(this.kind, this.id, null, false, mode)
  }

  /** `zmm(2).sae()`: suppress all exceptions. */
  sae(): Reg<K, S, 'sae'> {
    return new Reg(this.kind, this.id, null, false, 'sae')
  }

  /** The same register number seen with another width: `zmm(5).as('xmm')` is `xmm5`. */
  as<K2 extends RegKind>(kind: K2): Reg<K2, S, 'plain'> {
    return this.isVirtual
      ? new Reg(kind, this.id, null, false, null)
      : (physical(kind, this.id) as unknown as Reg<K2, S, 'plain'>)
  }

  toString(): string {
    const mask = this.opmask === null ? '' : ` {${this.opmask}}${this.zeroing ? ' {z}' : ''}`
    const rounding = this.rounding === null ? '' : `, {${this.rounding}}`
    return `${registerName(this.kind, this.id)}${mask}${rounding}`
  }
}

/** A physical, undecorated register of kind K. */
export type P<K extends RegKind> = Reg<K, 'physical', 'plain'>

const LEGACY_NAMES = ['ax', 'cx', 'dx', 'bx', 'sp', 'bp', 'si', 'di'] as const
const LOW_BYTES = ['al', 'cl', 'dl', 'bl', 'spl', 'bpl', 'sil', 'dil'] as const
const SEGMENTS = ['es', 'cs', 'ss', 'ds', 'fs', 'gs'] as const
const HIGH_BYTES: Record<number, string> = { 4: 'ah', 5: 'ch', 6: 'dh', 7: 'bh' }

/** The Intel-syntax name of a register; virtual ones read `%zmm7` (numbered from 0). */
export function registerName(kind: RegKind, id: number): string {
  if (id >= FIRST_VIRTUAL_ID) return `%${kind}${id - FIRST_VIRTUAL_ID}`
  switch (kind) {
    case 'r8':
      return LOW_BYTES[id] ?? `r${id}b`
    case 'r8h':
      return HIGH_BYTES[id] ?? `r8h?${id}`
    case 'r16':
      return LEGACY_NAMES[id] ?? `r${id}w`
    case 'r32':
      return id < 8 ? `e${LEGACY_NAMES[id]}` : `r${id}d`
    case 'r64':
      return id < 8 ? `r${LEGACY_NAMES[id]}` : `r${id}`
    case 'st':
      return `st(${id})`
    case 'sreg':
      return SEGMENTS[id] ?? `sreg?${id}`
    default:
      return `${kind}${id}`
  }
}

/** How many registers of each kind exist (r16–r31 need APX). */
export const REGISTER_COUNT: Readonly<Record<RegKind, number>> = {
  r8: 32,
  r8h: 8,
  r16: 32,
  r32: 32,
  r64: 32,
  xmm: 32,
  ymm: 32,
  zmm: 32,
  k: 8,
  tmm: 8,
  mm: 8,
  st: 8,
  sreg: 6,
  cr: 16,
  dr: 8,
}

/** All registers, by the code of their kind and by number. */
const registers: Reg[][] = [[]]
for (const kind of Object.keys(REGISTER_COUNT) as RegKind[]) {
  const all: Reg[] = []
  for (let id = 0; id < REGISTER_COUNT[kind]; id++) all.push(new Reg(kind, id, null, false, null))
  registers[KIND_CODE[kind]] = all
}

/** The physical register `id` of a kind. RangeError when there is none. */
export function physical<K extends RegKind>(kind: K, id: number): P<K> {
  const reg = registers[KIND_CODE[kind]]?.[id]
  if (reg === undefined || (kind === 'r8h' && id < 4)) {
    throw new RangeError(
      `${kind}(${id}): no such register; allowed are ${kind === 'r8h' ? 4 : 0} to ${REGISTER_COUNT[kind] - 1}`,
    )
  }
  return reg as P<K>
}

/** The physical register `id` of the kind that `view` has. */
export const physicalLike = <K extends RegKind>(view: Reg<K>, id: number): P<K> =>
  registers[view.shape & KIND_MASK]![id] as P<K>

export const xmm = (id: number): P<'xmm'> => physical('xmm', id)
export const ymm = (id: number): P<'ymm'> => physical('ymm', id)
export const zmm = (id: number): P<'zmm'> => physical('zmm', id)
export const k = (id: number): P<'k'> => physical('k', id)
export const tmm = (id: number): P<'tmm'> => physical('tmm', id)
export const mm = (id: number): P<'mm'> => physical('mm', id)
/** x87 registers by their distance from the top of the stack. */
export const st = (id: number): P<'st'> => physical('st', id)
export const cr = (id: number): P<'cr'> => physical('cr', id)
export const dr = (id: number): P<'dr'> => physical('dr', id)
/** General registers by number: `r64(0)` is rax, `r32(9)` is r9d. */
export const r64 = (id: number): P<'r64'> => physical('r64', id)
export const r32 = (id: number): P<'r32'> => physical('r32', id)
export const r16 = (id: number): P<'r16'> => physical('r16', id)
export const r8 = (id: number): P<'r8'> => physical('r8', id)

export const rax: P<'r64'> = r64(0)
export const rcx: P<'r64'> = r64(1)
export const rdx: P<'r64'> = r64(2)
export const rbx: P<'r64'> = r64(3)
export const rsp: P<'r64'> = r64(4)
export const rbp: P<'r64'> = r64(5)
export const rsi: P<'r64'> = r64(6)
export const rdi: P<'r64'> = r64(7)
export const r8_: P<'r64'> = r64(8)
export const r9: P<'r64'> = r64(9)
export const r10: P<'r64'> = r64(10)
export const r11: P<'r64'> = r64(11)
export const r12: P<'r64'> = r64(12)
export const r13: P<'r64'> = r64(13)
export const r14: P<'r64'> = r64(14)
export const r15: P<'r64'> = r64(15)
export const eax: P<'r32'> = r32(0)
export const ecx: P<'r32'> = r32(1)
export const edx: P<'r32'> = r32(2)
export const ebx: P<'r32'> = r32(3)
export const esp: P<'r32'> = r32(4)
export const ebp: P<'r32'> = r32(5)
export const esi: P<'r32'> = r32(6)
export const edi: P<'r32'> = r32(7)
export const ax: P<'r16'> = r16(0)
export const cx: P<'r16'> = r16(1)
export const dx: P<'r16'> = r16(2)
export const bx: P<'r16'> = r16(3)
export const al: P<'r8'> = r8(0)
export const cl: P<'r8'> = r8(1)
export const dl: P<'r8'> = r8(2)
export const bl: P<'r8'> = r8(3)
export const ah: P<'r8h'> = physical('r8h', 4)
export const ch: P<'r8h'> = physical('r8h', 5)
export const dh: P<'r8h'> = physical('r8h', 6)
export const bh: P<'r8h'> = physical('r8h', 7)
export const es: P<'sreg'> = physical('sreg', 0)
export const cs: P<'sreg'> = physical('sreg', 1)
export const ss: P<'sreg'> = physical('sreg', 2)
export const ds: P<'sreg'> = physical('sreg', 3)
export const fs: P<'sreg'> = physical('sreg', 4)
export const gs: P<'sreg'> = physical('sreg', 5)
