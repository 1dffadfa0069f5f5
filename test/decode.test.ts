/** What the decoder makes of bytes: goldens and their truncations, prefixes, limits, and any bytes at all. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GOLDEN_DIRECTORY, goldenFile, parseGoldens } from '../fuzz/golden-files.ts'
import { type Decoded, type DecodedInst, decode } from '../src/encoder/decode.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { Assembler, EncodeError, format, visitRegisters } from '../src/encoder/index.ts'

const decoding = suite('decode')

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Text with prefixes, or the reason in parentheses. */
function read(hex: string): string {
  const found = decode(fromHex(hex))
  return found.form === null ? `(${found.reason})` : [...found.prefixes, format(found)].join(' ')
}

function found(hex: string): DecodedInst {
  const result = decode(fromHex(hex))
  if (result.form === null) throw new Error(`${hex}: ${result.message}`)
  return result
}

const goldens = readdirSync(GOLDEN_DIRECTORY).flatMap((file) => [
  ...parseGoldens(readFileSync(goldenFile(file.replace('.txt', '')), 'utf8')),
])

/** The bytes that we write for what was read: in the form that we choose, or in the same. */
function encodeAgain({ form, operands }: DecodedInst, inSameForm = false): string | null {
  const assembler = new Assembler()
  try {
    if (inSameForm) assembler.emitForm(form, operands)
    else assembler.emit(form.mnemonic, operands)
    return toHex(assembler.finish().bytes)
  } catch (error) {
    if (error instanceof EncodeError) return null
    throw error
  }
}

decoding('every golden reads back as its text, or as another that has the same bytes', () => {
  assert.ok(goldens.length > 20_000, `${goldens.length} goldens`)
  for (const [text, hex] of goldens) {
    const result = found(hex)
    assert.is(2 * result.length, hex.length, `${text}: ${hex}`)
    const again = [...result.prefixes, format(result)].join(' ')
    if (again !== text) assert.is(encodeAgain(result), hex, `${hex} is ${text}, read as ${again}`)
  }
})

decoding('no truncation of a golden is read past its end, or as the whole', () => {
  for (const [text, hex] of goldens) {
    const bytes = fromHex(hex)
    for (let length = 0; length < bytes.length; length++) {
      // What lies behind must not matter: the rest of the buffer is there, but not in the view.
      const result = decode(bytes.subarray(0, length))
      if (result.form !== null) assert.ok(result.length <= length, `${text}, ${length} bytes`)
      else if (length === 0) assert.is(result.reason, 'truncated')
    }
    assert.ok(decode(bytes.subarray(0, bytes.length - 1)).form === null, `${text} without its last byte`)
  }
})

decoding('any bytes are an instruction within the bytes, or have a reason', () => {
  const check = (bytes: Uint8Array, offset: number): Decoded => {
    const result = decode(bytes, offset)
    if (result.form === null) assert.ok(result.message.length > 0)
    else {
      assert.ok(result.length >= 1 && result.length <= 15 && offset + result.length <= bytes.length)
      assert.type(format(result), 'string')
      visitRegisters(result.form, result.operands, (reg) => assert.not(reg.isVirtual))
    }
    return result
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), fc.nat(20), (bytes, offset) => {
      check(bytes, Math.min(offset, bytes.length))
    }),
    { numRuns: 6000 },
  )
  // Bytes that begin as instructions do go further.
  const start = fc.constantFrom(
    '62f17c48',
    '62f47c08',
    'c5f8',
    'c4e279',
    '8fe878',
    'd508',
    '66480f',
    '0f38',
    'f30f',
  )
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 14 }), (head, tail) => {
      check(Uint8Array.from([...fromHex(head), ...tail]), 0)
    }),
    { numRuns: 6000 },
  )
})

decoding('what was read and is written again is no longer, and reads the same', () => {
  fc.assert(
    fc.property(fc.constantFrom(...goldens), fc.nat(), fc.nat(255), ([, hex], place, value) => {
      const bytes = fromHex(hex)
      bytes[place % bytes.length] = value
      const result = decode(bytes)
      // An address of 32 bits without registers has no operand that says so.
      if (result.form === null || result.prefixes.includes('addr32')) return
      const again = encodeAgain(result, true)!
      assert.ok(again.length <= 2 * result.length, `${toHex(bytes)} became ${again}`)
      // Sums and products may have their operands exchanged, where that is shorter.
      if ((result.form as EncodableForm).commutative) return
      assert.is(format(found(again)), format(result), `${toHex(bytes)} became ${again}`)
    }),
    { numRuns: 6000 },
  )
})

decoding('an offset other than 0', () => {
  const bytes = fromHex('90 62f17c4858c2 c3')
  assert.is(format(decode(bytes, 1) as DecodedInst), 'vaddps zmm0, zmm0, zmm2')
  assert.is(format(decode(bytes, 7) as DecodedInst), 'ret')
  assert.is(decode(bytes, 8).form, null)
})

/** By name, what the bytes are, and what is read. */
const CASES: Readonly<Record<string, readonly (readonly [hex: string, text: string])[]>> = {
  'REX that is not last is ignored': [
    ['48 66 01 c8', 'add ax, cx'],
    ['4f 2e 8b 00', 'mov eax, dword ptr cs:[rax]'],
    ['48 40 01 c8', 'add eax, ecx'],
  ],
  'redundant prefixes are named and otherwise ignored': [
    ['66 66 90', 'data16 nop'],
    ['66 b0 01', 'data16 mov al, 1'],
    ['f3 c3', 'rep ret'],
    ['f2 c3', 'repne ret'],
    ['67 01 c8', 'addr32 add eax, ecx'],
    ['2e 74 05', 'cs je 5'],
    ['66 e8 00 00 00 00', 'data16 call 0'],
  ],
  'of F2 and F3 the last counts, and more than 66': [
    ['f2 f3 0f 58 c1', 'addss xmm0, xmm1'],
    ['f3 f2 0f 58 c1', 'addsd xmm0, xmm1'],
    ['66 f3 0f 58 c1', 'data16 addss xmm0, xmm1'],
    ['f3 66 0f 58 c1', 'data16 addss xmm0, xmm1'],
  ],
  'mandatory prefixes stand anywhere among the others': [
    ['66 2e 0f 58 00', 'addpd xmm0, xmmword ptr cs:[rax]'],
    ['66 67 0f 58 00', 'addpd xmm0, xmmword ptr [eax]'],
  ],
  'REX.W wins over 66': [
    ['66 48 01 c8', 'data16 add rax, rcx'],
    ['66 48 b8 01 00 00 00 00 00 00 00', 'data16 movabs rax, 1'],
  ],
  'segments: the last of them, on memory': [
    ['64 8b 00', 'mov eax, dword ptr fs:[rax]'],
    ['65 64 8b 00', 'mov eax, dword ptr fs:[rax]'],
    ['64 a4', 'movsb byte ptr es:[rdi], byte ptr fs:[rsi]'],
  ],
  'prefixes that make another instruction': [
    ['f0 01 08', 'lock add dword ptr [rax], ecx'],
    ['f0 01 c8', '(lock)'],
    ['f0 8b 00', '(lock)'],
    ['f3 a4', 'rep movsb byte ptr es:[rdi], byte ptr [rsi]'],
    ['f2 a6', 'repne cmpsb byte ptr [rsi], byte ptr es:[rdi]'],
    ['3e ff e0', 'notrack jmp rax'],
    ['f3 90', 'pause'],
    ['f2 90', 'repne nop'],
    ['90', 'nop'],
    ['41 90', 'xchg eax, r8d'],
    ['87 c0', 'xchg eax, eax'],
  ],
  'a prefix of 66, F2, F3, lock or REX before VEX or EVEX': [
    ['66 c5 f8 58 c1', '(prefix)'],
    ['f3 62 f1 7c 48 58 c2', '(prefix)'],
    ['f0 c5 f8 58 c1', '(prefix)'],
    ['48 c5 f8 58 c1', '(prefix)'],
    ['67 c5 f8 58 00', 'vaddps xmm0, xmm0, xmmword ptr [eax]'],
    ['65 c5 f8 58 00', 'vaddps xmm0, xmm0, xmmword ptr gs:[rax]'],
  ],
  'VEX fields': [
    ['c5 f8 28 c1', 'vmovaps xmm0, xmm1'],
    ['c5 f0 28 c1', '(field)'],
    ['c4 e1 f8 58 c1', 'vaddps xmm0, xmm0, xmm1'],
    ['c5 fe 58 c1', 'vaddss xmm0, xmm0, xmm1'],
    ['c4 e2 f9 49 c0', '(field)'],
    ['c4 e0 78 58 c1', '(opcode)'],
    ['c4 ff 78 58 c1', '(payload)'],
  ],
  'EVEX fields': [
    ['62 f1 7c 18 58 c1', 'vaddps zmm0, zmm0, zmm1, {rn-sae}'],
    ['62 f1 7c 78 58 c1', 'vaddps zmm0, zmm0, zmm1, {rz-sae}'],
    ['62 f1 7c 58 58 40 10', 'vaddps zmm0, zmm0, dword ptr [rax + 64]{1to16}'],
    ['62 f1 7c 48 58 40 01', 'vaddps zmm0, zmm0, zmmword ptr [rax + 64]'],
    ['62 f1 7c c9 58 c1', 'vaddps zmm0 {k1} {z}, zmm0, zmm1'],
    ['62 f1 7c c8 58 c1', '(payload)'],
    ['62 f1 7c 68 58 c1', '(payload)'],
    ['62 f1 7c 58 28 c1', '(field)'],
    ['62 f1 7c c9 29 00', '(field)'],
    ['62 b1 7c 00 58 c0', 'vaddps xmm0, xmm16, xmm16'],
    ['62 f1 74 40 28 c1', '(field)'],
    ['62 91 7c 48 28 c1', 'vmovaps zmm0, zmm25'],
  ],
  'addresses: what SIB and ModRM say at their limits': [
    ['8b 04 20', 'mov eax, dword ptr [rax]'],
    ['42 8b 04 20', 'mov eax, dword ptr [rax + r12]'],
    ['8b 04 25 00 00 00 00', 'mov eax, dword ptr [0]'],
    ['41 8b 05 04 00 00 00', 'mov eax, dword ptr [rip + 4]'],
    ['41 8b 45 00', 'mov eax, dword ptr [r13]'],
    ['8b 04 05 08 00 00 00', 'mov eax, dword ptr [rax + 8]'],
    ['8b 80 00 00 00 00', 'mov eax, dword ptr [rax]'],
    ['67 8b 04 25 00 00 00 80', 'addr32 mov eax, dword ptr [-2147483648]'],
    ['c4 e2 7b 4b 05 00 00 00 00', '(operand)'],
    ['62 f2 7d 09 90 0c 01', 'vpgatherdd xmm1 {k1}, dword ptr [rcx + xmm0]'],
    ['62 f2 7d 09 90 04 01', '(distinct)'],
    ['62 f2 7d 08 90 0c 01', '(field)'],
  ],
  'registers that do not exist, or must differ': [
    ['c5 7c 41 c1', '(operand)'],
    ['8e f8', '(operand)'],
    ['0f 23 c0', 'mov dr0, rax'],
    ['44 0f 23 c0', '(operand)'],
    ['c4 e2 6b 5e c0', '(distinct)'],
  ],
  'fields that a CPU ignores': [
    ['0f 94 c8', 'sete al'],
    ['0f ae ef', 'lfence'],
    ['0f 1f 78 00', 'nop dword ptr [rax]'],
    ['48 0f 58 c1', 'addps xmm0, xmm1'],
  ],
  'byte registers with REX and without': [
    ['88 e0', 'mov al, ah'],
    ['40 88 e0', 'mov al, spl'],
  ],
  REX2: [
    ['d5 58 01 c8', 'add r16, r17'],
    ['d5 80 af c1', 'imul eax, ecx'],
    ['d5 00 74 00', '(field)'],
    ['48 d5 00 01 c8', '(prefix)'],
  ],
  'how long an instruction may be': [
    [`${'66'.repeat(14)}90`, 'data16 nop'],
    [`${'66'.repeat(15)}90`, '(too-long)'],
    ['66'.repeat(15), '(truncated)'],
    [`${'2e'.repeat(10)}810000000000`, '(too-long)'],
    ['66', '(truncated)'],
    ['0f', '(truncated)'],
    ['62 f1 7c 48', '(truncated)'],
    ['e8 00 00 00', '(truncated)'],
  ],
  'what is no instruction in 64-bit mode': [
    ['06', '(opcode)'],
    ['27', '(opcode)'],
    ['ea', '(opcode)'],
    ['0f 04', '(opcode)'],
    ['ff ff', '(field)'],
  ],
}

for (const [name, cases] of Object.entries(CASES)) {
  decoding(name, () => {
    for (const [hex, text] of cases) assert.is(read(hex), text, hex)
  })
}

decoding('operands, features and effects of what was found', () => {
  const { form, length, operands } = found('62 f2 7d 49 b8 08')
  assert.is(length, 6)
  assert.is(form.mnemonic, 'vfmadd231ps')
  assert.equal(form.features, ['AVX512F'])
  const visited: string[] = []
  visitRegisters(form, operands, (reg, access) => visited.push(`${access} ${reg}`))
  assert.equal(visited, ['rw zmm1 {k1}', 'r k1', 'r zmm0', 'r rax'])
})

decoding('r16 to r31 bring APX among the features, as operands and in addresses', () => {
  for (const [hex, text, features] of [
    ['d5 58 8b c8', 'mov r17, r16', ['APX_F']],
    ['d5 10 8b 08', 'mov ecx, dword ptr [r16]', ['APX_F']],
    ['62 f9 7c 48 58 08', 'vaddps zmm1, zmm0, zmmword ptr [r16]', ['AVX512F', 'APX_F']],
    ['62 f1 7c 48 58 08', 'vaddps zmm1, zmm0, zmmword ptr [rax]', ['AVX512F']],
  ] as const) {
    const inst = found(hex)
    assert.is(format(inst), text)
    assert.equal(inst.features, features)
  }
})

decoding('of 3DNow! the opcode stands behind the address', () => {
  assert.is(read('0f 0f c1 9e'), 'pfadd mm0, mm1')
  assert.is(read('0f 0f 40 08 bf'), 'pavgusb mm0, qword ptr [rax + 8]')
  assert.match(
    (decode(fromHex('0f 0f c1 99')) as { message: string }).message,
    'no instruction has this opcode',
  )
  assert.match((decode(fromHex('0f 0f 40 08')) as { message: string }).message, 'end before')
})

decoding('a failure names the field at fault', () => {
  const { message } = decode(fromHex('c5 f0 28 c1')) as { message: string }
  assert.match(message, 'vvvv')
})

decoding.run()
