/** Makes operands that mostly cannot be encoded out of operands that can: one wrong thing at a time. */
import { Mem, type Operand, type Repeats } from '../src/encoder/operands.ts'
import { physical, Reg, type RegKind } from '../src/encoder/registers.ts'
import type { Random } from './random.ts'

/** Changes one operand list; null when it has nothing to change. */
type Mutation = (operands: readonly Operand[], random: Random) => readonly Operand[] | null

const VECTORS: readonly RegKind[] = ['xmm', 'ymm', 'zmm']
const KINDS: readonly RegKind[] = ['r8', 'r16', 'r32', 'r64', 'xmm', 'ymm', 'zmm', 'k', 'tmm']
const WIDTHS: readonly Mem['width'][] = [8, 16, 32, 64, 128, 256, 512]
const NUMBERS = [
  128,
  256,
  -129,
  32768,
  65536,
  -32769,
  2 ** 31,
  2 ** 32,
  -(2 ** 31) - 1,
  2 ** 40,
  1.5,
  Number.NaN,
]

const isVector = (reg: Reg): boolean => VECTORS.includes(reg.kind)

/** Replaces one operand that `fits`, chosen at random. */
function replaceOne<T extends Operand>(
  operands: readonly Operand[],
  random: Random,
  fits: (operand: Operand) => operand is T,
  change: (operand: T) => Operand,
): readonly Operand[] | null {
  const places = operands.flatMap((operand, index) => (fits(operand) ? [index] : []))
  if (places.length === 0) return null
  const place = random.pick(places)
  return operands.map((operand, index) => (index === place && fits(operand) ? change(operand) : operand))
}

const isReg = (operand: Operand): operand is Reg => operand instanceof Reg
const isMem = (operand: Operand): operand is Mem => operand instanceof Mem && operand.label === null
const isNumber = (operand: Operand): operand is number | bigint => !(operand instanceof Object)
const isAny = (operand: Operand): operand is Operand => operand !== undefined
const isVectorReg = (operand: Operand): operand is Reg => isReg(operand) && isVector(operand)

function memWith(
  mem: Mem,
  change: Partial<Pick<Mem, 'width' | 'base' | 'index' | 'isBroadcast' | 'repeats' | 'opmask'>>,
): Mem {
  const { base, disp, index, isBroadcast, opmask, repeats, scale, width } = { ...mem, ...change }
  return new Mem(width, base, index, scale, disp, null, isBroadcast, opmask, repeats)
}

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'a register above 15': (operands, random) =>
    replaceOne(
      operands,
      random,
      isVectorReg,
      (reg) => new Reg(reg.kind, 16 + random.below(16), reg.opmask, reg.zeroing, reg.rounding),
    ),
  'a vector index above 15': (operands, random) =>
    replaceOne(operands, random, isMem, (mem) =>
      memWith(mem, { index: physical(random.pick(VECTORS), random.below(32)) as Reg }),
    ),
  'an opmask': (operands, random) =>
    replaceOne(operands, random, isReg, (reg) => reg.mask(physical('k', random.below(8)))),
  'an opmask on memory': (operands, random) =>
    replaceOne(operands, random, isMem, (mem) => mem.mask(physical('k', random.below(8)))),
  zeroing: (operands, random) =>
    replaceOne(operands, random, isReg, (reg) => new Reg(reg.kind, reg.id, reg.opmask, true, reg.rounding)),
  rounding: (operands, random) =>
    replaceOne(
      operands,
      random,
      isReg,
      (reg) => new Reg(reg.kind, reg.id, reg.opmask, reg.zeroing, random.pick(['sae', 'rz-sae'] as const)),
    ),
  'another kind of register': (operands, random) =>
    replaceOne(operands, random, isReg, (reg) => {
      const kind = random.pick(KINDS)
      return new Reg(kind, reg.id % 8, reg.opmask, reg.zeroing, reg.rounding)
    }),
  'a register for anything': (operands, random) =>
    replaceOne(operands, random, isAny, () => physical(random.pick(KINDS), random.below(8))),
  'an immediate for anything': (operands, random) =>
    replaceOne(operands, random, isAny, () => random.pick(NUMBERS)),
  'a wide immediate': (operands, random) =>
    replaceOne(operands, random, isNumber, () => random.pick(NUMBERS)),
  'another width of memory': (operands, random) =>
    replaceOne(operands, random, isMem, (mem) => memWith(mem, { width: random.pick(WIDTHS) })),
  'a broadcast': (operands, random) =>
    replaceOne(operands, random, isMem, (mem) =>
      memWith(mem, {
        isBroadcast: !mem.isBroadcast,
        repeats: mem.isBroadcast ? 0 : random.pick([2, 4, 8, 16, 32] as const satisfies readonly Repeats[]),
      }),
    ),
  'another repeat count': (operands, random) =>
    replaceOne(
      operands,
      random,
      (operand): operand is Mem => isMem(operand) && operand.isBroadcast,
      (mem) => memWith(mem, { repeats: random.pick([2, 4, 8, 16, 32] as const) }),
    ),
  'rsp as an index': (operands, random) =>
    replaceOne(operands, random, isMem, (mem) => memWith(mem, { index: physical('r64', 4) as Reg })),
  'an address of two widths': (operands, random) =>
    replaceOne(operands, random, isMem, (mem) =>
      memWith(mem, { base: physical('r32', random.below(8)) as Reg }),
    ),
  'the same register twice': (operands, random) => {
    const reg = operands.find(isReg)
    return reg === undefined
      ? null
      : replaceOne(
          operands,
          random,
          isReg,
          (other) => new Reg(other.kind, reg.id, other.opmask, other.zeroing, other.rounding),
        )
  },
  'operands exchanged': (operands, random) => {
    if (operands.length < 2) return null
    const first = random.below(operands.length - 1)
    return operands.map((operand, i) =>
      i === first ? operands[first + 1]! : i === first + 1 ? operands[first]! : operand,
    )
  },
  'an operand less': (operands) => (operands.length === 0 ? null : operands.slice(0, -1)),
  'an operand more': (operands, random) => [
    ...operands,
    random.pick<Operand>([1, physical('xmm', 1), physical('r32', 1)]),
  ],
  'ah, ch, dh or bh': (operands, random) =>
    replaceOne(
      operands,
      random,
      (operand): operand is Reg => isReg(operand) && operand.kind === 'r8',
      () => physical('r8h', 4 + random.below(4)),
    ),
}
