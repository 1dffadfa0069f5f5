/** The text assembler: every golden text, what LLVM, objdump and nasm write, directives and labels. */
import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GOLDEN_DIRECTORY, parseGoldens } from '../fuzz/golden-files.ts'
import { format } from '../src/encoder/format.ts'
import { Displacement, Label } from '../src/encoder/operands.ts'
import { assemble, parseInst } from '../src/encoder/parse.ts'

const parse = suite('parse')

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const hexOf = (text: string): string => toHex(assemble(text).bytes)

/** Texts that must give the same bytes. */
function same(name: string, canonical: string, ...others: readonly string[]): void {
  parse(name, () => {
    const hex = hexOf(canonical)
    for (const text of others) assert.is(hexOf(text), hex, `${text} is ${canonical}`)
  })
}

/** What the bytes of a text must be. */
function bytes(name: string, text: string, hex: string): void {
  parse(name, () => assert.is(hexOf(text), hex.replaceAll(' ', ''), text))
}

for (const file of readdirSync(GOLDEN_DIRECTORY).sort()) {
  parse(`every text of ${file} gives its golden bytes, and formats as it was`, () => {
    for (const [text, hex] of parseGoldens(readFileSync(new URL(file, GOLDEN_DIRECTORY), 'utf8'))) {
      const { bytes, instructions } = assemble(text)
      assert.is(toHex(bytes), hex, text)
      assert.is(format(instructions[0]!.inst), text)
    }
  })
}

parse('all goldens in one text, with comments, are all of their bytes', () => {
  const texts: string[] = []
  let hex = ''
  for (const file of readdirSync(GOLDEN_DIRECTORY).sort()) {
    for (const [text, bytes] of parseGoldens(readFileSync(new URL(file, GOLDEN_DIRECTORY), 'utf8'))) {
      texts.push(`${text} # ${file}`)
      hex += bytes
    }
  }
  assert.is(hexOf(texts.join('\n')), hex)
})

parse('any upper and lower case and any spacing gives the same', () => {
  const texts = [
    'vaddps zmm1 {k1} {z}, zmm2, dword ptr [rax + 4*rbx - 64]{1to16}',
    'vcmpltps k1 {k2}, zmm1, zmm2, {sae}',
    'lock add qword ptr [rsp + 8], 1',
    'mov r8b, byte ptr [r13 + 2*r11 + 128]',
  ]
  const styles = fc.record({
    text: fc.constantFrom(...texts),
    upper: fc.boolean(),
    gap: fc.constantFrom('', ' ', '\t', '  '),
    end: fc.constantFrom('', ' ', '\r', ' # x', ';y', '// z', ' /* a */'),
  })
  fc.assert(
    fc.property(styles, ({ end, gap, text, upper }) => {
      const spaced = text.replace(/([[\]{},+*-])/g, (mark) =>
        mark === '{' ? `${gap}{` : `${gap}${mark}${gap}`,
      )
      // Within braces nothing is spaced: {rn-sae}.
      const cased = upper ? spaced.toUpperCase() : spaced
      assert.is(hexOf(`${gap}${cased.replace(/\{\s+/g, '{')}${end}`), hexOf(text))
    }),
  )
})

same(
  'names with braces, however they are spaced and written',
  '{nf} add eax, ecx',
  '{nf}  add eax, ecx',
  '{nf}add eax, ecx',
  '\t{NF} ADD EAX, ECX',
)

parse('a name with braces is no label', () => {
  assert.throws(() => assemble('{nf} add: nop'), /line 1, column 9/)
})

same(
  'objdump writes sizes in capitals',
  'mov eax, dword ptr [rax + 8*rcx - 16]',
  'mov eax,DWORD PTR [rax+rcx*8-0x10]',
)
same(
  'nasm leaves out ptr and has its own sizes',
  'vmovaps ymm1, ymmword ptr [rax]',
  'vmovaps ymm1, yword [rax]',
  'vmovaps ymm1, [rax]',
  'VMOVAPS ymm1,YMMWORD PTR [rax]',
)
same(
  'masks and zeroing',
  'vmovaps zmm1 {k3} {z}, zmm2',
  'vmovaps zmm1{k3}{z},zmm2',
  'vmovaps zmm1{z}{k3}, zmm2',
)
same(
  'a broadcast is dword ptr, or dword bcst, or nothing',
  'vaddps zmm1, zmm2, dword ptr [rax]{1to16}',
  'vaddps zmm1, zmm2, [rax]{1to16}',
  'vaddps zmm1, zmm2, DWORD BCST [rax]',
  'vaddps zmm1, zmm2, dword [rax] {1to16}',
)
same(
  'rounding stands behind the last register, with a comma or without',
  'vaddps zmm1, zmm2, zmm3, {rz-sae}',
  'vaddps zmm1, zmm2, zmm3{rz-sae}',
  'vaddps zmm1, zmm2, zmm3, {RZ-SAE}',
)
same(
  'rounding stands before or behind a general register',
  'vcvtsi2sd xmm0, xmm1, {rn-sae}, rax',
  'vcvtsi2sd xmm0, xmm1, rax, {rn-sae}',
  'vcvtsi2sd xmm0,xmm1,rax{rn-sae}',
)
same('{sae} stands before an immediate', 'vrndscaleps zmm0, zmm1, {sae}, 3', 'vrndscaleps zmm0, zmm1{sae}, 3')
same(
  'predicates are in the name or an immediate',
  'vcmpnltps k1, zmm0, zmm1, {sae}',
  'vcmpps k1, zmm0, zmm1, {sae}, 5',
  'vcmpps k1, zmm0, zmm1{sae}, 5',
)
same('aliases are the instruction', 'jne -5', 'jnz -5')
same('shifts by one leave it out', 'shl eax, 1', 'shl eax', 'sal eax')
same('imul by a number multiplies in place', 'imul eax, eax, 5', 'imul eax, 5')
same(
  'addresses in every order',
  'mov rax, qword ptr [rbx + 4*rcx + 16]',
  'mov rax, [16 + rcx*4 + rbx]',
  'mov rax, 16[rbx][rcx*4]',
  'mov rax, [rbx][4*rcx + 2*8]',
  'mov rax, [rbx + (1+1)*2*rcx + 0x20 - 16]',
)
same(
  'rsp is the base wherever it stands',
  'mov rax, [rsp + rcx]',
  'mov rax, [rcx + rsp]',
  'mov rax, [rcx + 1*rsp]',
)
same(
  'a vector is the index wherever it stands',
  'vgatherdps zmm1 {k1}, [rax + zmm2]',
  'vgatherdps zmm1 {k1}, [zmm2 + rax]',
)
same(
  'nasm multiplies by 3, 5 and 9 with a base',
  'lea rax, [rcx + 4*rcx]',
  'lea rax, [rcx*5]',
  'lea rax, [5*rcx]',
)
same(
  'numbers in every notation',
  'mov eax, 255',
  'mov eax, 0xff',
  'mov eax, 0XFF',
  'mov eax, 0ffh',
  'mov eax, 0FFH',
  'mov eax, 0b11111111',
  'mov eax, 11111111b',
  'mov eax, 0o377',
  'mov eax, 377q',
  'mov eax, 255d',
  'mov eax, 0x0f_f',
  'mov eax, +255',
  'mov eax, --255',
)
same(
  'expressions have the usual precedence',
  'mov eax, 22',
  'mov eax, 2 + 4*5',
  'mov eax, (2 + 9) * 2',
  'mov eax, 44/2',
  'mov eax, 1<<4 | 6',
  'mov eax, 1 shl 4 or 6',
  'mov eax, 0x16 & ~0x40',
  'mov eax, 90 % 68',
  'mov eax, 30 ^ 8',
  'mov eax, -(-22)',
)
same('a text is a number, its first character lowest', 'mov eax, 0x64636261', "mov eax, 'abcd'")
same(
  'numbers of 64 bits are exact',
  'mov rax, -2',
  'mov rax, 0xfffffffffffffffe',
  'mov rax, 18446744073709551614',
)
bytes('more than 53 bits', 'mov rax, 0x0123456789abcdef', '48b8 efcdab8967452301')
bytes(
  '{evex} and {vex} choose the encoding',
  '{evex} vaddps xmm0, xmm1, xmm2\n{vex} vaddps xmm0, xmm1, xmm2',
  '62f1740858c2 c5f058c2',
)
bytes('a pseudo prefix that is part of the name', '{vex} vpdpbusd xmm1, xmm8, xmm0', 'c4e23950c8')
bytes('rip and a number', 'mov rax, [rip + 5]\nlea rcx, [rip - 0x10]', '488b0505000000 488d0df0ffffff')
bytes('a jump by a number counts from its end', 'jne 5\njmp -2\ncall 0x1000', '7505 ebfe e800100000')
bytes('an absolute address', 'mov eax, [0x1000]', '8b042500100000')

same(
  'segments stand before brackets or a number',
  'mov rax, qword ptr fs:[40]',
  'mov rax, fs:0x28',
  'mov rax, [fs:0x28]',
  'mov rax, qword [FS:40]',
  'mov rax, QWORD PTR fs:0x28',
)
same(
  'string instructions, with operands or without, and without the letter of their size',
  'rep movsb byte ptr es:[rdi], byte ptr [rsi]',
  'rep movsb',
  'rep movs BYTE PTR es:[rdi],BYTE PTR [rsi]',
  'repe movsb',
)
same('stack registers', 'fadd st(1), st', 'fadd st(1), st(0)', 'fadd st1, st0', 'FADD ST(1),ST')
same('what goes through a pointer has 64 bits', 'push qword ptr [rax]', 'push [rax]')
same('a call through a pointer is near', 'call qword ptr [rax]', 'call [rax]')
bytes(
  'prefixes make instructions of their own',
  'lock add dword ptr [rax], 1\nnotrack jmp rax',
  'f0830001 3effe0',
)
bytes(
  'movabs has addresses and constants of 64 bits, whatever their value',
  'movabs al, [0x1122334455667788]\nmovabs rax, [5]\nmovabs rax, 5',
  'a08877665544332211 48a10500000000000000 48b80500000000000000',
)

parse('labels before and behind, with an instruction on the line or without', () => {
  assert.is(hexOf('a: jmp b\nnop\nb:\nc: jmp a'), 'eb0190ebfb')
  assert.is(hexOf('a:b: jmp a\njmp b'), 'ebfeebfc')
})

parse('a label is memory in brackets, with or without rip or rel, and with an offset', () => {
  const texts = [
    '[rip + x]',
    'x[rip]',
    '[x]',
    '[rel x]',
    'qword ptr [rip + x]',
    '[x + 0]',
    'qword ptr x[rip + 0]',
    '[x + rip]',
  ]
  for (const text of texts) {
    assert.is(hexOf(`mov rax, ${text}\nx: .quad 1`), '488b05000000000100000000000000', text)
  }
  assert.is(hexOf('mov al, [x + 3]\nx: .long 1'), '8a050300000001000000')
})

parse('$ and . are where the statement begins', () => {
  assert.is(hexOf('nop\njmp $'), '90ebfe')
  assert.is(hexOf('nop\njmp .'), '90ebfe')
  assert.is(hexOf('start: nop\n.long $ - start'), '9001000000')
})

parse('numbers as labels: backward and forward, more than once', () => {
  assert.is(hexOf('1: jmp 1b\njmp 1f\n1: jmp 1b'), 'ebfeeb00ebfe')
  // Without a label 1: before it, 1b is a binary number.
  assert.is(hexOf('mov eax, 1b'), 'b801000000')
})

parse('dotted labels are local to the label before them where they occur twice', () => {
  assert.is(hexOf('f: jmp .x\n.x: ret\ng: nop\n.x: jmp .x'), 'eb00c390ebfe')
  // Once, as compilers write it, they are known everywhere.
  assert.is(hexOf('f: jmp .L1\ng: nop\n.L1: ret'), 'eb0190c3')
})

parse('short and near go before a label', () => {
  assert.is(hexOf('jmp short x\nx:'), 'eb00')
  assert.is(hexOf('jmp near x\nx:'), 'eb00')
})

bytes(
  'data of every size, in both dialects',
  '.byte 1, 2, -1, 0xff\n.word 0x0102\n.long 1, 2\n.quad 0x1122334455667788\ndb 1, "ab", 0\ndw 1\ndd 1\ndq -1',
  '0102ffff 0201 0100000002000000 8877665544332211 01616200 0100 01000000 ffffffffffffffff',
)
bytes('strings', '.ascii "a\\n", "\\x41\\101\\""\n.asciz "é"\ndb \'it\', 10', '610a414122 c3a900 69740a')
bytes(
  'floating-point numbers',
  '.float 1, -1.5\n.double 1e3\ndd 1.5',
  '0000803f 0000c0bf 0000000000408f40 0000c03f',
)
bytes('zeros and filling', '.zero 3\n.skip 2, 0x90\n.space 1', '000000 9090 00')
bytes('alignment is NOPs', 'ret\n.align 8\nret\n.p2align 2,,3\nret', 'c30f1f8000000000 c30f1f00c3')
bytes('names for numbers', 'n equ 3\nm = n + 1\n.set q, m*2\nmov eax, n\nadd eax, q', 'b803000000 83c008')
bytes(
  'jump tables',
  't: .long a - t, b - t\na: nop\nb: ret\n.byte b - a + 1\n.word a - b',
  '08000000 09000000 90 c3 02 ffff',
)
bytes('a data label without colon', 'mov eax, [x]\nret\nx dd 7', '8b0501000000 c3 07000000')

parse('what compilers write around code is let be', () => {
  const text = `
    .file "a.c"
    .intel_syntax noprefix
    .text
    .globl  f
    .type   f, @function
f:                                      # @f
    .cfi_startproc
    mov eax, DWORD PTR .LC0[rip]
    ret
    .cfi_endproc
    .size f, .-f
    .section .rodata.cst4,"aM",@progbits,4
.LC0: .long 7
    .ident "GCC"
`
  assert.is(hexOf(text), '8b0501000000c307000000')
  assert.is(hexOf('bits 64\ndefault rel\nsection .text\nglobal f\nf: ret'), 'c3')
})

parse('constants can be given from outside', () => {
  assert.is(toHex(assemble('mov eax, N\nadd rsp, 8*N', { constants: { N: 2 } }).bytes), 'b8020000004883c410')
})

parse('symbols, features and instructions are those of the assembler', () => {
  const code = assemble('f: vaddps zmm0, zmm1, zmm2\n.align 16\ng: ret')
  assert.equal(code.symbols, [
    { name: 'f', offset: 0 },
    { name: 'g', offset: 16 },
  ])
  assert.equal(code.features, ['AVX512F'])
  assert.equal(
    code.instructions.map(({ inst }) => format(inst)),
    ['vaddps zmm0, zmm1, zmm2', 'ret'],
  )
})

parse('an empty text is no code', () => {
  for (const text of ['', '\n', '  # only this\n\n', '/* a */ // b']) assert.is(hexOf(text), '')
})

parse('parseInst gives form and operands', () => {
  const { form, operands } = parseInst('vaddps zmm1 {k2}, zmm3, [rax]{1to16}')
  assert.is(form.text, 'vaddps zmm{kz}, zmm, b32')
  assert.is(format({ form, operands }), 'vaddps zmm1 {k2}, zmm3, dword ptr [rax]{1to16}')
  const jump = parseInst('jne done')
  assert.instance(jump.operands[0], Label)
  assert.is(format(jump), 'jne done')
  assert.instance(parseInst('jne 5').operands[0], Displacement)
  assert.is(parseInst('{evex} vaddps xmm0, xmm1, xmm2').form.text, 'vaddps xmm{kz}, xmm, xmm')
})

parse.run()
