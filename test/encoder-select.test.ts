/** Form selection: the shortest form, virtual registers, ambiguity; and the effects that a selected form has. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seededRandom } from '../fuzz/random.ts'
import { isBranchForm, randomSample } from '../fuzz/samples.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { encodableForms } from '../src/encoder/forms.ts'
import {
  Assembler,
  ah,
  al,
  ax,
  byte,
  cl,
  eax,
  ecx,
  forms,
  formsOf,
  k,
  Mem,
  mem,
  type Operand,
  Reg,
  type RegKind,
  r12,
  r13,
  rax,
  rbp,
  rcx,
  rdx,
  rsp,
  selectForm,
  visitRegisters,
  word,
  xmm,
  ymm,
  zmm,
} from '../src/encoder/index.ts'
import { shapeOf } from '../src/encoder/operands.ts'
import { slotFits } from '../src/encoder/slot-fits.ts'

const select = suite('encoder select')

function encode(mnemonic: string, ...operands: Operand[]): string {
  return Buffer.from(new Assembler().emit(mnemonic, operands).finish().bytes).toString('hex')
}
const virtual = <K extends RegKind>(kind: K, id = 300): Reg<K> => new Reg(kind, id, null, false, null)
const text = (mnemonic: string, ...operands: Operand[]): string =>
  selectForm(mnemonic, operands).text.replace(`${mnemonic} `, '')

select('immediates take the fewest bytes that hold them', () => {
  const cases: [string, Operand[], string][] = [
    ['add', [rcx, 127], '4883c17f'],
    ['add', [rcx, 128], '4881c180000000'],
    ['add', [rcx, -128], '4883c180'],
    ['add', [rcx, -129], '4881c17fffffff'],
    ['add', [rax, 128], '480580000000'],
    ['add', [eax, 1], '83c001'],
    ['add', [eax, 0xfffffff0], '83c0f0'],
    ['add', [ax, 0xfff0], '6683c0f0'],
    ['add', [rcx, 0xfffffffffffffff0n], '4883c1f0'],
    ['add', [al, 200], '04c8'],
    ['add', [cl, -1], '80c1ff'],
    ['mov', [rax, 0], '48c7c000000000'],
    ['mov', [rax, -1], '48c7c0ffffffff'],
    ['mov', [rax, 0x80000000], '48b80000008000000000'],
    ['mov', [rax, 0xffffffff80000000n], '48c7c000000080'],
    ['mov', [rax, 0x123456789], '48b88967452301000000'],
    ['mov', [rax, -0x8000000000000000n], '48b80000000000000080'],
    ['mov', [eax, 0xffffffff], 'b8ffffffff'],
    ['push', [127], '6a7f'],
    ['push', [128], '6880000000'],
    ['imul', [eax, ecx, -5], '6bc1fb'],
    ['imul', [eax, ecx, 500], '69c1f4010000'],
    ['shl', [eax, 1], 'd1e0'],
    ['shl', [eax, 2], 'c1e002'],
  ]
  for (const [mnemonic, operands, bytes] of cases) assert.is(encode(mnemonic, ...operands), bytes, `${bytes}`)
})

select('addresses take the fewest bytes that hold them', () => {
  const cases: [Operand, string][] = [
    [mem(rax), '488b08'],
    [mem(rax, 127), '488b487f'],
    [mem(rax, -128), '488b4880'],
    [mem(rax, 128), '488b8880000000'],
    [mem(rbp), '488b4d00'],
    [mem(r13), '498b4d00'],
    [mem(rsp), '488b0c24'],
    [mem(r12), '498b0c24'],
    [mem(rax, rcx, 8), '488b0cc8'],
    [mem(rbp, rcx, 1), '488b4c0d00'],
    [mem(rax, r12, 2, 5), '4a8b4c6005'],
    [mem(null, rcx, 1), '488b09'],
    [mem(null, rcx, 1, 8), '488b4908'],
    [mem(null, rcx, 2, 8), '488b0c4d08000000'],
    [mem(0x1000), '488b0c2500100000'],
    [mem(-8), '488b0c25f8ffffff'],
    [mem(eax, 4), '67488b4804'],
    [mem(eax, ecx, 4), '67488b0c88'],
    [mem(null, ecx, 4), '67488b0c8d00000000'],
  ]
  for (const [address, bytes] of cases) assert.is(encode('mov', rcx, address), bytes, bytes)
})

select('disp8 counts elements or vectors under EVEX', () => {
  const load = (disp: number) => encode('vmovups', zmm(1), mem(rax, disp)).length / 2
  assert.equal([0, 64, 127 * 64, -128 * 64].map(load), [6, 7, 7, 7])
  assert.equal([1, 63, 128 * 64, -129 * 64].map(load), [10, 10, 10, 10])
  const broadcast = (disp: number) => encode('vaddps', zmm(1), zmm(2), mem(rax, disp).broadcast()).length / 2
  assert.equal([4, 127 * 4, -128 * 4, 2, 128 * 4].map(broadcast), [7, 7, 7, 10, 10])
})

select('VEX2 where it reaches, by another operand order if need be; VEX before EVEX', () => {
  assert.is(encode('vaddps', xmm(1), xmm(2), xmm(3)), 'c5e858cb')
  assert.is(encode('vaddps', xmm(1), xmm(2), xmm(9)), 'c5b058ca')
  assert.is(encode('vsubps', xmm(1), xmm(2), xmm(9)), 'c4c1685cc9')
  assert.is(encode('vaddps', xmm(1), xmm(12), xmm(9)), 'c4c11858c9')
  assert.is(encode('vmovaps', xmm(1), xmm(9)), 'c57829c9')
  assert.is(encode('vmovaps', xmm(9), xmm(10)).length, 10)
  assert.is(encode('vcmpps', xmm(1), xmm(2), xmm(9), 0).length, 10, 'eq is symmetric')
  assert.is(encode('vcmpps', xmm(1), xmm(2), xmm(9), 1).length, 12, 'lt is not')
  assert.is(encode('vaddps', xmm(1), xmm(2), mem(r13)), 'c4c168584d00')
  assert.ok(encode('vaddps', xmm(16), xmm(2), xmm(3)).startsWith('62'))
  assert.ok(encode('vaddps', xmm(1).mask(k(1)), xmm(2), xmm(3)).startsWith('62'))
})

select('a register is chosen by its number only where a form fixes it', () => {
  assert.is(text('add', eax, 1000), 'eax, imm32')
  assert.is(text('add', ecx, 1000), 'r32, imm32')
  assert.is(text('shl', eax, cl), 'r32, cl')
  assert.is(text('mov', ah, 5), 'r8, ib')
})

select('virtual registers fit any number, and fix a register only where no other form fits', () => {
  const v = virtual('r32')
  assert.is(text('add', v, 1000), 'r32, imm32')
  assert.is(text('add', v, 1), 'r32, simm8')
  assert.is(text('shl', v, virtual('r8')), 'r32, cl')
  assert.is(
    text('mov', virtual('r64'), mem(new Reg<'r64', 'virtual', 'plain'>('r64', 301, null, false, null))),
    'r64, m64',
  )
  assert.is(text('vaddps', virtual('zmm'), virtual('zmm'), virtual('zmm')), 'zmm{kz}, zmm, zmm{er}')
  assert.is(text('vaddps', virtual('ymm'), ymm(1), ymm(2)), 'ymm, ymm, ymm')
  assert.is(selectForm('vaddps', [virtual('ymm'), ymm(1), ymm(17)]).features.at(-1), 'AVX512VL')
})

select('the assembler refuses what is not allocated', () => {
  assert.throws(() => encode('add', virtual('r32'), 1), /%r3244.*a virtual register cannot be encoded/)
  const address = new Mem(0, virtual('r64'), null, 1, 0, null, false, null)
  assert.throws(() => encode('mov', rax, address), /allocate registers first/)
  const masked = new Reg('zmm', 1, virtual('k'), false, null)
  assert.throws(() => encode('vmovaps', masked, zmm(2)), /allocate registers first/)
})

select('an unsized address takes its size from the other operands, or is refused', () => {
  assert.is(text('add', rax, mem(rcx)), 'r64, m64')
  assert.is(text('vmovups', mem(rax), ymm(1)), 'm256, ymm')
  assert.is(text('movzx', eax, byte(rax)), 'r32, m8')
  assert.is(text('inc', word(rax)), 'm16')
  assert.throws(() => encode('inc', mem(rax)), /could be 8 or 16 or 32 or 64 bits: say which/)
  assert.throws(() => encode('movzx', eax, mem(rax)), /could be 8 or 16 bits/)
  assert.throws(() => encode('mov', mem(rax), 1), /could be 8 or 16 or 32 or 64 bits/)
  assert.throws(() => encode('vcvtpd2ps', xmm(1), mem(rax).broadcast()), /repeated 2 or 4 times: say which/)
  assert.is(text('vcvtpd2ps', xmm(1), mem(rax).broadcast(4)), 'xmm{kz}, b64')
})

select('the chosen form fits, and none that fits is shorter or needs less', () => {
  const all = (forms() as readonly EncodableForm[]).filter((form) => !isBranchForm(form))
  fc.assert(
    fc.property(fc.nat(all.length - 1), fc.nat(), (index, seed) => {
      const form = all[index]!
      const operands = randomSample(form, seededRandom(seed))
      if (operands === null) return
      const fits = (other: EncodableForm) =>
        other.slots.length === operands.length &&
        other.slots.every((slot, at) => slotFits(slot, shapeOf(operands[at]!)))
      assert.ok(fits(form), form.text)
      const chosen = selectForm(form.mnemonic, operands) as EncodableForm
      assert.ok(fits(chosen), chosen.text)
      assert.is(selectForm(form.mnemonic, operands), chosen, 'remembered')
      for (const other of encodableForms(form.mnemonic)) {
        if (!fits(other) || other.late) continue
        assert.ok(other.scheme === 'evex' || chosen.scheme !== 'evex', `${other.text} needs no EVEX`)
        if (other.scheme === chosen.scheme) assert.ok(other.cost >= chosen.cost, `${other.text} is shorter`)
      }
    }),
    { numRuns: 5000 },
  )
})

function effects(mnemonic: string, ...operands: Operand[]): string[] {
  const seen: string[] = []
  visitRegisters(selectForm(mnemonic, operands), operands, (reg, access, index) => {
    seen.push(
      `${index} ${access} ${reg.kind === 'r8h' ? String(reg) : new Reg(reg.kind, reg.id, null, false, null)}`,
    )
  })
  return seen
}

select('effects: operands, addresses, implicit registers', () => {
  assert.equal(effects('add', rax, mem(rcx, rdx, 8)), ['0 rw rax', '1 r rcx', '1 r rdx'])
  assert.equal(effects('mov', mem(rcx), rax), ['0 r rcx', '1 r rax'])
  assert.equal(effects('lea', rax, mem(rcx)), ['0 w rax', '1 r rcx'])
  assert.equal(effects('mul', ecx), ['0 r ecx', '-1 rw eax', '-1 w edx'])
  assert.equal(effects('push', rax), ['0 r rax', '-1 rw rsp'])
  assert.equal(effects('ret'), ['-1 rw rsp'])
})

select('effects: merging reads the destination, zeroing does not', () => {
  assert.equal(effects('vaddps', zmm(1), zmm(2), zmm(3)), ['0 w zmm1', '1 r zmm2', '2 r zmm3'])
  assert.equal(effects('vaddps', zmm(1).mask(k(4)), zmm(2), zmm(3)), [
    '0 rw zmm1',
    '0 r k4',
    '1 r zmm2',
    '2 r zmm3',
  ])
  assert.equal(effects('vaddps', zmm(1).mask(k(4)).zero(), zmm(2), zmm(3)).slice(0, 2), [
    '0 w zmm1',
    '0 r k4',
  ])
  assert.equal(effects('vfmadd231ps', zmm(1).mask(k(4)).zero(), zmm(2), zmm(3))[0], '0 rw zmm1')
  assert.equal(effects('vmovups', mem(rax).mask(k(2)), zmm(3)), ['0 r rax', '0 r k2', '1 r zmm3'])
})

select('effects: gathers and scatters clear their mask', () => {
  assert.equal(effects('vgatherdps', zmm(1).mask(k(1)), mem(rax, zmm(2), 4)), [
    '0 rw zmm1',
    '0 rw k1',
    '1 r rax',
    '1 r zmm2',
  ])
  assert.ok(effects('vscatterdps', mem(rax, zmm(2), 4).mask(k(1)), zmm(3)).includes('0 rw k1'))
})

select('effects: a zero idiom reads nothing when its sources are one register', () => {
  assert.equal(effects('vpxord', zmm(1), zmm(2), zmm(2)), ['0 w zmm1'])
  assert.equal(effects('vpxord', zmm(1), zmm(2), zmm(3)), ['0 w zmm1', '1 r zmm2', '2 r zmm3'])
  assert.equal(effects('xor', eax, eax), ['0 w eax'])
  assert.equal(effects('xor', eax, ecx), ['0 rw eax', '1 r ecx'])
  assert.equal(effects('vpxord', zmm(1).mask(k(1)), zmm(2), zmm(2)), ['0 rw zmm1', '0 r k1'])
})

select('formsOf knows aliases and refuses what no table has', () => {
  assert.is(formsOf('jz'), formsOf('je'))
  assert.throws(() => formsOf('vadps'), /vadps: there is no such instruction in the tables\n.*\n {4}vaddps/)
  assert.throws(() => formsOf('toString'), /no such instruction/)
})

select.run()
