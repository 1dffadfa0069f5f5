/** What cannot be encoded is refused, with the operand, the reason and the nearest forms. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  Assembler,
  ah,
  al,
  ax,
  bl,
  dword,
  EncodeError,
  eax,
  gs,
  k,
  Label,
  Mem,
  mem,
  mnemonics,
  type Operand,
  qword,
  Reg,
  r8,
  r9,
  r64,
  rax,
  rcx,
  rdi,
  rsi,
  rsp,
  tmm,
  xmm,
  ymm,
  zmm,
} from '../src/encoder/index.ts'

const errors = suite('encoder errors')

function refusal(mnemonic: string, operands: readonly unknown[]): EncodeError {
  try {
    new Assembler().emit(mnemonic, operands as readonly Operand[]).finish()
  } catch (error) {
    assert.instance(error, EncodeError)
    return error as EncodeError
  }
  throw new Error(`${mnemonic} ${operands.map(String).join(', ')} was encoded`)
}

const foreign = new Label(3, 'foreign')

/** mnemonic, operands, what the message says, the nearest form. */
const CASES: readonly (readonly [string, readonly unknown[], RegExp, string?])[] = [
  // Masks and zeroing.
  ['vaddps', [zmm(1).mask(k(0)), zmm(2), zmm(3)], /operand 1, zmm1 \{k0\}, k0 cannot be a write mask/],
  ['vmovups', [mem(rax).mask(k(0)), zmm(1)], /k0 cannot be a write mask/, 'vmovups m512{k}, zmm'],
  ['vmovaps', [new Reg('zmm', 1, xmm(1) as unknown as Reg<'k'>, false, null), zmm(2)], /its mask is xmm1/],
  ['vmovaps', [new Reg('zmm', 1, null, true, null), zmm(2)], /operand 1, zmm1, \{z\} needs a mask/],
  ['vaddps', [zmm(1), zmm(2), zmm(3).mask(k(1))], /operand 3, zmm3 \{k1\}, cannot be masked/],
  ['vcmpps', [k(1).mask(k(2)).zero(), zmm(2), zmm(3), 1], /operand 1.*can be masked, but not with \{z\}/],
  ['vptest', [xmm(1).mask(k(1)), xmm(2)], /operand 1.*cannot be masked/, 'vptest xmm, xmm'],
  [
    'vgatherdps',
    [zmm(1), mem(rax, zmm(2), 4)],
    /operand 1, zmm1, needs an opmask/,
    'vgatherdps zmm{k}, vm32z',
  ],
  // Rounding and broadcast.
  ['vaddps', [ymm(1), ymm(2), ymm(3).round('rn-sae')], /operand 3.*takes no rounding mode/],
  ['vaddps', [zmm(1), zmm(2), zmm(3).sae()], /operand 3.*takes a rounding mode, not \{sae\} alone/],
  ['vmaxps', [zmm(1), zmm(2), zmm(3).round('rz-sae')], /operand 3.*takes \{sae\}, no rounding mode/],
  [
    'vpaddb',
    [zmm(1), zmm(2), mem(rax).broadcast()],
    /operand 3.*cannot be broadcast/,
    'vpaddb zmm{kz}, zmm, m512',
  ],
  ['vpaddd', [zmm(1), zmm(2), qword(rax).broadcast()], /operand 3.*is 64 bits; must be 32/],
  ['vpaddd', [zmm(1), zmm(2), mem(rax).broadcast(8)], /operand 3.*is repeated 16 times, not 8/],
  // Numbers of registers.
  ['vptest', [xmm(17), xmm(3)], /operand 1, xmm17, must be one of 0 to 15: only EVEX/],
  ['vpmaskmovd', [xmm(1), xmm(2), mem(rax, xmm(3), 1)], /cannot have a vector register as its index/],
  ['vgatherdps', [xmm(1), mem(rax, xmm(17), 4), xmm(2)], /must have an index of 0 to 15/],
  ['pshufb', [xmm(1), mem(r64(17))], /operand 2.*is one of r16 to r31, which need APX/],
  ['mov', [ah, r8(9)], /ah, bh, ch and dh cannot be used where another operand needs a REX prefix/],
  ['mov', [ah, r8(4)], /cannot be used where another operand needs a REX prefix/],
  ['mov', [ah, mem(r9)], /cannot be used where another operand needs a REX prefix/],
  ['shl', [eax, bl], /operand 2, bl, must be cl/, 'shl r32, cl'],
  ['tdpbf16ps', [tmm(1), tmm(2), tmm(2)], /all registers must differ, and tmm2 is used twice/],
  ['vgatherdps', [zmm(1).mask(k(1)), mem(rax, zmm(1), 1)], /zmm1 is used twice/],
  ['vscatterdps', [mem(rax, ymm(2), 1).mask(k(1)), xmm(3)], /must have a xmm register as its index/],
  // Addresses that are in no ModRM byte.
  ['movabs', [rax, qword(rsp)], /operand 2, .*, must be an address without registers/],
  [
    'add',
    [rax, mem(0x1122334455667788n)],
    /is an address of 64 bits, which only movabs of the accumulator takes/,
  ],
  ['movsb', [mem(rax), mem(rsi)], /operand 1, \[rax\], must be \[rdi\] or \[edi\]/],
  ['lodsb', [al, mem(rdi)], /must be \[rsi\] or \[esi\]/],
  ['mov', [gs, mem(r64(20)).mask(k(2))], /operand 2, .*, cannot be masked/],
  // Kinds and counts.
  ['vaddps', [zmm(1), zmm(2), ymm(3)], /operand 3, ymm3, must be zmm/, 'vaddps zmm{kz}, zmm, zmm{er}'],
  ['vaddps', [zmm(1), zmm(2)], /2 operands given, 3 needed/],
  ['ret', [eax], /operand 1, eax, must be/],
  ['vzeroupper', [eax], /1 operand given, 0 needed/, 'vzeroupper'],
  ['add', [1, 2, 3, 4, 5, 6], /no form has so many operands/],
  ['add', [dword(rcx), -128, eax], /3 operands given, 2 needed/],
  ['add', [1, 2, 3, 4, 5], /5 operands given, 2 or 3 needed/],
  ['lea', [eax, ax], /operand 2, ax, must be memory/],
  ['add', [undefined, 3], /operand 1, undefined, is missing/],
  ['add', [null, 3], /operand 1, null, is not an operand/],
  ['add', ['eax', 3], /operand 1, eax, is not an operand/],
  // Addresses.
  ['add', [rax, dword(rcx)], /operand 2, dword ptr \[rcx\], is 32 bits; must be 64/, 'add r64, m64'],
  ['add', [rax, mem(rcx, rsp, 2)], /operand 2, \[rcx \+ 2\*rsp\], rsp cannot be an index/],
  ['add', [rax, mem(rcx, rsp, 1)], /rsp cannot be an index/],
  ['add', [rax, mem(rcx, rax, 3 as 2)], /the scale is 3; allowed are 1, 2, 4 and 8/],
  ['add', [rax, mem(rcx, eax, 1)], /base rcx and index eax differ in width/],
  ['add', [rax, mem(rcx, 2 ** 31)], /the displacement 2147483648 is not an integer of 32 bits/],
  ['add', [rax, mem(rcx, 0.5)], /the displacement 0.5 is not an integer/],
  ['add', [rax, mem(zmm(1) as unknown as typeof rax)], /the base zmm1 is not a 64-bit or 32-bit register/],
  ['add', [rax, new Mem(0, rcx, k(1), 1, 0, null, false, null)], /k1 cannot be an index/],
  ['vaddps', [zmm(1), zmm(2), mem(rax, zmm(3), 1).broadcast()], /a vector index cannot be broadcast/],
  ['vgatherdps', [zmm(1).mask(k(1)), mem(rax, ymm(2), 1)], /must have a zmm register as its index/],
  ['tileloadd', [tmm(1), mem(foreign)], /cannot be RIP-relative: its address needs a SIB byte/],
  ['jmp', [foreign], /jmp foreign: the label is of another assembler/],
  ['mov', [rax, mem(foreign)], /the label is of another assembler/],
  ['mov', [rax, foreign], /operand 2, foreign, must be memory: write mem\(label\)/],
  // Immediates.
  ['add', [rax, 1.5], /operand 2, 1.5, is not an integer/],
  ['add', [rax, Number.NaN], /operand 2, NaN, is not an integer/],
  ['add', [rax, 2 ** 53], /is beyond 2⁵³, where a number is not exact/],
  ['mov', [rax, 1n << 64n], /operand 2, 18446744073709551616, does not fit in 64 bits/],
  ['add', [rax, 2 ** 31], /operand 2, 2147483648, must be −2³¹ to 2³¹−1/],
  ['add', [al, 256], /operand 2, 256, must be −128 to 255/],
  ['add', [ax, 65536], /operand 2, 65536, must be −32768 to 65535/],
  ['shl', [eax, 256], /operand 2, 256, must be −128 to 255/],
  // Names.
  ['vadps', [eax], /no such instruction in the tables/, 'vaddps'],
  ['constructor', [], /no such instruction in the tables/],
]

for (const [mnemonic, operands, message, nearest] of CASES) {
  errors(`refuses ${mnemonic} ${operands.map(String).join(', ')}: ${message.source}`, () => {
    const error = refusal(mnemonic, operands)
    assert.match(error.message, message)
    assert.is(error.mnemonic, mnemonic)
    if (nearest !== undefined) {
      assert.ok(error.nearest.includes(nearest), `nearest: ${error.nearest.join('; ')}`)
      assert.ok(error.message.includes(nearest))
    }
  })
}

errors('whatever is given, it is encoded or refused with an EncodeError', () => {
  const junk: fc.Arbitrary<unknown> = fc.oneof(
    fc.constantFrom(null, undefined, 'rax', {}, [], true, Number.NaN, Number.POSITIVE_INFINITY, -0, foreign),
    fc.double(),
    fc.bigInt(),
    fc.integer(),
    fc.nat(40).map((id) => new Reg('zmm', id, k(id % 8), id % 2 === 0, id % 3 === 0 ? 'rz-sae' : null)),
    fc.nat(40).map((id) => new Reg('r64', id, null, false, null)),
    fc.nat(8).map((id) => new Reg('tmm', id, null, false, null)),
    fc
      .tuple(fc.nat(40), fc.nat(40), fc.nat(9), fc.integer(), fc.boolean())
      .map(([base, index, scale, disp, isBroadcast]) => {
        const indexed = new Reg(index % 2 === 0 ? 'r64' : 'zmm', index, null, false, null)
        const based = base % 5 === 0 ? null : new Reg('r64', base, null, false, null)
        return new Mem(0, based, indexed, scale as 1, disp, null, isBroadcast, base % 3 === 0 ? k(1) : null)
      }),
  )
  const names = mnemonics()
  fc.assert(
    fc.property(fc.nat(names.length - 1), fc.array(junk, { maxLength: 5 }), (name, operands) => {
      const a = new Assembler()
      try {
        a.emit(names[name]!, operands as Operand[])
      } catch (error) {
        assert.instance(error, EncodeError, String(error))
        assert.is(a.finish().bytes.length, 0, 'nothing is left behind')
      }
    }),
    { numRuns: 3000 },
  )
})

errors.run()
