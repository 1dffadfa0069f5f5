/** Bytes for the decoders: instructions with something changed, fields put together at random, and plain noise. */
import { CodeBuffer } from '../src/encoder/code-buffer.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { EncodeError } from '../src/encoder/errors.ts'
import { type Operand, shapeOf } from '../src/encoder/operands.ts'
import { pack } from '../src/encoder/pack.ts'
import { recipeOf } from '../src/encoder/recipe.ts'
import type { Random } from './random.ts'
import { isBranchForm, randomSample } from './samples.ts'

/** More than the longest instruction, so that too long ones can be told from those that end. */
export const PROBE_BYTES = 18

export const LEGACY_PREFIXES: readonly number[] = [
  0x66, 0x66, 0x67, 0xf2, 0xf3, 0xf0, 0x2e, 0x3e, 0x26, 0x36, 0x64, 0x65,
]
/** Bytes at the limits of displacements and immediates. */
const EDGES = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x90]

type Strategy = (out: Uint8Array, random: Random, forms: readonly EncodableForm[]) => void

function noise(out: Uint8Array, from: number, random: Random): void {
  for (let at = from; at < out.length; at++) {
    out[at] = random.oneIn(4) ? random.pick(EDGES) : random.below(256)
  }
}

/** ModRM with registers half of the time; r/m 4 and 5 mean something of their own without. */
function modrm(random: Random): number {
  const byte = random.below(256)
  if (random.oneIn(2)) return byte | 0xc0
  return random.oneIn(4) ? (byte & 0xf8) | random.pick([4, 5]) : byte
}

function insert(out: Uint8Array, at: number, byte: number): void {
  out.copyWithin(at + 1, at, out.length - 1)
  out[at] = byte
}

const buffer = new CodeBuffer(64)

/** Packs into the buffer; false for operands that contradict each other. */
function packs(form: EncodableForm, operands: readonly Operand[]): boolean {
  const [a, b, c, d, e] = operands
  buffer.length = 0
  try {
    pack(buffer, recipeOf(form, operands.map(shapeOf)), a, b, c, d, e)
    return true
  } catch (error) {
    if (error instanceof EncodeError) return false
    throw error
  }
}

/** An instruction as we encode it, with up to three things changed. */
const mutated: Strategy = (out, random, forms) => {
  const form = random.pick(forms)
  const operands = randomSample(form, random)
  noise(out, 0, random)
  if (operands === null || !packs(form, operands)) return
  const length = buffer.length
  out.set(buffer.bytes.subarray(0, length))
  for (let changes = random.below(4); changes > 0; changes--) {
    const at = random.below(Math.min(7, length))
    switch (random.below(6)) {
      case 0:
      case 1:
        out[at]! ^= 1 << random.below(8)
        break
      case 2:
        out[at] = random.below(256)
        break
      case 3:
        insert(out, 0, random.pick(LEGACY_PREFIXES))
        break
      case 4:
        insert(out, 0, 0x40 | random.below(16))
        break
      default:
        insert(out, random.below(3), random.oneIn(2) ? random.pick(LEGACY_PREFIXES) : 0x40 | random.below(16))
    }
  }
}

const evex: Strategy = (out, random) => {
  noise(out, 0, random)
  let at = 0
  if (random.oneIn(16)) out[at++] = random.pick(LEGACY_PREFIXES)
  out[at++] = 0x62
  // Fixed bits and inverted ones as they mostly are.
  const p0 = random.below(256)
  out[at++] = random.oneIn(4) ? p0 : (p0 & 0xf0) | random.pick([1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7])
  const p1 = random.below(256)
  out[at++] = (random.oneIn(8) ? p1 : p1 | 4) | (random.oneIn(3) ? 0 : 0x78)
  const p2 = random.below(256)
  out[at++] = (p2 & 0xf7) | (random.oneIn(4) ? 0 : 8)
  at++
  out[at] = modrm(random)
}

const vex: Strategy = (out, random) => {
  noise(out, 0, random)
  let at = 0
  if (random.oneIn(16)) out[at++] = random.pick(LEGACY_PREFIXES)
  const kind = random.below(8)
  if (kind < 3) {
    out[at++] = 0xc5
    out[at++] = random.below(256) | (random.oneIn(3) ? 0 : 0x78)
  } else {
    out[at++] = kind < 7 ? 0xc4 : 0x8f
    const maps = kind < 7 ? [1, 2, 2, 3, 3, 5, 7] : [8, 9, 10]
    out[at++] = random.oneIn(8) ? random.below(256) : (random.below(8) << 5) | random.pick(maps)
    out[at++] = random.below(256) | (random.oneIn(3) ? 0 : 0x78)
  }
  at++
  out[at] = modrm(random)
}

const legacy: Strategy = (out, random) => {
  noise(out, 0, random)
  let at = 0
  for (let count = random.below(4); count > 0; count--) out[at++] = random.pick(LEGACY_PREFIXES)
  if (random.oneIn(2)) out[at++] = 0x40 | random.below(16)
  else if (random.oneIn(8)) {
    out[at++] = 0xd5
    out[at++] = random.below(256)
  }
  const map = random.below(8)
  if (map >= 3) out[at++] = 0x0f
  if (map >= 6) out[at++] = map === 6 ? 0x38 : 0x3a
  at++
  out[at] = modrm(random)
}

const anything: Strategy = (out, random) => noise(out, 0, random)

const STRATEGIES: readonly Strategy[] = [
  mutated,
  mutated,
  mutated,
  mutated,
  evex,
  evex,
  evex,
  vex,
  legacy,
  legacy,
  anything,
]

/** Fills a buffer with the next case, over and over. `forms` are those to start from. */
export function byteSource(forms: readonly EncodableForm[], random: Random): (out: Uint8Array) => void {
  const known = forms.filter((form) => !isBranchForm(form))
  return (out) => random.pick(STRATEGIES)(out, random, known)
}
