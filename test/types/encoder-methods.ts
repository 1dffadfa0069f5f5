/**
 * What the typed methods accept and refuse, held by the type checker: a line below a `ts-expect-error` that
 * becomes legal fails `tsc`, as does a plain line that becomes illegal. Never run.
 */
import type { InstructionMethods, Methods } from '../../src/encoder/index.ts'
import {
  type Assembler,
  al,
  byte,
  cl,
  dword,
  eax,
  k,
  type Label,
  type Mem,
  mem,
  qword,
  type Reg,
  r64,
  rax,
  rcx,
  rdx,
  tmm,
  word,
  xmm,
  xmmword,
  ymm,
  ymmword,
  zmm,
  zmmword,
} from '../../src/encoder/index.ts'

declare const a: Assembler
declare const label: Label
declare const vzmm: Reg<'zmm', 'virtual', 'plain'>
declare const vr64: Reg<'r64', 'virtual', 'plain'>

/** The call of the design, and chaining. */
a.vfmadd231ps(zmm(3).mask(k(1)).zero(), zmm(1), mem(rax, 64).broadcast())
  .dec(rcx)
  .jnz(label)
  .ret()

// Vectors: all operands of one length; memory of that length, unsized, or one element repeated.
a.vaddps(xmm(1), xmm(2), xmm(3))
a.vaddps(ymm(1), ymm(2), ymmword(rax))
a.vaddps(zmm(1), zmm(2), mem(rax, rcx, 4))
a.vaddps(zmm(1), zmm(2), dword(rax).broadcast())
// @ts-expect-error: lengths differ
a.vaddps(zmm(1), zmm(2), ymm(3))
// @ts-expect-error: lengths differ
a.vaddps(ymm(1), zmm(2), zmm(3))
// @ts-expect-error: memory is of another length
a.vaddps(zmm(1), zmm(2), ymmword(rax))
// @ts-expect-error: memory of 512 bits with ymm
a.vaddps(ymm(1), ymm(2), zmmword(rax))
// @ts-expect-error: elements have 32 bits
a.vaddps(zmm(1), zmm(2), qword(rax).broadcast())
// @ts-expect-error: bytes have no broadcast
a.vpaddb(zmm(1), zmm(2), mem(rax).broadcast())
// @ts-expect-error: too few operands
a.vaddps(zmm(1), zmm(2))
// @ts-expect-error: too many operands
a.vaddps(zmm(1), zmm(2), zmm(3), zmm(4))
// @ts-expect-error: a general register
a.vaddps(zmm(1), zmm(2), rax)
// @ts-expect-error: memory comes last
a.vaddps(zmm(1), mem(rax), zmm(2))

// Widening and narrowing keep to their rows.
a.vcvtps2pd(zmm(1), ymm(2)).vcvtps2pd(ymm(1), xmm(2)).vcvtpd2ps(ymm(1), zmm(2))
// @ts-expect-error: f32 widens from half the length
a.vcvtps2pd(zmm(1), zmm(2))

// Masks: on the destination, also of stores; zeroing on registers only.
a.vmovups(mem(rax).mask(k(1)), zmm(2))
  .vmovups(zmm(2).mask(k(1)), mem(rax))
  .vcmpps(k(1).mask(k(2)), zmm(1), zmm(2), 1)
// @ts-expect-error: a source is not masked
a.vaddps(zmm(1), zmm(2).mask(k(1)), zmm(3))
// @ts-expect-error: an opmask destination cannot zero
a.vcmpps(k(1).mask(k(2)).zero(), zmm(1), zmm(2), 1)
// @ts-expect-error: VEX only
a.vptest(xmm(1).mask(k(1)), xmm(2))
// @ts-expect-error: a load is masked on its register
a.vmovups(zmm(1), mem(rax).mask(k(1)))
// @ts-expect-error: only a masked register zeroes
zmm(1).zero()
// @ts-expect-error: a mask is an opmask register
zmm(1).mask(zmm(2))

// Rounding: on the last register, at 512 bits or in scalars.
a.vaddps(zmm(1), zmm(2), zmm(3).round('rz-sae')).vaddss(xmm(1), xmm(2), xmm(3).round('ru-sae'))
a.vmaxps(zmm(1).mask(k(1)), zmm(2), zmm(3).sae())
// @ts-expect-error: not at 256 bits
a.vaddps(ymm(1), ymm(2), ymm(3).round('rz-sae'))
// @ts-expect-error: a maximum does not round
a.vmaxps(zmm(1), zmm(2), zmm(3).round('rz-sae'))
// @ts-expect-error: not on the destination
a.vaddps(zmm(1).round('rz-sae'), zmm(2), zmm(3))
// @ts-expect-error: no such mode
zmm(1).round('up')

// General registers: one width, immediates, cl.
a.add(rax, rcx)
  .add(eax, 5)
  .add(dword(rax), -1)
  .add(rax, mem(rcx))
  .shl(rax, cl)
  .shl(rax, 3)
  .movzx(eax, byte(rax))
a.mov(rax, 0x1234_5678_9abc_def0n)
// @ts-expect-error: widths differ
a.add(rax, eax)
// @ts-expect-error: widths differ
a.add(rax, dword(rcx))
// @ts-expect-error: two addresses
a.add(mem(rax), mem(rcx))
// @ts-expect-error: an immediate destination
a.add(5, rax)
// @ts-expect-error: a count is an immediate or a byte register
a.shl(rax, rcx)
// @ts-expect-error: lea needs an address
a.lea(rax, rcx)
// @ts-expect-error: movzx widens
a.movzx(al, word(rax))

// Labels.
a.jmp(label).je(label).call(label).jmp(rax).lea(rax, mem(label)).vmovups(zmm(1), mem(label, 64))
// @ts-expect-error: conditional branches go to labels only
a.je(rax)
// @ts-expect-error: no number is a label
a.jmp(100)

// Tiles and vector indices.
a.tileloadd(tmm(1), mem(rax, rcx, 1))
  .tdpbf16ps(tmm(1), tmm(2), tmm(3))
  .tilezero(tmm(0))
a.vgatherdps(zmm(1).mask(k(1)), mem(rax, zmm(2), 4)).vgatherdps(ymm(1), mem(rax, ymm(2), 4), ymm(3))
// @ts-expect-error: tiles only
a.tdpbf16ps(tmm(1), tmm(2), zmm(3))
// @ts-expect-error: the index is a zmm
a.vgatherdps(zmm(1).mask(k(1)), mem(rax, ymm(2), 4))
// @ts-expect-error: a vector is no index of a plain load
a.vmovups(zmm(1), mem(rax, zmm(2), 4))
// @ts-expect-error: a 32-bit register is no opmask
a.kmovw(k(1), rax)

// Names.
a.jz(label).cmovnz(rax, rcx).setc(al)
// @ts-expect-error: no such instruction
a.vadps(zmm(1), zmm(2), zmm(3))

// Space: the assembler takes physical registers, a recorder both.
// @ts-expect-error: a virtual register
a.vaddps(vzmm, zmm(2), zmm(3))
// @ts-expect-error: a virtual address
a.mov(rax, mem(vr64))
// @ts-expect-error: a virtual index
a.mov(rax, mem(rax, vr64, 8))
// @ts-expect-error: a virtual mask
a.vmovaps(zmm(1).mask({} as Reg<'k', 'virtual', 'plain'>), zmm(2))
declare const recorder: InstructionMethods<'physical' | 'virtual'>
recorder.vaddps(vzmm, zmm(2), mem(vr64, rdx, 8))
// @ts-expect-error: kinds are checked there too
recorder.vaddps(vzmm, zmm(2), ymm(3))

// Methods of a table of one's own: the row's text decides.
declare const mine: Methods<
  { readonly both: readonly [readonly ['w:xy, r:xy/mxy, imm8', 'RMI', 'VEX.66.0F38.W0 00 /r', 'AVX']] },
  'physical',
  number
>
const count: number = mine.both(xmm(1), xmmword(rax), 5)
// @ts-expect-error: not in the row
mine.both(zmm(1), zmm(2), count)

// What decorations are must not be lost on the way.
const masked: Reg<'zmm', 'physical', 'kz'> = zmm(1).mask(k(1)).zero()
const repeated: Mem<32, 'physical', 'bcst'> = dword(rax).broadcast()
// @ts-expect-error: plain is not masked
const plain: Reg<'zmm', 'physical', 'kz'> = zmm(1)
a.vaddps(masked, zmm(2), repeated).vmovaps(plain, zmm(2)).mov(r64(1), rax)
