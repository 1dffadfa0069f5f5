/** The assembler around the instructions: branches of the right length, alignment, constants, labels, listings. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  Assembler,
  al,
  cr,
  cs,
  dword,
  EncodeError,
  eax,
  format,
  k,
  type Label,
  listing,
  mem,
  qword,
  r32,
  r64,
  rax,
  rbx,
  rcx,
  selectForm,
  xmm,
  ymm,
  zmm,
} from '../src/encoder/index.ts'

const assembler = suite('assembler')

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const filler = (count: number): Uint8Array => new Uint8Array(count).fill(0x90)
const isEncodeError = (error: Error): boolean => error instanceof EncodeError
const int32 = (bytes: Uint8Array, at: number): number => Buffer.from(bytes).readInt32LE(at)

assembler('a forward branch is short up to 127 bytes and long from 128', () => {
  for (const [distance, start] of [
    [0, 'eb00'],
    [127, 'eb7f'],
    [128, 'e980000000'],
  ] as const) {
    const a = new Assembler()
    const target = a.label()
    const { bytes } = a.jmp(target).bytes(filler(distance)).bind(target).finish()
    assert.is(hex(bytes.subarray(0, bytes.length - distance)), start)
  }
})

assembler('a backward branch is short down to −128 and long from −129, counted from its end', () => {
  for (const [between, end] of [
    [126, '7480'],
    [127, '0f847bffffff'],
  ] as const) {
    const a = new Assembler()
    const target = a.label()
    const { bytes } = a.bind(target).bytes(filler(between)).je(target).finish()
    assert.is(hex(bytes.subarray(between)), end)
  }
})

assembler('one branch that becomes long makes another long, and so on', () => {
  // Each branch jumps over the next one's padding, just in reach as long as every branch is short.
  const links = 12
  const build = (extra: number) => {
    const a = new Assembler()
    const targets = Array.from({ length: links + 1 }, () => a.label())
    for (let i = 0; i < links; i++) {
      a.jmp(targets[i + 1]!)
        .bytes(filler(62))
        .bind(targets[i]!)
    }
    return a
      .bytes(filler(61 + extra))
      .bind(targets[links]!)
      .finish()
  }
  const shortLengths = build(0).instructions.map(({ length }) => length)
  assert.equal(new Set(shortLengths), new Set([2]))
  const longLengths = build(64).instructions.map(({ length }) => length)
  assert.equal(new Set(longLengths), new Set([5]), 'the last becomes long, and with it all before')
})

assembler('jrcxz has no long form: out of reach is an error', () => {
  const build = (distance: number) => {
    const a = new Assembler()
    const target = a.label('far')
    return () => a.jrcxz(target).bytes(filler(distance)).bind(target).finish()
  }
  assert.is(hex(build(127)().bytes.subarray(0, 2)), 'e37f')
  assert.throws(build(128), /jrcxz far: the label is 128 bytes away/)
})

assembler('any branches: shortest that reach, and each lands on its label', () => {
  const program = fc.array(
    fc.record({ gap: fc.integer({ min: 0, max: 90 }), target: fc.nat(11), isCall: fc.boolean() }),
    { minLength: 1, maxLength: 12 },
  )
  fc.assert(
    fc.property(program, (steps) => {
      const a = new Assembler()
      const labels = steps.map(() => a.label())
      const targets: Label[] = []
      steps.forEach(({ gap, isCall, target }, index) => {
        const label = labels[target % labels.length]!
        targets.push(label)
        a.bind(labels[index]!).bytes(filler(gap))
        if (isCall) a.call(label)
        else a.jne(label)
      })
      const code = a.finish()
      const offsets = new Map(code.symbols.map(({ name, offset }) => [name, offset]))
      code.instructions.forEach(({ length, offset }, index) => {
        const distance = offsets.get(targets[index]!.name)! - (offset + length)
        const isShort = length === 2
        const stored = isShort
          ? (code.bytes[offset + 1]! << 24) >> 24
          : int32(code.bytes, offset + length - 4)
        assert.is(stored, distance)
        if (steps[index]!.isCall) assert.is(length, 5)
        else assert.is(isShort, length === 2 && distance >= -128 && distance <= 127)
        // A long one must need it: even 4 bytes nearer (its own growth, for backward ones) it would not reach.
        if (length === 6) assert.not.ok(distance < 0 ? distance + 4 >= -128 : distance <= 127, `${distance}`)
      })
    }),
  )
})

assembler('align pads with the recommended NOPs, the fewest', () => {
  const pads = ['', '90', '6690', '0f1f00', '0f1f4000', '0f1f440000', '660f1f440000', '0f1f8000000000']
  pads.push('0f1f840000000000', '660f1f840000000000', '660f1f84000000000090')
  for (const [size, pad] of pads.entries()) {
    const a = new Assembler()
    const { bytes } = a
      .bytes(filler(16 - size))
      .align(16)
      .ret()
      .finish()
    assert.is(hex(bytes.subarray(16 - size, 16)), pad)
    assert.is(hex(bytes.subarray(16)), 'c3')
  }
})

assembler('align takes powers of two up to a page, and the code asks for the largest', () => {
  assert.is(new Assembler().ret().finish().alignment, 16)
  assert.is(new Assembler().align(64).ret().finish().alignment, 64)
  for (const wrong of [0, 3, -4, 8192, 1.5, Number.NaN]) {
    assert.throws(() => new Assembler().align(wrong), /a power of two from 1 to 4096/)
  }
})

assembler('labels after padding and relaxed branches are where they are said to be', () => {
  const a = new Assembler()
  const start = a.label('start')
  const loop = a.label('loop')
  const end = a.label('end')
  const code = a
    .bind(start)
    .jmp(end)
    .align(32)
    .bind(loop)
    .bytes(filler(200))
    .jnz(loop)
    .bind(end)
    .ret()
    .finish()
  assert.equal(code.symbols, [
    { name: 'start', offset: 0 },
    { name: 'loop', offset: 32 },
    { name: 'end', offset: 238 },
  ])
  assert.equal(
    code.instructions.map(({ length, offset }) => [offset, length]),
    [
      [0, 5],
      [232, 6],
      [238, 1],
    ],
  )
})

assembler('equal constants share a place, and every constant is aligned', () => {
  const a = new Assembler()
  const one = a.constant(new Uint8Array(64).fill(1))
  const small = a.constant(Uint8Array.of(1, 2, 3, 4))
  const again = a.constant(new Uint8Array(64).fill(1))
  const raised = a.constant(Uint8Array.of(1, 2, 3, 4), 32)
  assert.is(one, again)
  assert.is(small, raised)
  a.vmovups(zmm(1), mem(one)).vbroadcastss(ymm(2), mem(small)).vaddps(zmm(3), zmm(1), mem(again)).ret()
  const code = a.finish()
  const offset = new Map(code.symbols.map((symbol) => [symbol.name, symbol.offset]))
  assert.is(offset.get(one.name)! % 64, 0)
  assert.is(offset.get(small.name)! % 32, 0)
  assert.is(code.alignment, 64)
  assert.is(code.bytes.length, 64 + 64 + 4)
  assert.is(code.poolOffset, 10 + 9 + 10 + 1)
  assert.equal(code.bytes.subarray(64, 128), new Uint8Array(64).fill(1))
  assert.is(hex(code.bytes.subarray(128)), '01020304')
})

assembler('the pool does not change when the caller changes the bytes later', () => {
  const a = new Assembler()
  const bytes = Uint8Array.of(1, 2, 3, 4)
  a.vbroadcastss(ymm(2), mem(a.constant(bytes)))
  bytes.fill(9)
  assert.is(hex(a.finish().bytes.slice(-4)), '01020304')
})

assembler('RIP-relative displacements count from the end of the instruction, immediates included', () => {
  const cases: [(a: Assembler, l: Label) => unknown, number][] = [
    [(a, l) => a.mov(rax, mem(l)), 0],
    [(a, l) => a.add(dword(l), 1), 1],
    [(a, l) => a.add(dword(l), 1000), 4],
    [(a, l) => a.mov(qword(l), -1), 4],
    [(a, l) => a.vpternlogd(zmm(1).mask(k(1)), zmm(2), mem(l), 0x96), 1],
    [(a, l) => a.vshufps(xmm(1), xmm(2), mem(l), 0x1b), 1],
    [(a, l) => a.vaddps(zmm(20), zmm(2), mem(l).broadcast()), 0],
  ]
  for (const [emit, immediateBytes] of cases) {
    const a = new Assembler()
    const target = a.label()
    emit(a, target)
    const code = a.bytes(filler(100)).bind(target).finish()
    const { length } = code.instructions[0]!
    assert.is(int32(code.bytes, length - immediateBytes - 4), 100)
  }
})

assembler('label + disp is added to the displacement, forwards and backwards', () => {
  const a = new Assembler()
  const back = a.label()
  const code = a.bind(back).bytes(filler(10)).lea(rax, mem(back, 3)).lea(rbx, mem(back).plus(-8)).finish()
  assert.is(int32(code.bytes, 13), 3 - 17)
  assert.is(int32(code.bytes, 20), -8 - 24)
})

assembler('label + disp beyond 32 bits is refused', () => {
  const a = new Assembler()
  const ahead = a.label('ahead')
  a.lea(rax, mem(ahead, 0x7fffffff)).bytes(filler(8)).bind(ahead)
  assert.throws(() => a.finish(), /lea rax, \[rip \+ ahead\+2147483647\]: .* more than 32 bits reach/)
})

assembler('finish leaves an empty assembler; labels of before are refused', () => {
  const a = new Assembler()
  const old = a.label('old')
  a.bind(old).ret()
  assert.is(hex(a.finish().bytes), 'c3')
  assert.is(a.finish().bytes.length, 0)
  assert.throws(() => a.jmp(old), /jmp old: the label is of another assembler, or from before finish/)
  assert.is(hex(a.add(eax, 1).finish().bytes), '83c001')
})

assembler('a refused instruction leaves no bytes behind', () => {
  const a = new Assembler()
  const foreign = new Assembler().label('foreign')
  assert.throws(() => a.mov(rax, mem(foreign)), isEncodeError)
  assert.throws(() => a.emit('vaddps', [zmm(1).mask(k(0)), zmm(2), zmm(3)]), isEncodeError)
  assert.is(hex(a.ret().finish().bytes), 'c3')
})

assembler('labels: bound twice, never bound, another assembler’s', () => {
  const a = new Assembler()
  const label = a.label('here')
  a.bind(label)
  assert.throws(() => a.bind(label), /bind here: the label is already bound/)
  assert.throws(() => a.bind(new Assembler().label('x')), /bind x: the label is of another assembler/)
  const b = new Assembler()
  b.jmp(b.label('nowhere'))
  assert.throws(() => b.finish(), /jmp nowhere: the label nowhere was never bound/)
  const c = new Assembler()
  c.mov(rax, mem(c.label('data'), 8))
  assert.throws(() => c.finish(), /mov rax, \[rip \+ data\+8\]: the label data was never bound/)
})

assembler('bytes takes bytes only', () => {
  assert.throws(() => new Assembler().bytes([1, 256]), /bytes 256: a byte is an integer from 0 to 255/)
  assert.throws(() => new Assembler().constant(new Uint8Array(0)), /at least one byte/)
})

assembler('the result is frozen, sorted, and the same every time', () => {
  const build = () => {
    const a = new Assembler()
    return a.vfmadd231ps(zmm(1), zmm(2), mem(rax)).vaddps(ymm(1), ymm(2), ymm(3)).mov(al, 1).finish()
  }
  const code = build()
  assert.ok(Object.isFrozen(code) && Object.isFrozen(code.instructions) && Object.isFrozen(code.symbols))
  assert.equal(code.features, ['AVX', 'AVX512F'])
  assert.equal(code, build())
})

assembler('r16 to r31 bring APX among the features of the code', () => {
  const needs = (emit: (a: Assembler) => unknown): readonly string[] => {
    const a = new Assembler()
    emit(a)
    return a.finish().features
  }
  assert.equal(
    needs((a) => a.mov(r64(16), rax)),
    ['APX_F'],
  )
  assert.equal(
    needs((a) => a.vmovaps(zmm(1), mem(r64(31)))),
    ['APX_F', 'AVX512F'],
  )
  assert.equal(
    needs((a) => a.emitForm(selectForm('mov', [eax, r32(16)]), [eax, r32(16)])),
    ['APX_F'],
  )
  assert.equal(
    needs((a) => a.mov(r64(15), rax).vmovaps(zmm(16), zmm(31))),
    ['AVX512F'],
  )
})

assembler('a fifth operand is an immediate of four bits', () => {
  const emit = (low: number) => new Assembler().vpermil2pd(xmm(0), xmm(1), mem(rax), xmm(3), low)
  const { bytes, instructions } = emit(15).finish()
  assert.equal([...bytes], [0xc4, 0xe3, 0x71, 0x49, 0x00, 0x3f])
  assert.is(format(instructions[0]!.inst), 'vpermil2pd xmm0, xmm1, xmmword ptr [rax], xmm3, 15')
  assert.throws(() => emit(16), /the immediate is 16; allowed are 0 to 15/)
  assert.throws(() => emit(-129), /must be 0 to 15/)
  const a = new Assembler()
  assert.throws(() => a.emit('nop', [1, 2, 3, 4, 5, 6]), /no form has so many operands/)
})

assembler('cs is not written, and control registers that do not exist are refused', () => {
  assert.throws(() => new Assembler().mov(cs, eax), /cs, is written by far jumps and calls alone/)
  assert.throws(() => new Assembler().mov(cr(9), rax), /cr9, does not exist/)
  assert.equal([...new Assembler().mov(cr(8), rax).mov(eax, cs).finish().bytes].length, 6)
})

assembler('a listing has offsets, bytes, text and labels', () => {
  const a = new Assembler()
  const loop = a.label('loop')
  a.bind(loop).vfmadd231ps(zmm(3).mask(k(1)).zero(), zmm(1), mem(rax, 64).broadcast())
  a.dec(rcx)
    .jnz(loop)
    .vaddps(xmm(1), xmm(2), mem(a.constant(filler(16))))
    .ret()
  assert.is(
    listing(a.finish()),
    [
      'loop:',
      '000000  62 f2 75 d9 b8 58 10              vfmadd231ps zmm3 {k1} {z}, zmm1, dword ptr [rax + 64]{1to16}',
      '000007  48 ff c9                          dec rcx',
      '00000a  75 f4                             jne loop',
      '00000c  c5 e8 58 0d 0c 00 00 00           vaddps xmm1, xmm2, xmmword ptr [rip + .C1]',
      '000014  c3                                ret',
      '000015  cc cc cc cc cc cc cc cc cc cc cc',
      '.C1:',
      '000020  90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90',
    ].join('\n'),
  )
})

assembler.run()
