/** Tokens with their letters chosen: what a set of the grammar stands for in one variant. */
import { physical, REGISTER_COUNT, type Reg, type RegKind, registerName } from '../registers.ts'
import type { TokenSet } from './grammar.ts'
import { oncePerText } from './once.ts'

const VECTOR_NAMES: Readonly<Record<string, string>> = { x: 'xmm', y: 'ymm', z: 'zmm' }
const REGISTER_NAMES: Readonly<Record<string, string>> = { w: 'r16', d: 'r32', q: 'r64' }
const MEMORY_BITS: Readonly<Record<string, number>> = { b: 8, w: 16, d: 32, q: 64, x: 128, y: 256, z: 512 }
const IMMEDIATE_NAMES: Readonly<Record<string, string>> = {
  b: 'ib',
  w: 'imm16',
  d: 'imm32',
  s: 'simm32',
  q: 'imm64',
}

/** A token with its letter chosen. */
export interface Token {
  /** As OperandSpec.token without decoration. */
  readonly name: string
  readonly decoration: TokenSet['decoration']
  readonly letter: string
  /** w, d or q of a general register, memory or immediate, by which the operand size goes; else empty. */
  readonly sizeLetter: string
  /** The vector length L'L that the letter implies, or −1. */
  readonly length: number
}

const chosen = new Map<TokenSet, Token[]>()

/** The token that a set stands for in one variant; the same one each time. */
export function chooseLetter(set: TokenSet, variant: number): Token {
  let tokens = chosen.get(set)
  if (tokens === undefined) {
    tokens = []
    chosen.set(set, tokens)
  }
  const index = set.letters.length === 1 || set.family === '=' ? 0 : variant
  tokens[index] ??= makeToken(set, index)
  return tokens[index]
}

function tokenName({ family, letters }: TokenSet, letter: string): string {
  switch (family) {
    case '=':
      return letters
    case 'v':
      return VECTOR_NAMES[letter]!
    case 'r':
      return REGISTER_NAMES[letter]!
    case 'm':
      return `m${MEMORY_BITS[letter]}`
    case 'i':
      return IMMEDIATE_NAMES[letter]!
    default:
      return `${family}${letter}`
  }
}

function makeToken(set: TokenSet, variant: number): Token {
  const { decoration, family } = set
  const letter = family === '=' ? '' : set.letters[variant]!
  const isSized = (family === 'r' || family === 'm' || family === 'i') && 'wdq'.includes(letter)
  const isVector = family === 'v' || family === 'vm32' || family === 'vm64'
  return {
    name: tokenName(set, letter),
    decoration,
    letter,
    sizeLetter: isSized ? letter : '',
    length: isVector ? 'xyz'.indexOf(letter) : -1,
  }
}

const plain = new Map<Token, Token>()

/** The token without its decoration; the same one each time. */
export function undecorated(token: Token): Token {
  let found = plain.get(token)
  if (found === undefined) {
    found = { ...token, decoration: '' }
    plain.set(token, found)
  }
  return found
}

const FIXED_KINDS: readonly RegKind[] = ['r8', 'r8h', 'r16', 'r32', 'r64', 'xmm', 'mm', 'k', 'tmm', 'sreg', 'cr', 'dr']
/** Registers that a token can name: implicit ones and those that the opcode fixes. */
export const FIXED: Map<string, Reg> = new Map<string, Reg>()
for (const kind of FIXED_KINDS) {
  const count = Math.min(16, REGISTER_COUNT[kind])
  for (let id = kind === 'r8h' ? 4 : 0; id < count; id++) FIXED.set(registerName(kind, id), physical(kind, id))
}

for (let id = 0; id < 8; id++) FIXED.set(`st${id}`, physical('st', id))

/** Bits of a general register or memory; 0 for all else. */
const bitsOf = oncePerText((name) => {
  const isSized = /^[rm]\d+$/.test(name)
  const match = /^[rm](8|16|32|64)$/.exec(isSized ? name : (FIXED.get(name)?.kind ?? ''))
  return match === null ? 0 : Number(match[1])
})

/** Size of the operation in bits, as its general registers and memory say; 64 when there are none (push imm). */
export function operationBits(tokens: readonly Token[]): number {
  for (const { name } of tokens) {
    const bits = bitsOf(name)
    if (bits > 0) return bits
  }
  return 64
}
