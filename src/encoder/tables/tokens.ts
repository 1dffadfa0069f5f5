/** Tokens with their letters chosen: what a set of the grammar stands for in one variant. */
import { CLASS_BROADCAST, CLASS_IMMEDIATE, CLASS_LABEL, CLASS_MEMORY, CLASS_VSIB, classOfKind, classOfWidth } from '../operand-class.ts'
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
  /** w, d or q of a general register, memory or immediate, by which the operand size goes; else empty. */
  readonly sizeLetter: string
  /** The vector length L'L that the letter implies, or −1. */
  readonly length: number
  /** The classes of operands that can stand for it (operand-class.ts), and maybe others. */
  readonly takes: number
  /** Bits of a general register or memory; 0 for all else. */
  readonly bits: number
  /** Bits of memory, 0 for any; −1 where it is none. */
  readonly width: number
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

/** How many bits the memory of a token has, 0 for any; −1 where it is no memory. Not by patterns, which are slow at first. */
function memoryBits(name: string): number {
  if (name === 'sibmem') return 0
  const [first] = name
  const isShort = first === 'm' || first === 'b'
  const start = name.startsWith('moffs') ? 5 : name.startsWith('si') || name.startsWith('di') ? 2 : isShort ? 1 : -1
  const bits = start < 0 ? Number.NaN : Number(name.slice(start))
  return Number.isNaN(bits) ? -1 : bits
}

const LITERALS: Readonly<Record<string, number>> = { '1': CLASS_IMMEDIATE, dfv: CLASS_IMMEDIATE, ib: CLASS_IMMEDIATE }

function classes(name: string, reg: Reg | undefined, width: number): number {
  if (reg !== undefined) return classOfKind(reg.kind)
  const literal = LITERALS[name]
  if (literal !== undefined) return literal
  if (name === 'r8') return classOfKind('r8') | classOfKind('r8h')
  if (name.startsWith('vm')) return CLASS_VSIB
  if (name.startsWith('rel')) return CLASS_LABEL
  if (name.startsWith('imm') || name.startsWith('simm')) return CLASS_IMMEDIATE
  if (name === 'b16' || name === 'b32' || name === 'b64') return CLASS_BROADCAST
  if (width < 0) return classOfKind(name as RegKind)
  return width === 0 ? CLASS_MEMORY : classOfWidth(width)
}

const GENERAL_BITS: Readonly<Record<string, number>> = { r8: 8, r16: 16, r32: 32, r64: 64 }
const MEMORY_SIZES: Readonly<Record<string, number>> = { m8: 8, m16: 16, m32: 32, m64: 64 }

/** A register that the opcode fixes counts as its kind. */
function generalBits(name: string, reg: Reg | undefined): number {
  return GENERAL_BITS[reg === undefined ? name : reg.kind] ?? MEMORY_SIZES[name] ?? 0
}

function makeToken(set: TokenSet, variant: number): Token {
  const { decoration, family } = set
  const letter = family === '=' ? '' : set.letters[variant]!
  const isSized = (family === 'r' || family === 'm' || family === 'i') && 'wdq'.includes(letter)
  const isVector = family === 'v' || family === 'vm32' || family === 'vm64'
  const name = tokenName(set, letter)
  // r8 is any byte register here, though r8 is the name of one of 64 bits too.
  const reg = family === '=' && name !== 'r8' ? fixedRegister(name) : undefined
  const width = memoryBits(name)
  return {
    name,
    decoration,
    letter,
    sizeLetter: isSized ? letter : '',
    length: isVector ? 'xyz'.indexOf(letter) : -1,
    takes: classes(name, reg, width),
    bits: generalBits(name, reg),
    width,
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
/** Made when first asked, which an import does not. */
let fixed: Map<string, Reg> | undefined

function makeFixed(): Map<string, Reg> {
  const named = new Map<string, Reg>()
  for (const kind of FIXED_KINDS) {
    const count = Math.min(16, REGISTER_COUNT[kind])
    for (let id = kind === 'r8h' ? 4 : 0; id < count; id++) named.set(registerName(kind, id), physical(kind, id))
  }
  for (let id = 0; id < 8; id++) named.set(`st${id}`, physical('st', id))
  return named
}

/** The register that a token names: an implicit one, or one that the opcode fixes. */
export function fixedRegister(name: string): Reg | undefined {
  fixed ??= makeFixed()
  return fixed.get(name)
}

/** Size of the operation in bits, as its general registers and memory say; 64 when there are none (push imm). */
export function operationBits(tokens: readonly Token[]): number {
  for (const { bits } of tokens) if (bits > 0) return bits
  return 64
}
