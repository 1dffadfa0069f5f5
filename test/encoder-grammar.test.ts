/** The row grammar: every row of the tables is of it, wrong rows are refused by row and column, sets expand right. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Assembler, forms, formsOf, mnemonics } from '../src/encoder/index.ts'
import { expandRow, formSet } from '../src/encoder/tables/expand.ts'
import type { Row } from '../src/encoder/tables/grammar.ts'
import { aliases, tableFiles, tables } from '../src/encoder/tables/index.ts'

const grammar = suite('encoder grammar')

const texts = (row: Row): string[] => expandRow('test', row, 1).map(({ text }) => text.replace('test ', ''))

grammar('every row of every table expands', () => {
  assert.ok(mnemonics().length >= 1000, `${mnemonics().length} mnemonics`)
  assert.ok(forms().length >= 6000, `${forms().length} forms`)
  // This checks each row, which `forms` does not.
  for (const mnemonic of mnemonics()) {
    tables[mnemonic]!.forEach((row, index) => {
      expandRow(mnemonic, row, index + 1)
    })
  }
})

grammar('a mnemonic lives in exactly one file, and no alias is one', () => {
  const names = Object.values(tableFiles).flatMap((file) => Object.keys(file))
  assert.equal(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  )
  for (const [alias, name] of Object.entries(aliases)) {
    assert.not.ok(Object.hasOwn(tables, alias), alias)
    assert.ok(Object.hasOwn(tables, name), `${alias} stands for ${name}`)
    assert.is(formsOf(alias), formsOf(name))
  }
})

grammar('no method of the assembler itself has the name of an instruction', () => {
  const own = ['label', 'bind', 'align', 'constant', 'bytes', 'emit', 'put', 'finish', 'constructor']
  for (const name of [...mnemonics(), ...Object.keys(aliases)]) {
    assert.not.ok(own.includes(name), name)
    assert.type((new Assembler() as unknown as Record<string, unknown>)[name], 'function')
  }
})

grammar('no two forms of a mnemonic are the same', () => {
  for (const mnemonic of mnemonics()) {
    const seen = new Set<string>()
    for (const form of tables[mnemonic]!.flatMap((row, index) => expandRow(mnemonic, row, index + 1))) {
      const { digit, evexControl, length, map, opcode, prefix, repeats, scheme, text, w } = {
        ...form,
        repeats: form.slots.map((slot) => slot.repeats).join(),
      }
      const identity = [text, scheme, prefix, map, opcode, w, length, digit, evexControl, repeats].join(' ')
      assert.not.ok(seen.has(identity), identity)
      seen.add(identity)
    }
  }
})

grammar('parallel letters take the same place in every set; a single letter is constant', () => {
  assert.equal(texts(['w:xyz{kz}, r:xxy/mqxy', 'RM', 'EVEX.NP.0F.W0 5A /r half', 'AVX512F']), [
    'xmm{kz}, xmm',
    'xmm{kz}, m64',
    'ymm{kz}, xmm',
    'ymm{kz}, m128',
    'zmm{kz}, ymm',
    'zmm{kz}, m256',
  ])
  assert.equal(texts(['rw:rwdq/mwdq, iwds', 'MI', 'osz 81 /0', '']), [
    'r16, imm16',
    'm16, imm16',
    'r32, imm32',
    'm32, imm32',
    'r64, simm32',
    'm64, simm32',
  ])
  assert.equal(texts(['w:xyz{k}, r:vm32xyz', 'RM', 'EVEX.66.0F38.W0 92 /r t1s', 'AVX512F']), [
    'xmm{k}, vm32x',
    'ymm{k}, vm32y',
    'zmm{k}, vm32z',
  ])
})

grammar('osz is 66, nothing or REX.W, and d64 leaves REX.W out', () => {
  const [w, , d, , q] = expandRow('test', ['rw:rwdq/mwdq', 'M', 'osz FF /1', ''], 1)
  assert.equal(
    [w, d, q].map((form) => [form!.operandSize16, form!.w]),
    [
      [true, 0],
      [false, 0],
      [false, 1],
    ],
  )
  assert.is(expandRow('test', ['r:rq', 'O', 'osz 50 +r', '', 'd64'], 1)[0]!.w, 0)
})

grammar('rounding exists at the longest vector length only', () => {
  assert.equal(texts(['w:xyz{kz}, r:xyz, r:xyz{er}', 'RVM', 'EVEX.NP.0F.W0 58 /r full', 'AVX512F']), [
    'xmm{kz}, xmm, xmm',
    'ymm{kz}, ymm, ymm',
    'zmm{kz}, zmm, zmm{er}',
  ])
  assert.equal(texts(['w:x{kz}, r:x, r:x{er}', 'RVM', 'EVEX.LIG.F3.0F.W0 58 /r t1s', 'AVX512F']), [
    'xmm{kz}, xmm, xmm{er}',
  ])
})

grammar('AVX512VL is needed where the length follows from x or y', () => {
  const row: Row = ['w:xyz, r:xyz', 'RM', 'EVEX.66.0F38.W0 1E /r full', 'AVX512F']
  assert.equal(
    expandRow('test', row, 1).map(({ features }) => features.join(' ')),
    ['AVX512F AVX512VL', 'AVX512F AVX512VL', 'AVX512F'],
  )
  assert.equal(
    expandRow('test', ['w:x, r:x', 'RM', 'EVEX.LIG.F3.0F.W0 10 /r t1s', 'AVX512F'], 1)[0]!.features,
    ['AVX512F'],
  )
})

grammar('disp8 counts in the bytes that the tuple means', () => {
  const shifts = (tokens: string, tuple: string) =>
    expandRow('test', [`w:xyz, r:${tokens}`, 'RM', `EVEX.66.0F38.W0 1E /r ${tuple}`, 'AVX512F'], 1).map(
      (form) => 1 << form.disp8Shift,
    )
  assert.equal(shifts('mxyz', 'full'), [16, 32, 64])
  assert.equal(shifts('b32', 'full'), [4, 4, 4])
  assert.equal(shifts('mqxy', 'halfmem'), [8, 16, 32])
  assert.equal(shifts('mdqx', 'quartermem'), [4, 8, 16])
  assert.equal(shifts('mwdq', 'eighthmem'), [2, 4, 8])
  assert.equal(shifts('mqyz', 'movddup'), [8, 32, 64])
  assert.equal(shifts('m128', 'mem128'), [16, 16, 16])
  assert.equal(shifts('m8', 't1s'), [1, 1, 1])
})

grammar('forms come shortest first and EVEX last; ties stay as the table has them', () => {
  const rows: Row[] = [
    ['w:x, r:x', 'RM', 'EVEX.128.NP.0F.W0 10 /r fullmem', 'AVX512F'],
    ['w:x, r:x', 'RM', 'VEX.128.NP.0F38.W0 10 /r', 'AVX'],
    ['w:x, r:x', 'RM', 'VEX.128.NP.0F.W0 11 /r', 'AVX'],
    ['w:x, r:x', 'RM', 'VEX.128.NP.0F.W0 12 /r', 'AVX'],
  ]
  assert.equal(
    formSet('test', rows)
      .all()
      .map(({ opcode, scheme }) => `${scheme} ${opcode.toString(16)}`),
    ['vex 11', 'vex 12', 'vex 10', 'evex 10'],
  )
})

/** Wrong rows, and what the error says. */
const WRONG: readonly (readonly [Row, RegExp])[] = [
  [['x:xy', 'M', '0F 10 /0', ''], /^test, row 7, column 1 \(operands\) 'x:xy': access is 'x'/],
  [['r:foo', 'M', '0F 10 /0', ''], /column 1 .*unknown token 'foo'/],
  [['r:rwq/mwdq', 'M', 'osz 10 /0', ''], /column 1 .*set 'wdq' has 3 letters, another 2/],
  [['imm8:r32', 'M', '0F 10 /0', ''], /access is 'imm8'/],
  [['xyz', 'M', '0F 10 /0', ''], /'xyz' needs an access/],
  [['r:imm8', 'I', '0F 10', ''], /'imm8' is an immediate or label and has no access/],
  [['rw:<eax>, r:r32', 'M', '0F 10 /0', ''], /implicit operands come last/],
  [['rw:<foo>', '', '0F 10', ''], /'<foo>' is no register/],
  [['w:xy{kz}', 'M', 'VEX.NP.0F.W0 10 /0', 'AVX'], /only EVEX forms have decorations/],
  [['w:mxy{kz}', 'M', 'EVEX.NP.0F.W0 10 /0 full', 'AVX512F'], /a store cannot zero/],
  [['w:x, r:x{k}', 'RM', 'EVEX.NP.0F.W0 10 /r full', 'AVX512F'], /only the first operand takes a mask/],
  [['w:x, r:mx{er}', 'RM', 'EVEX.NP.0F.W0 10 /r full', 'AVX512F'], /rounding belongs on a register/],
  [['r:r32, r:r32, r:r32, r:r32, r:r32', 'RVMOS', '0F 10', ''], /a fifth operand is an immediate/],
  [['r:r32, r:r32, r:r32, r:r32, imm4, imm8', 'RVMSIJ', '0F 10', ''], /more than five explicit operands/],
  [['r:r32', 'RM', '0F 10 /r', ''], /column 2 \(roles\) 'RM': 2 roles for 1 explicit operands/],
  [['r:r32', 'Q', '0F 10 /r', ''], /column 2 .*unknown role 'Q'/],
  [['r:r32, r:r32', 'MM', '0F 10 /0', ''], /role M occurs twice/],
  [['r:m32', 'R', '0F 10 /r', ''], /operand 1 \('m32'\) cannot have role R/],
  [['r:r32', 'V', '0F 10', ''], /column 3 .*role V needs VEX or EVEX/],
  [['r:r32', 'M', '0F 10', ''], /roles R and M need \/r or \/0…\/7/],
  [['r:r32', 'R', '0F 10 /1', ''], /\/1 occupies ModRM.reg/],
  [['r:r32', 'M', '0F 10 /r', ''], /\/r needs an operand with role R/],
  [['r:r32', 'O', '0F 10', ''], /role O and \+r go together/],
  [['r:r32', 'M', '0F xx /0', ''], /column 3 \(encoding\) '0F xx \/0': 'xx' not understood/],
  [['r:r32', 'M', 'osz 0F 10 /0', ''], /osz and Wdq need a w, d or q letter/],
  [['r:x', 'M', 'VEX.3.NP.0F.W0 10 /0', 'AVX'], /unknown length '3'/],
  [['r:x', 'M', 'VEX.128.F1.0F.W0 10 /0', 'AVX'], /unknown prefix 'F1'/],
  [['r:x', 'M', 'VEX.128.NP.0E.W0 10 /0', 'AVX'], /unknown map '0E'/],
  [['r:x', 'M', 'VEX.128.NP.0F.W2 10 /0', 'AVX'], /unknown W 'W2'/],
  [['r:r32', 'M', 'VEX.NP.0F.W0 10 /0', 'AVX'], /no vector length/],
  [['r:mx', 'M', 'EVEX.128.NP.0F.W0 10 /0', 'AVX512F'], /a memory operand needs a tuple/],
  [['r:mx', 'M', 'EVEX.128.NP.0F.W0 10 /0 double', 'AVX512F'], /unknown tuple 'double'/],
  [['r:mq', 'M', 'EVEX.128.NP.0F.W0 10 /0 full', 'AVX512F'], /tuple 'full' means 16 bytes, the token m64/],
  [['r:b32', 'M', 'EVEX.128.NP.0F.W0 10 /0 t1s', 'AVX512F'], /tuple 't1s' has no broadcast/],
  [['', '', '0F 10', 'avx'], /column 4 \(features\) 'avx': 'avx' is no CPUID feature name/],
  [['', '', '0F 10', '', 'w:OX'], /column 5 \(attributes\) 'w:OX': 'OX' are no flags/],
  [['', '', '0F 10', '', 'fast'], /column 5 \(attributes\) 'fast': unknown attribute 'fast'/],
]

for (const [row, message] of WRONG) {
  grammar(`refuses ${row.join(' | ')}`, () => {
    assert.throws(() => expandRow('test', row, 7), message)
  })
}

grammar.run()
