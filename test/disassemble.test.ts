/** Listings of bytes: labels for branch targets, names of symbols, bytes that are no instruction. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  Assembler,
  type DisassembledLine,
  disassemble,
  formatDisassembly,
  mem,
  rax,
  rcx,
  ymm,
} from '../src/encoder/index.ts'

const disassembling = suite('disassemble')

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const texts = (lines: readonly DisassembledLine[]): string[] =>
  lines.flatMap(({ labels, text }) => [...labels.map((label) => `${label}:`), text])

disassembling('branches inside the range get labels in order of address', () => {
  const lines = disassemble(fromHex('48 ff c9  75 fb  eb 00  74 f7  c3'))
  assert.equal(texts(lines), ['L1:', 'dec rcx', 'jne L1', 'jmp L2', 'L2:', 'je L1', 'ret'])
})

disassembling('what is outside, or inside of an instruction, keeps its number', () => {
  assert.equal(texts(disassemble(fromHex('eb 10  e8 ff ff ff ff  c3'))), ['jmp 16', 'call -1', 'ret'])
})

disassembling('symbols name branch targets and addresses relative to rip', () => {
  const symbols = [
    { name: 'start', offset: 0 },
    { name: 'table', offset: 32 },
    { name: 'L1', offset: 99 },
  ]
  const lines = disassemble(fromHex('8b 05 1a 00 00 00  74 f8  74 f7  75 00  c3'), { symbols })
  assert.equal(texts(lines), [
    'start:',
    'mov eax, dword ptr [rip + table]',
    'je start',
    'je -9',
    'jne L2',
    'L2:',
    'ret',
  ])
})

disassembling('bytes that begin no instruction are shown one at a time, with the reason', () => {
  const lines = disassemble(fromHex('06 90 0f'))
  assert.equal(texts(lines), ['.byte 0x06', 'nop', '.byte 0x0f'])
  assert.is(lines[0]!.problem!.reason, 'opcode')
  assert.is(lines[0]!.inst, null)
  assert.is(lines[1]!.problem, null)
  assert.is(lines[2]!.problem!.reason, 'truncated')
})

disassembling('addresses count from the one given, as numbers of 64 bits', () => {
  const lines = disassemble(fromHex('90 c3'), { address: 0xffff_ffff_ffff_ffffn })
  assert.equal(
    lines.map(({ address }) => address),
    [0xffff_ffff_ffff_ffffn, 0n],
  )
  assert.is(disassemble(fromHex('90'), { address: 0x1000 })[0]!.address, 0x1000n)
})

disassembling('prefixes that are no part of the instruction come before it', () => {
  assert.equal(texts(disassemble(fromHex('f3 c3  66 66 90'))), ['rep ret', 'data16 nop'])
})

disassembling('the text of a listing, long instructions on several lines', () => {
  const text = formatDisassembly(
    disassemble(fromHex('75 09 62 f1 7c 58 58 80 00 01 00 00 c3'), { address: 0x401000 }),
  )
  assert.is(
    text,
    [
      '401000  75 09                    jne 9',
      '401002  62 f1 7c 58 58 80 00 01  vaddps zmm0, zmm0, dword ptr [rax + 256]{1to16}',
      '40100a  00 00',
      '40100c  c3                       ret',
    ].join('\n'),
  )
  assert.is(formatDisassembly([]), '')
})

disassembling('assembled code reads as it was written', () => {
  const a = new Assembler()
  const loop = a.label('loop')
  a.bind(loop).vaddps(ymm(1), ymm(2), mem(rax, 32)).add(rax, 64).dec(rcx).jne(loop).ret()
  const code = a.finish()
  const lines = disassemble(code.bytes, { symbols: code.symbols })
  assert.equal(texts(lines), [
    'loop:',
    'vaddps ymm1, ymm2, ymmword ptr [rax + 32]',
    'add rax, 64',
    'dec rcx',
    'jne loop',
    'ret',
  ])
  assert.equal(
    lines.map(({ inst }) => inst!.form),
    code.instructions.map(({ inst }) => inst.form),
  )
})

disassembling.run()
