/** Requantisation: the reference against exact arithmetic, and generated code against the reference. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mem } from '../src/encoder/operands.ts'
import { generateLineSums } from '../src/microkernel/line-sums.ts'
import {
  lineTerm,
  nearestEven,
  quantise,
  type RequantisedStorage,
  requantise,
} from '../src/microkernel/requantise.ts'
import { TARGETS, type TargetName } from '../src/microkernel/targets/index.ts'
import type { Machine } from '../src/schedule/machine.ts'
import { recordFunction, runs } from './generated-function.ts'

const requantisation = suite('requantisation')

requantisation('rounding to the nearest integer, ties to even', () => {
  const cases = [
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, 0],
    [-1.5, -2],
    [-2.5, -2],
    [0.5000001, 1],
    [-127.5, -128],
    [1e9, 1e9],
  ] as const
  for (const [value, wanted] of cases) assert.is(nearestEven(value) + 0, wanted)
})

requantisation('what is too large saturates, before and after the zero point', () => {
  assert.is(quantise(3e9, 's8', -128), 127)
  assert.is(quantise(-3e9, 's8', 127), -128)
  assert.is(quantise(Number.POSITIVE_INFINITY, 'u8'), 255)
  assert.is(quantise(Number.NEGATIVE_INFINITY, 'u8', 255), 0)
  assert.is(quantise(Number.NaN, 's8'), 127)
  assert.is(quantise(-100, 'u8', 128), 28)
  assert.is(quantise(300, 'u8', -100), 200)
})

requantisation('terms of rows and columns give the product of what zero points were taken from', () => {
  const bytes = (least: number): fc.Arbitrary<number> => fc.integer({ min: least, max: least + 255 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(bytes(0), bytes(-128)), { minLength: 1, maxLength: 40 }),
      bytes(0),
      bytes(-128),
      (pairs, zeroA, zeroB) => {
        const sum = pairs.reduce((total, [a, b]) => total + a * b, 0)
        const row = lineTerm(
          pairs.map(([a]) => a),
          -zeroB,
        )
        const column = lineTerm(
          pairs.map(([, b]) => b),
          -zeroA,
          pairs.length * zeroA * zeroB,
        )
        const exact = pairs.reduce((total, [a, b]) => total + (a - zeroA) * (b - zeroB), 0)
        assert.is(requantise({ sum, row, column, scale: 1 }, 'f32') + 0, Math.fround(exact))
      },
    ),
  )
})

/** Sums, terms and scales with every edge among them. */
function operands(lanes: number, round: number) {
  let state = 77 + round
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state
  }
  const edges = [0, -1, 2147483647, -2147483648, 16777217, 255 * 127 * 65536, 5, -5]
  const scales = [1, 0.5, 2 ** -31, 1e10, -1, 1e-3, Number.POSITIVE_INFINITY, Number.NaN, 2 ** 24]
  return {
    sums: Int32Array.from({ length: lanes }, (_, i) =>
      round === 0 ? edges[i % edges.length]! : next() >> (next() % 32),
    ),
    columns: Int32Array.from({ length: lanes }, () => next() >> (next() % 32)),
    scales: Float32Array.from({ length: lanes }, () =>
      round < 2 ? scales[next() % scales.length]! : (next() % 1000) * 2 ** -((next() % 24) + 4),
    ),
    row: next() >> (next() % 32),
    zero: (next() % 384) - 128,
  }
}

for (const name of ['avx2', 'avx512'] as const satisfies readonly TargetName[]) {
  const machine = TARGETS[name] as unknown as Machine
  const { conversions, f32, vector } = machine
  const lanes = machine.vectorBytes / 4

  for (const storage of ['s8', 'u8', 'f32', 'bf16'] as const satisfies readonly RequantisedStorage[]) {
    requantisation(`${name}: to ${storage}`, () => {
      for (const known of [false, true]) {
        for (const whole of [true, false]) {
          for (let round = 0; round < 12; round++) {
            const { columns, row, scales, sums, zero } = operands(lanes, round)
            const count = whole ? lanes : 1 + (round % lanes)
            const fields = ['sums', 'columns', 'scales', 'to', 'row', 'zero', 'count'] as const
            const code = recordFunction(fields, (f, at) => {
              const [sum, column, scale] = [f.reg(vector), f.reg(vector), f.reg(vector)]
              f32.load(f, sum, mem(at.sums))
              f32.load(f, column, mem(at.columns))
              f32.load(f, scale, mem(at.scales))
              const rows = f.reg(vector)
              f32.splat(f, rows, at.row)
              const scaled = f.reg(vector)
              conversions.integers.scaled(f, scaled, sum, { row: rows, column, scale })
              const part = conversions.part(f, known ? count : at.count, 4)
              if (storage === 'f32') {
                if (whole) f32.store(f, mem(at.to), scaled)
                else f32.storeMasked(f, mem(at.to), scaled, machine.mask(f, part.count, 4))
                return
              }
              const options = { zero: known ? zero : conversions.zeroPoint(f, at.zero) }
              if (whole) conversions.fromFloat[storage].store(f, mem(at.to), scaled, options)
              else conversions.fromFloat[storage].storePart(f, mem(at.to), scaled, part, options)
            })
            const wanted = Array.from(sums.slice(0, count), (sum, i) =>
              requantise({ sum, row, column: columns[i]!, scale: scales[i]!, zero }, storage),
            )
            for (const run of runs(code)) {
              const to =
                storage === 'f32'
                  ? new Float32Array(count)
                  : storage === 'bf16'
                    ? new Uint16Array(count)
                    : storage === 's8'
                      ? new Int8Array(count)
                      : new Uint8Array(count)
              run({ sums, columns, scales, to, row, zero, count })
              // What NaN's bits are is the CPU's to say, but for bf16.
              const got = [...to].map((value, i) =>
                storage === 'bf16' && scales[i]! !== scales[i] ? 0 : value,
              )
              const expected = wanted.map((value, i) =>
                storage === 'bf16' && scales[i]! !== scales[i] ? 0 : value,
              )
              assert.equal(got, expected)
            }
          }
        }
      }
    })
  }

  for (const storage of ['s8', 'u8'] as const) {
    requantisation(`${name}: sums along and across lines of ${storage}`, () => {
      for (const direction of ['along', 'across'] as const) {
        const all = runs(generateLineSums(machine, { storage, direction }))
        for (const [lines, width, ld] of [
          [1, 1, 1],
          [3, 7, 9],
          [5, 8, 8],
          [2, 16, 20],
          [7, 33, 33],
          [4, 100, 101],
          [0, 5, 5],
          [3, 0, 4],
          [9, 141, 150],
        ] as const) {
          const from = new Uint8Array(lines === 0 ? 0 : (lines - 1) * ld + width).map((_, i) => i * 167 + 91)
          const value = (i: number): number => (storage === 's8' ? (from[i]! << 24) >> 24 : from[i]!)
          const [factor, constant] = [-113, 123456789]
          const count = direction === 'along' ? lines : width
          const wanted = Array.from({ length: count }, (_, i) =>
            lineTerm(
              Array.from({ length: direction === 'along' ? width : lines }, (_unused, j) =>
                value(direction === 'along' ? i * ld + j : j * ld + i),
              ),
              factor,
              constant,
            ),
          )
          for (const run of all) {
            const to = new Int32Array(count)
            run({ from, to, lines, width, ld, factor, constant })
            assert.equal([...to], wanted, `${direction} ${lines}×${width}`)
          }
        }
      }
    })
  }
}

requantisation.run()
