/**
 * The loop that a target's peak for a type is measured with: its own multiply-adds, as its record emits them, on registers
 * alone. So f32, and what is converted to f32, is measured by FMA, bf16 by vdpbf16ps where there is one, 8-bit integers by
 * vpdpbusd, by vpmaddwd and vpaddd or by vpmaddubsw, vpmaddwd and vpaddd (the lower plane of PlaneSteps), tiles by their products. No kernel of the target can be faster.
 */
import { mem } from '../encoder/operands.ts'
import { tmm } from '../encoder/registers.ts'
import type { PFunction, V } from '../regalloc/function.ts'
import { allocate, assemble, Recorder } from '../regalloc/index.ts'
import { type Machine, type Nanokernel, productOf } from '../schedule/machine.ts'
import type { MaskKind, VectorKind } from '../schedule/operand-kinds.ts'
import { PRODUCT_TYPES, type ProductType } from '../schedule/product-type.ts'
import {
  TILE_BYTES,
  TILE_COUNT,
  TILE_ROW_BYTES,
  TILE_ROWS,
  TILE_UNITS,
  type TileMachine,
  tileConfiguration,
} from '../schedule/tile-machine.ts'
import { narrowBits } from './number-formats.ts'

/** What an instruction multiplies, and how many products it adds to each element of its sum. */
interface Multiplication {
  readonly factors: 'f64' | 'f32' | 'bf16' | 'f16' | 'e4m3' | 'e5m2' | 'integers'
  readonly products: 1 | 2 | 4
}

const integers = (products: 2 | 4): Multiplication => ({ factors: 'integers', products })

/** By mnemonic. Tile products count a unit of their operands here: a tile has 16 of them in a row. */
const MULTIPLICATIONS: Readonly<Record<string, Multiplication>> = {
  vfmadd231ps: { factors: 'f32', products: 1 },
  vfmadd231pd: { factors: 'f64', products: 1 },
  vdpbf16ps: { factors: 'bf16', products: 2 },
  vdpphps: { factors: 'f16', products: 2 },
  ...{ vpmaddwd: integers(2), vpdpwssd: integers(2), vpmaddubsw: integers(4) },
  ...{ vpdpbusd: integers(4), vpdpbssd: integers(4), vpdpbsud: integers(4), vpdpbuud: integers(4) },
  ...{ tdpbusd: integers(4), tdpbssd: integers(4), tdpbsud: integers(4), tdpbuud: integers(4) },
  tdpbf16ps: { factors: 'bf16', products: 2 },
  tdpfp16ps: { factors: 'f16', products: 2 },
  tdpbf8ps: { factors: 'e5m2', products: 4 },
  tdphf8ps: { factors: 'e4m3', products: 4 },
}

/** Independent sums: enough for two units of six cycles' latency, and registers are left for three factors and a temporary. */
const SUMS = 12
/** A sum waits for an addition alone there, and ones take a register. */
const SUMS_BY_PLANES = 10
/** Tiles of C: a product's latency of 52 cycles is less than four products' time. */
const TILE_SUMS = 4

/** A function whose argument block begins with the number of turns its loop makes; and what one turn computes. */
export interface MultiplyLoop {
  readonly code: ReturnType<typeof assemble>
  /** Multiplications and additions in one turn. */
  readonly operations: number
  /** The instructions that multiply, each once. */
  readonly mnemonics: readonly string[]
}

type WithForm = { readonly form: { readonly mnemonic: string } }

/** The mnemonic without what picks an encoding, as in `{vex} vpdpbusd`. */
const nameOf = ({ form }: WithForm): string => form.mnemonic.replace(/^\{\w+\} /, '')

const multiplies = (inst: WithForm): boolean => Object.hasOwn(MULTIPLICATIONS, nameOf(inst))

/** Numbers of both signs from ½ to 1. */
function fraction(index: number, seed: number): number {
  const golden = ((index + seed) * 0.618_033_988_749) % 1
  return (index % 2 === 0 ? 1 : -1) * (0.5 + golden / 2)
}

/**
 * Factors. Neither zeros nor equal elements, so that the units switch as with real data and draw their real power. With
 * `negative`, floats of the other sign: added in turn, sums stay small, and meet neither infinities nor denormals.
 * Integers wrap.
 */
function factors(
  kind: Multiplication['factors'],
  bytes: number,
  seed: number,
  negative: boolean,
): Uint8Array {
  const sign = negative ? -1 : 1
  const values = (size: number): number[] =>
    Array.from({ length: bytes / size }, (_, index) => sign * fraction(index, seed))
  switch (kind) {
    case 'f64':
      return new Uint8Array(Float64Array.from(values(8)).buffer)
    case 'f32':
      return new Uint8Array(Float32Array.from(values(4)).buffer)
    case 'integers':
      return Uint8Array.from(values(1), (value) => Math.round(value * 127))
    default: {
      const size = kind === 'bf16' || kind === 'f16' ? 2 : 1
      const bits = new Uint32Array(Float32Array.from(values(size)).buffer)
      const codes = Array.from(bits, (word) => narrowBits(word, kind))
      return size === 1 ? Uint8Array.from(codes) : new Uint8Array(Uint16Array.from(codes).buffer)
    }
  }
}

/** Runs `turn` as often as the block says, between what comes before and after. */
function loop(f: Recorder, turn: () => void): void {
  const left = f.gp('left')
  f.mov(left, mem(f.params[0]!, 0))
  const top = f.label('turn')
  f.align(64)
  f.enterLoop('turn', { hot: true })
  f.bind(top)
  turn()
  f.dec(left)
  f.jne(top)
  f.exitLoop()
}

/** The multiplication of what `record` emits first. RangeError when the table above has none of its instructions. */
function multiplicationOf(name: string, record: (f: Recorder) => void): Multiplication {
  const f = new Recorder('probe')
  record(f)
  f.ret()
  const found = f.finish().body.flatMap((item) => (item.kind === 'inst' && multiplies(item) ? [item] : []))[0]
  if (found === undefined) throw new RangeError(`${name}: its multiply-adds are none that are known here`)
  return MULTIPLICATIONS[nameOf(found)]!
}

/** The loop of a target for a type. RangeError when the target has no such product. Pure. */
export function multiplyLoop(machine: Machine, type: ProductType): MultiplyLoop {
  productOf(machine, type)
  const f = new Recorder(`peak_${machine.name}_${type}`, { params: ['argblock'] })
  const { tiles } = machine as Machine & { readonly tiles?: TileMachine }
  if (tiles === undefined) vectorLoop(f, machine, type)
  else tileLoop(f, machine.name, tiles, type)
  f.ret()
  const physical: PFunction = allocate(f.finish())
  const code = assemble(physical)
  const multiplying = code.instructions.map(({ inst }) => inst).filter(multiplies)
  // What makes words of products multiplies by ones then.
  const used = multiplying.filter((inst) => nameOf(inst) === nameOf(multiplying[0]!))
  const elements = tiles === undefined ? null : TILE_ROWS * TILE_UNITS * TILE_UNITS
  const operations = used.reduce((sum, inst) => {
    const { products, factors: kind } = MULTIPLICATIONS[nameOf(inst)]!
    const lanes = elements ?? machine.vectorBytes / (kind === 'f64' ? 8 : 4)
    return sum + 2 * lanes * products
  }, 0)
  return { code, operations, mnemonics: [...new Set(used.map(nameOf))] }
}

function vectorLoop<K extends VectorKind, M extends MaskKind>(
  f: Recorder,
  machine: Machine<K, M>,
  type: ProductType,
): void {
  const { byPlanes, kernel } = productOf(machine, type)
  const vector = (of: Recorder, name: string): V<K> => of.reg(machine.vector, name)
  const planes = byPlanes?.planes
  const multiplier = (of: Recorder): Nanokernel<K, M>['multiplyAdd'] => {
    if (planes === undefined) return kernel.multiplyAdd
    const ones = planes.ones(of)
    return (_, sum, a, b) => planes.multiplyLower(of, sum, a, b, ones)
  }
  const { factors: kind } = multiplicationOf(machine.name, (probe) => {
    const [sum, x, y] = [vector(probe, 'sum'), vector(probe, 'x'), vector(probe, 'y')]
    multiplier(probe)(probe, sum, x, y)
  })
  const factor = (name: string, seed: number, negative: boolean): V<K> => {
    const to = vector(f, name)
    kernel.load(f, to, mem(f.constant(factors(kind, machine.vectorBytes, seed, negative))))
    return to
  }
  const count = planes === undefined ? SUMS : SUMS_BY_PLANES
  const sums = Array.from({ length: count }, (_, index) => vector(f, `sum${index}`))
  for (const sum of sums) kernel.zero(f, sum)
  const multiplyAdd = multiplier(f)
  const x = factor('x', 1, false)
  const ys = [factor('y', 7, false), factor('minus y', 7, true)]
  loop(f, () => {
    for (const y of ys) for (const sum of sums) multiplyAdd(f, sum, x, y)
  })
}

function tileLoop(f: Recorder, name: string, { products }: TileMachine, type: ProductType): void {
  const { a, b } = PRODUCT_TYPES[type]
  const multiply = products[`${a} ${b}`]
  if (multiply === undefined) throw new RangeError(`${name} has no tile products of type ${type}`)
  const { factors: kind } = multiplicationOf(name, (probe) => multiply(probe, tmm(0), tmm(1), tmm(2)))
  const shape = { rows: TILE_ROWS, rowBytes: TILE_ROW_BYTES }
  f.ldtilecfg(mem(f.constant(tileConfiguration(new Array(TILE_COUNT).fill(shape)), 64)))
  for (let tile = 0; tile < TILE_SUMS; tile++) f.tilezero(tmm(tile))
  const stride = f.gp('stride')
  f.mov(stride, TILE_ROW_BYTES)
  const load = (tile: number, seed: number, negative: boolean): void => {
    const from = f.gp('from')
    f.lea(from, mem(f.constant(factors(kind, TILE_BYTES, seed, negative), 64)))
    f.tileloadd(tmm(tile), mem(from, stride, 1))
  }
  const [x, y, minusY] = [TILE_SUMS, TILE_SUMS + 1, TILE_SUMS + 2] as const
  load(x, 1, false)
  load(y, 7, false)
  load(minusY, 7, true)
  loop(f, () => {
    for (const factor of [y, minusY])
      for (let sum = 0; sum < TILE_SUMS; sum++) multiply(f, tmm(sum), tmm(x), tmm(factor))
  })
  f.tilerelease()
}
