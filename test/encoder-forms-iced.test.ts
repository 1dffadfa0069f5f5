/** Every form that iced-x86 knows of our mnemonics is in the tables too: no forgotten broadcast, rounding or mask. */
import * as iced from 'iced-x86'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { encodableForms, mnemonics } from '../src/encoder/forms.ts'

const forms = suite('forms against iced')
const { Code, CodeExt, EncodingKind } = iced

/** What iced has and the tables leave out, by iced's text. */
const LEFT_OUT: readonly (readonly [text: RegExp, reason: string])[] = [
  [
    /rel16|m16:(16|32|64)|^(call|jmp) [rm]16$|^push imm16$/,
    'near branches and pushes of 16 bits, far branches',
  ],
  [/^(call|jmp) m$/, 'far branches, whose sizes are spelt out here'],
  [
    /^(lldt|ltr|verr|verw|lmsw|lkgs) r(32|64)$|^(lar|lsl) r(32|64), r(32|64)$|^(tpause|umwait) r64$|^pinsrw mm, r64/,
    'a wider register where the upper bits are ignored',
  ],
  [/^(invlpg m|fu?comi st, st|aes\w+256kl.* ?m512)$/, 'another name of the operand'],
  [/^mov (\w+, moffs|moffs)/, 'absolute 64-bit addresses, which are movabs here'],
  [/^movsxd r(16|32)|^mov[sz]x r16, [rm]16$|^bswap r16$/, 'forms that extend or swap nothing'],
  [
    /^v?(movmskp[sd]|pmovmskb|extractps|pextr[bw]|movw) r64|^v?(pinsr[bw]|movw) xmm(, xmm)?, r64/,
    'a 64-bit register where the 32-bit form does the same',
  ],
  [
    /^vcvt(u?dq2pd zmm|u?si2sd xmm, xmm, r32).*\{er\}/,
    'rounding of a conversion that is exact (the SDM has none)',
  ],
  [/^(p?blendv\w+|sha256rnds2) xmm, (xmm|m128)$/, 'xmm0 is written out'],
]

/** `xmm2/m128/m32bcst{er}` as the tokens of the tables: xmm{er}, m128, b32. */
function alternatives(text: string): string[] {
  const mask = text.includes('{z}') ? '{kz}' : /\{k\d\}/.test(text) ? '{k}' : ''
  const rounding = /\{(er|sae)\}/.exec(text)?.[0] ?? ''
  const plain = text.toLowerCase().replace(/\s*\{\w+\}/g, '')
  return plain
    .replace(/^r\/m(\d+)$/, 'r$1/m$1')
    .split('/')
    .map((token) =>
      token
        .replace(/^([xyz]mm|tmm|k|mm)\d$/, '$1')
        .replace(/^m(\d+)bcst$/, 'b$1')
        .replace(/^m(\d+)(fp|int|bcd)$/, 'm$1')
        .replace(/^m2byte$/, 'm16')
        .replace(/^m(\d+byte|16&64|16:(16|32|64))$/, 'm')
        .replace(/^(mem|m384)$/, 'm')
        .replace(/^k\d\+1$/, 'k')
        .replace(/^st\(0\)$/, 'st0')
        .replace(/^st\(i\)$/, 'st')
        .replace(/^r(32|64)[ab]$/, 'r$1'),
    )
    .map((token) => {
      const isMemory = /^(m|vm)\d/.test(token)
      if (isMemory) return token + (mask === '' ? '' : '{k}')
      return token + mask + (/^([xyz]mm|r\d+)$/.test(token) ? rounding : '')
    })
}

/** Every combination of alternatives, as the text of a form. */
function combinations(mnemonic: string, operands: readonly string[][]): string[] {
  let lists: string[][] = [[]]
  for (const tokens of operands) lists = lists.flatMap((list) => tokens.map((token) => [...list, token]))
  return lists.map((list) => {
    const text = `${mnemonic} ${list.join(', ')}`.trim()
    // Rounding is of registers alone, and so not of a store.
    return /\bm\d+\{k\}/.test(text) ? text.replace(/\{(er|sae)\}/, '') : text
  })
}

const SCHEMES: Readonly<Record<number, string>> = {
  [EncodingKind.Legacy]: 'legacy',
  [EncodingKind.VEX]: 'vex',
  [EncodingKind.EVEX]: 'evex',
}

/** Scheme and text of every form that iced has of these mnemonics. */
function icedForms(names: ReadonlySet<string>): string[] {
  const found: string[] = []
  for (const code of Object.values(Code)) {
    if (typeof code !== 'number') continue
    const info = CodeExt.opCode(code)
    const { encoding, instructionString, isInstruction, mode64 } = info
    const isKnightsCorner = Code[code]!.includes('_KNC_')
    info.free()
    const [name = '', ...rest] = instructionString.split(' ')
    const mnemonic = name.toLowerCase()
    const scheme = SCHEMES[encoding]
    if (!isInstruction || !mode64 || isKnightsCorner || scheme === undefined || !names.has(mnemonic)) continue
    const explicit =
      rest.length === 0
        ? []
        : rest
            .join(' ')
            .split(', ')
            .filter((text) => !text.startsWith('<'))
    for (const text of combinations(mnemonic, explicit.map(alternatives))) found.push(`${scheme} ${text}`)
  }
  return found
}

forms('nothing is missing but what is left out on purpose', () => {
  const names = mnemonics()
  const ours = new Set<string>()
  for (const form of names.flatMap((mnemonic) => encodableForms(mnemonic))) {
    const tokens = form.operands
      .filter(({ implicit }) => !implicit)
      .map(({ token }) => token.replace(/^(ib|simm8)$/, 'imm8').replace('simm32', 'imm32'))
    ours.add(`${form.scheme} ${form.mnemonic.replace('{vex} ', '')} ${tokens.join(', ')}`.trim())
  }
  const known = icedForms(new Set(names.map((mnemonic) => mnemonic.replace('{vex} ', ''))))
  assert.ok(known.length > 6000, `iced names ${known.length} forms`)
  const missing = known.filter((each) => {
    const text = each.slice(each.indexOf(' ') + 1)
    return !ours.has(each) && !LEFT_OUT.some(([pattern]) => pattern.test(text))
  })
  assert.equal(missing, [])
})

forms.run()
