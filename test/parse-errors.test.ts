/** What the text assembler says about mistakes: the place, what was read, the reason and what is near. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { assemble, parseInst } from '../src/encoder/parse.ts'
import { AssemblyError, type AssemblyProblem } from '../src/encoder/parse-errors.ts'

const errors = suite('parse-errors')

function problemsOf(text: string, read: (text: string) => unknown = assemble): readonly AssemblyProblem[] {
  try {
    read(text)
  } catch (error) {
    if (error instanceof AssemblyError) return error.problems
    throw error
  }
  throw new Error(`no error: ${text}`)
}

/** The text has one mistake, at `column`, where `read` stands, for a reason that matches. */
function refuses(name: string, text: string, column: number, read: string, reason: RegExp): void {
  errors(name, () => {
    const [problem, ...others] = problemsOf(text)
    assert.equal(others, [])
    assert.is(problem!.column, column, `column of ${JSON.stringify(problem)}`)
    assert.is(problem!.read, read)
    assert.match(problem!.reason, reason)
  })
}

refuses(
  'an ambiguous size',
  'mov [rax], 1',
  5,
  '[rax]',
  /could be 8 or 16 or 32 or 64 bits: say which.*dword ptr/,
)
refuses('an ambiguous broadcast', 'vcvtpd2ps xmm0, [rax]{bcst}', 22, '{bcst}', /no decoration/)
refuses('an unknown mnemonic', 'vaddpss zmm1, zmm2', 1, 'vaddpss', /no such instruction/)
refuses('an unknown directive', '.bite 1', 1, '.bite', /no such directive/)
refuses('an unknown label', 'nop # x\n  jmp nowhere', 7, 'nowhere', /no such label/)
refuses('a label that is defined twice', 'a: nop\na: nop', 1, 'a', /defined already/)
refuses('a wrong operand', 'vaddps zmm1, xmm2, zmm3', 14, 'xmm2', /operand 2.*must be zmm/)
refuses('a wrong number of operands', 'vaddps zmm1', 1, 'vaddps zmm1', /1 operand given, 3 needed/)
refuses('an immediate out of range', 'add al, 300', 9, '300', /−128 to 255/)
refuses('k0 as a mask', 'vaddps zmm1 {k0}, zmm2, zmm3', 8, 'zmm1 {k0}', /k0 cannot be a write mask/)
refuses('{z} on a store', 'vmovaps [rax] {k1}{z}, zmm2', 9, '[rax] {k1}{z}', /cannot have \{z\}/)
refuses('an unknown decoration', 'vaddps zmm1 {k8}, zmm2, zmm3', 13, '{k8}', /no decoration/)
refuses(
  'rounding on the wrong register',
  'vaddps zmm1, {rn-sae}, zmm2, zmm3',
  22,
  '{rn-sae}',
  /behind the last register/,
)
refuses('a scale that is none', 'mov rax, [rbx + 6*rcx]', 17, '6*rcx', /scale 1, 2, 4 or 8/)
refuses('three registers in an address', 'mov rax, [rbx + rcx + rdx]', 23, 'rdx', /base \+ index/)
refuses('a register that is subtracted', 'mov rax, [rbx - rcx]', 17, 'rcx', /cannot be subtracted/)
refuses('rsp as an index', 'mov rax, [rbx + 2*rsp]', 10, '[rbx + 2*rsp]', /cannot be an index/)
refuses(
  'a displacement of more than 32 bits',
  'mov rbx, [rax + 0x80000000]',
  10,
  '[rax + 0x80000000]',
  /32 bits/,
)
refuses('a label with registers', 'mov rax, [x + rcx]\nx:', 10, '[x + rcx]', /stands alone/)
refuses('a label where memory is meant', 'mov rax, x\nx:', 10, 'x', /memory|label/)
refuses('an address as an immediate', 'mov rax, offset x\nx:', 10, 'offset', /no fixed address/)
refuses('a size before a number', 'mov rax, qword 5', 16, '5', /before memory/)
refuses('a bracket that is not closed', 'mov rax, [rbx', 14, 'end of line', /expected '\]'/)
refuses('a brace that is not closed', 'vaddps zmm1 {k1, zmm2, zmm3', 13, '{', /'\}' is missing/)
refuses('a comma too many', 'add eax, ebx,', 14, 'end of line', /expected a register/)
refuses('a comma too few', 'add eax ebx', 9, 'ebx', /expected a comma/)
refuses('something behind a directive', '.byte 1 2', 9, '2', /expected the end of the line/)
refuses('a number that is none', 'mov eax, 0x1g', 10, '0x1g', /is no number/)
refuses('a division by zero', 'mov eax, 1/0', 11, '1/0', /division by zero/)
refuses('a string that does not end', '.ascii "ab', 8, '"ab', /does not end/)
refuses('a byte that does not fit', '.byte 256', 7, '256', /does not fit in 1 byte/)
refuses(
  'a distance that does not fit',
  '.byte b - a\na: .zero 300\nb:',
  7,
  'b - a',
  /300 does not fit in 1 byte/,
)
refuses('an address as data', 'a: .quad a', 10, 'a', /distance of two labels/)
refuses('an alignment that is none', '.align 3', 8, '3', /power of two/)
refuses('a loop that does not reach', 'x: .zero 200\n jrcxz x', 2, 'jrcxz x', /−128 to 127/)
refuses('a short jump that does not reach', 'jmp short x\n.zero 200\nx:', 5, 'short', /farther away/)
refuses('a segment that is none', 'mov rax, [rbx:rax]', 11, 'rbx', /is no segment/)
refuses('AT&T syntax', 'mov %rax, %rbx', 5, '%', /expected a register/)
refuses('another mode', '.code32', 8, '.code32', /64-bit code/)
refuses('variables', '.data\n', 1, '.data', /no such directive/)
refuses('a section of variables', '.section .data', 10, '.data', /no variables/)
refuses('a prefix alone', 'lock', 5, 'end of line', /instruction behind its prefix/)
refuses('{evex} where there is none', '{evex} cpuid', 1, '{evex} cpuid', /no form with EVEX/)
refuses(
  'a pseudo prefix that cannot be had',
  '{vex3} vaddps xmm0, xmm1, xmm2',
  1,
  '{vex3} vaddps',
  /cannot be asked for/,
)

errors('near names and forms are told', () => {
  assert.equal(problemsOf('vaddpss zmm1')[0]!.nearest, ['vaddps', 'vaddss', 'addps'])
  assert.equal(problemsOf('.bite 1')[0]!.nearest, ['.byte'])
  assert.equal(problemsOf('jmp lop\nloop_: ret\nlop2: ret')[0]!.nearest, ['lop2'])
  assert.ok(problemsOf('mov [rax], 1')[0]!.nearest.includes('mov m32, imm32'))
})

errors('every mistake is told, with its line, in one error', () => {
  const problems = problemsOf('nop\nfoo\n\nadd eax, xmm1\nret\nbar: mov [rax], 1')
  assert.equal(
    problems.map(({ column, line }) => [line, column]),
    [
      [2, 1],
      [4, 10],
      [6, 10],
    ],
  )
})

errors('the message names line, column, text, reason and forms', () => {
  assert.throws(
    () => assemble('nop\nmov [rax], 1'),
    /^line 2, column 5, '\[rax\]': the size .*\n {2}nearest:\n {4}mov m8, ib\n/s,
  )
  const error = new AssemblyError([{ line: 2, column: 3, read: 'x', reason: 'is wrong', nearest: [] }])
  assert.is(error.message, "line 2, column 3, 'x': is wrong")
})

errors('a text of nothing but mistakes ends', () => {
  assert.is(problemsOf('foo\n'.repeat(1000)).length, 100)
})

errors('parseInst refuses the same', () => {
  assert.is(problemsOf('mov [rax], 1', parseInst)[0]!.column, 5)
  assert.is(problemsOf('  foo', parseInst)[0]!.column, 3)
  assert.is(problemsOf('', parseInst)[0]!.read, 'end of line')
  assert.is(problemsOf('nop\n\nnop', parseInst)[0]!.line, 3)
})

errors('any text is either assembled or refused with AssemblyError', () => {
  const pieces = [
    'mov',
    ' ',
    'rax',
    ',',
    '[',
    ']',
    '{',
    '}',
    'k1',
    '{z}',
    '5',
    '0x',
    '-',
    '*',
    '(',
    ')',
    '\n',
    ':',
    '"',
    "'",
    '.byte',
    '1to8',
    'ptr',
    'dword',
    '#',
    '\\',
    '$',
    'é',
    'lock',
    '{vex}',
    '=',
    'a',
    ';',
    '/',
    '<<',
    '~',
  ]
  let seed = 1
  for (let round = 0; round < 20_000; round++) {
    let text = ''
    for (let i = 0; i < 8; i++) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      text += pieces[(seed >>> 8) % pieces.length]
    }
    try {
      assemble(text)
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw new Error(`${JSON.stringify(text)}: ${error}`)
    }
  }
})

errors.run()
