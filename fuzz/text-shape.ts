/** The shape of an instruction's text: its mnemonic and what kind of operands it has, without their values. */

const REGISTERS: readonly (readonly [RegExp, string])[] = [
  [/^(xmm|ymm|zmm|tmm|mm|k|cr|dr)\d+$/, '$1'],
  [/^st(\(\d\))?$/, 'st'],
  [/^[c-gs]s$/, 'sreg'],
  [/^([abcd][lh]|[sd]il|[sb]pl|r\d+b)$/, 'r8'],
  [/^([abcd]x|[sd]i|[sb]p|r\d+w)$/, 'r16'],
  [/^(e[abcd]x|e[sd]i|e[sb]p|r\d+d)$/, 'r32'],
  [/^(r[abcd]x|r[sd]i|r[sb]p|r\d+)$/, 'r64'],
]
const SIZES: Readonly<Record<string, number>> = {
  byte: 8,
  word: 16,
  dword: 32,
  fword: 48,
  qword: 64,
  tbyte: 80,
  xword: 80,
  xmmword: 128,
  ymmword: 256,
  zmmword: 512,
}

function memoryShape(text: string): string {
  const size = /^(\w+) ptr /.exec(text)?.[1]
  const vector = /\b([xyz])mm\d+/.exec(text)?.[1]
  const broadcast = /\{1to\d+\}/.exec(text)?.[0] ?? ''
  const decoration = / \{k\d\}/.test(text) ? '{k}' : ''
  const index = vector === undefined ? '' : `v${vector}`
  return `${index}m${size === undefined ? '' : SIZES[size]}${broadcast}${decoration}`
}

function operandShape(text: string): string {
  if (text.includes('[')) return memoryShape(text)
  if (/^\{r[nduz]-sae\}$/.test(text)) return '{er}'
  if (/^\{dfv=.*\}$/.test(text)) return '{dfv}'
  const [name = '', ...decorations] = text.split(' ')
  const suffix = decorations
    .map((each) => (each === '{z}' ? 'z' : each.startsWith('{k') ? 'k' : each))
    .join('')
  const decoration = suffix === '' ? '' : `{${suffix}}`
  for (const [pattern, shape] of REGISTERS) {
    if (pattern.test(name)) return name.replace(pattern, shape) + decoration
  }
  return /^-?(0x)?[\da-f]+$/.test(text) ? 'imm' : text
}

/** The mnemonic: with what text puts in braces before it, and with lock, rep, repne. */
export function mnemonicOf(text: string): string {
  return (
    /^((\{(?!dfv)\w+\}|lock|rep|repe|repne|notrack|xacquire|xrelease|data16|addr32) )*\S+/.exec(text)?.[0] ??
    ''
  )
}

/** Where operands are parted: a comma outside of braces, or the space behind {dfv=…}. */
const SEPARATOR = /, (?![^{]*\})|(?<=\{dfv=[^}]*\}) /

/** r16–r31, as an operand or in an address: such shapes are APX's, and told apart. */
const HIGH_REGISTER = /\br(1[6-9]|2\d|3[01])[dwb]?\b/

/** `vaddps zmm1 {k1} {z}, zmm2, dword ptr [rax]{1to16}` is `vaddps zmm{kz}, zmm, m32{1to16}`. */
export function textShape(text: string): string {
  const mnemonic = mnemonicOf(text)
  const operands = text.slice(mnemonic.length + 1)
  if (operands === '') return mnemonic
  const high = HIGH_REGISTER.test(operands) ? ' +egpr' : ''
  return `${mnemonic} ${operands.split(SEPARATOR).map(operandShape).join(', ')}${high}`
}
