/** Tokens with their letters chosen: what a set of the grammar stands for in one variant. */
import { physical, REGISTER_COUNT, type Reg, type RegKind, registerName } from '../registers.ts'
import type { TokenSet } from './grammar.ts'

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
}

/** The token that a set stands for in one variant. */
export function chooseLetter(set: TokenSet, variant: number): Token {
  const { decoration, family, letters } = set
  if (family === '=') return { name: letters, decoration, letter: '' }
  const letter = letters.length === 1 ? letters : letters[variant]!
  switch (family) {
    case 'v':
      return { name: VECTOR_NAMES[letter]!, decoration, letter }
    case 'r':
      return { name: REGISTER_NAMES[letter]!, decoration, letter }
    case 'm':
      return { name: `m${MEMORY_BITS[letter]}`, decoration, letter }
    case 'i':
      return { name: IMMEDIATE_NAMES[letter]!, decoration, letter }
    default:
      return { name: `${family}${letter}`, decoration, letter }
  }
}

const FIXED_KINDS: readonly RegKind[] = ['r8', 'r8h', 'r16', 'r32', 'r64', 'xmm', 'mm', 'k', 'tmm', 'sreg', 'cr', 'dr']
/** Registers that a token can name: implicit ones and those that the opcode fixes. */
export const FIXED: Map<string, Reg> = new Map<string, Reg>()
for (const kind of FIXED_KINDS) {
  const count = Math.min(16, REGISTER_COUNT[kind])
  for (let id = kind === 'r8h' ? 4 : 0; id < count; id++) FIXED.set(registerName(kind, id), physical(kind, id))
}

for (let id = 0; id < 8; id++) FIXED.set(`st${id}`, physical('st', id))

/** Size of the operation in bits, as its general registers and memory say; 64 when there are none (push imm). */
export function operationBits(tokens: readonly Token[]): number {
  for (const { name } of tokens) {
    const isSized = /^[rm]\d+$/.test(name)
    const match = /^[rm](8|16|32|64)$/.exec(isSized ? name : (FIXED.get(name)?.kind ?? ''))
    if (match !== null) return Number(match[1])
  }
  return 64
}
