/** How fast the emulator is, in CPU time: simple instructions a second, vector products, and tile products of each kind. */
import { Emulator } from '../src/emulator/emulate.ts'
import type { MachineCode } from '../src/encoder/index.ts'
import { Assembler, eax, ecx, edx, mem, qword, r9, r10, rax, rdi, rsi, tmm } from '../src/encoder/index.ts'
import { compileGemm } from '../src/gemm/kernel.ts'
import { spreadOf } from '../src/measure/spread.ts'

const ROUNDS = 9

/** The median of the rounds of `work` a second of this process's CPU time, which other processes do not lengthen. */
function rate(work: number, run: () => void): { readonly median: number; readonly max: number } {
  run()
  const rates = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage()
    run()
    const { system, user } = process.cpuUsage(start)
    return (work * 1e6) / (user + system)
  })
  return spreadOf(rates)
}

/** Integer code as between the hot loops of kernels: sums, moves, a load, a store, pointers, a compare, a branch. */
function integers(): { readonly code: MachineCode; readonly perTurn: number } {
  const a = new Assembler()
  const loop = a.label('loop')
  a.xor(eax, eax).mov(ecx, 200_000).mov(r9, rdi)
  a.bind(loop)
  a.mov(r10, qword(rdi, 8))
    .add(rax, r10)
    .mov(qword(rdi, 16), rax)
    .lea(rsi, mem(r9, rax, 1, 64))
  a.mov(edx, eax).and(edx, 255).xor(rsi, r10).sub(ecx, 1).jne(loop).ret()
  return { code: a.finish(), perTurn: 9 }
}

type TileProduct = 'tdpbf16ps' | 'tdpfp16ps' | 'tdpbssd' | 'tdpbusd' | 'tdphf8ps' | 'tdpbf8ps'
/** Multiply-adds of one full tile product. */
const MULTIPLY_ADDS: Readonly<Record<TileProduct, number>> = {
  tdpbf16ps: 16 * 16 * 32,
  tdpfp16ps: 16 * 16 * 32,
  tdpbssd: 16 * 16 * 64,
  tdpbusd: 16 * 16 * 64,
  tdphf8ps: 16 * 16 * 64,
  tdpbf8ps: 16 * 16 * 64,
}
const TURNS = 50

/** Four tile products for four tile loads, as in the hot loop of a 32×32 tile of C. */
function tiles(product: TileProduct): MachineCode {
  const a = new Assembler()
  const loop = a.label('loop')
  a.ldtilecfg(mem(rsi)).mov(ecx, TURNS).mov(eax, 64)
  a.bind(loop)
  for (let i = 0; i < 4; i++) a.tileloadd(tmm(4 + i), mem(rdi, rax, 1, 1024 * i))
  for (let i = 0; i < 4; i++) a[product](tmm(i), tmm(4 + (i >> 1)), tmm(6 + (i & 1)))
  a.sub(ecx, 1).jne(loop).tilerelease().ret()
  return a.finish()
}

const shown = (value: number): string => value.toFixed(value < 100 ? 1 : 0)

function printRate(name: string, unit: string, { max, median }: { median: number; max: number }): void {
  console.log(`${name.padEnd(34)} ${shown(median / 1e6).padStart(8)} ${unit}  (best ${shown(max / 1e6)})`)
}

{
  const { code, perTurn } = integers()
  const emulator = new Emulator(code, { regions: [{ name: 'a', data: new BigUint64Array(8) }] })
  printRate(
    'simple instructions',
    'M/s',
    rate(200_000 * perTurn, () => emulator.call({ arguments: ['a'] })),
  )
}

const configuration = new Uint8Array(64)
configuration[0] = 1
for (let tile = 0; tile < 8; tile++) {
  configuration[16 + 2 * tile] = 64
  configuration[48 + tile] = 16
}
for (const product of Object.keys(MULTIPLY_ADDS) as TileProduct[]) {
  const isInteger = product.endsWith('d')
  // Halves and bytes around 1 in every format.
  const data = isInteger
    ? Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251)
    : product.includes('8')
      ? Uint8Array.from({ length: 4096 }, (_, i) => 0x30 + ((i * 7919) % 17))
      : new Uint8Array(
          Uint16Array.from(
            { length: 2048 },
            (_, i) => (product === 'tdpbf16ps' ? 0x3f00 : 0x3800) + ((i * 7919) % 251),
          ).buffer,
        )
  const emulator = new Emulator(tiles(product), {
    regions: [
      { name: 'data', data },
      { name: 'configuration', data: configuration },
    ],
  })
  printRate(
    product,
    isInteger ? 'MOP/s  ' : 'MFLOP/s',
    rate(2 * 4 * TURNS * MULTIPLY_ADDS[product], () =>
      emulator.call({ arguments: ['data', 'configuration'] }),
    ),
  )
}

for (const target of ['avx2', 'avx512'] as const) {
  for (const type of ['f32', 'f64'] as const) {
    const size = 48
    const kernel = compileGemm({ type, m: size, n: size, k: size }, { target, run: 'emulated' })
    const make = (): Float32Array & Float64Array =>
      (type === 'f32' ? new Float32Array(size * size) : new Float64Array(size * size)).map(
        Math.random,
      ) as Float32Array & Float64Array
    const [a, b, c] = [make(), make(), make()]
    printRate(
      `${type} product on ${target}`,
      'MFLOP/s',
      rate(2 * size ** 3, () => kernel(a, b, c as never)),
    )
  }
}
