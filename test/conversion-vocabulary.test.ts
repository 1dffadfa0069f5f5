/** Conversions of the instruction sets against the reference, bit by bit: natively where the CPU can, else emulated. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { MachineCode } from '../src/encoder/machine-code.ts'
import { mem } from '../src/encoder/operands.ts'
import { narrowBits, widenBits } from '../src/microkernel/number-formats.ts'
import { avxNeConvertConversions } from '../src/microkernel/targets/avx-ne-convert-conversion.ts'
import { TARGETS, type TargetName } from '../src/microkernel/targets/index.ts'
import type { V } from '../src/regalloc/function.ts'
import type { Recorder } from '../src/regalloc/recorder.ts'
import { guardedArray, missingFeatures } from '../src/runtime/index.ts'
import type { NarrowFloat, NarrowStorage } from '../src/schedule/conversion.ts'
import type { Machine } from '../src/schedule/machine.ts'
import type { Address } from '../src/schedule/operand-kinds.ts'
import { STORAGE_BYTES } from '../src/schedule/product-type.ts'
import type { Quantity } from '../src/schedule/quantity.ts'
import { native, recordFunction, runs } from './generated-function.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const FLOATS: readonly NarrowFloat[] = ['bf16', 'f16', 'e4m3', 'e5m2']

type Numbers = Uint8Array | Uint16Array | Uint32Array

/** A function of two places and a count. */
const code = (record: (f: Recorder, from: Address, to: Address, count: V<'r64'>) => void): MachineCode =>
  recordFunction(['from', 'to', 'count'], (f, { from, to, count }) => record(f, mem(from), mem(to), count))

/** Exact values, ties and their neighbours of every format, and all of the special ones; both signs. */
function samples(): Uint32Array {
  const seen = new Set<number>([
    0x7f80_0000, 0x7f80_0001, 0x7fbf_ffff, 0x7fc0_0000, 0x7fff_ffff, 1, 0x7f_ffff,
  ])
  for (const type of FLOATS) {
    const step = type === 'bf16' || type === 'f16' ? 509 : 1
    const codes = 2 ** (8 * STORAGE_BYTES[type] - 1)
    for (let at = 0; at < codes; at += step) {
      const bits = widenBits(at, type)
      const next = widenBits(at + 1, type)
      const middle = Math.floor((bits + next) / 2)
      for (const near of [bits - 1, bits, bits + 1, middle - 1, middle, middle + 1]) {
        if (near >= 0 && near <= 0x7fff_ffff) seen.add(near)
      }
    }
  }
  let state = 12345
  for (let i = 0; i < 1000; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    seen.add(state >>> 1)
  }
  return Uint32Array.from([...seen].flatMap((bits) => [bits, (bits | 0x8000_0000) >>> 0]))
}

const arrayOf = (bytes: number, length: number): Numbers =>
  bytes === 1 ? new Uint8Array(length) : bytes === 2 ? new Uint16Array(length) : new Uint32Array(length)

const conversion = suite('conversion vocabulary')

for (const name of ['avx2', 'avx512'] as const satisfies readonly TargetName[]) {
  const machine: Machine = TARGETS[name] as unknown as Machine
  const lanes = machine.vectorBytes / 4

  for (const type of FLOATS) {
    for (const saturate of type === 'e4m3' || type === 'e5m2' ? [false, true] : [false]) {
      conversion(`${name}: f32 to ${type}${saturate ? ', saturating' : ''}`, () => {
        const whole = code((f, from, to) => {
          const x = f.reg(machine.vector, 'x')
          machine.f32.load(f, x, from)
          machine.conversions.fromFloat[type].store(f, to, x, { saturate })
        })
        const all = samples()
        for (const [index, run] of runs(whole).entries()) {
          // All of them at the CPU's speed, or else where nothing is faster.
          const step = index === 0 ? lanes : 8 * lanes
          for (let at = 0; at + lanes <= all.length; at += step) {
            const from = all.slice(at, at + lanes)
            const to = arrayOf(STORAGE_BYTES[type], lanes)
            run({ from, to, count: lanes })
            const wanted = Array.from(from, (bits) => narrowBits(bits, type, saturate))
            assert.equal([...to], wanted, [...from].map((bits) => bits.toString(16)).join())
          }
        }
      })
    }

    conversion(`${name}: part of f32 to ${type}`, () => {
      const from = samples().slice(1000, 1000 + lanes)
      for (let count = 1; count <= lanes; count++) {
        for (const known of [true, false]) {
          const partial = code((f, source, to, given) => {
            const x = f.reg(machine.vector, 'x')
            machine.f32.load(f, x, source)
            const quantity: Quantity = known ? count : given
            const part = machine.conversions.part(f, quantity, 4)
            machine.conversions.fromFloat[type].storePart(f, to, x, part)
          })
          for (const run of runs(partial)) {
            const room = arrayOf(STORAGE_BYTES[type], lanes + 2).fill(0x55)
            const to = room.subarray(1, 1 + count)
            run({ from, to, count })
            const wanted = Array.from(from, (bits, i) => (i < count ? narrowBits(bits, type) : 0x55))
            assert.equal([...room], [0x55, ...wanted, 0x55])
          }
        }
      }
    })
  }

  for (const type of [
    'bf16',
    'f16',
    'e4m3',
    'e5m2',
    's8',
    'u8',
  ] as const satisfies readonly NarrowStorage[]) {
    const bytes = STORAGE_BYTES[type]
    const float = new Float32Array(1)
    const floatBits = new Uint32Array(float.buffer)
    const asFloat = (value: number): number => {
      if (type !== 's8' && type !== 'u8') return widenBits(value, type)
      float[0] = type === 's8' ? (value << 24) >> 24 : value
      return floatBits[0]!
    }
    const asInteger = (value: number): number => (type === 's8' ? (value << 24) >> 24 : value)

    conversion(`${name}: ${type} to f32`, () => {
      const whole = code((f, from, to) => {
        const x = f.reg(machine.vector, 'x')
        machine.conversions.toFloat[type].load(f, x, from)
        machine.f32.store(f, to, x)
      })
      for (const [index, run] of runs(whole).entries()) {
        // All of them at the CPU's speed; every 16-bit value would keep the emulator busy for long.
        const step = index === 0 && NATIVE && name === 'avx2' ? 1 : bytes === 2 ? 97 : 1
        const codes = Array.from({ length: Math.ceil(256 ** bytes / step) }, (_, i) => i * step)
        for (let at = 0; at < codes.length; at += lanes) {
          const from = arrayOf(bytes, lanes)
          from.set(codes.slice(at, at + lanes))
          const to = new Uint32Array(lanes)
          run({ from, to, count: lanes })
          assert.equal([...to], Array.from(from, asFloat))
        }
      }
    })

    conversion(`${name}: part of ${type} to f32, and one element in all lanes`, () => {
      const from = arrayOf(bytes, lanes).map((_, i) => (i * 0x2543 + 0x37c9) & (256 ** bytes - 1))
      for (let count = 1; count <= lanes; count++) {
        for (const known of [true, false]) {
          const partial = code((f, source, to, given) => {
            const x = f.reg(machine.vector, 'x')
            const part = machine.conversions.part(f, known ? count : given, 4)
            machine.conversions.toFloat[type].loadPart(f, x, source, part)
            machine.f32.store(f, to, x)
          })
          for (const run of runs(partial)) {
            const to = new Uint32Array(lanes)
            run({ from: from.slice(0, count), to, count })
            assert.equal(
              [...to],
              Array.from(from, (value, i) => (i < count ? asFloat(value) : 0)),
            )
          }
        }
      }
      const one = code((f, source, to) => {
        const x = f.reg(machine.vector, 'x')
        machine.conversions.toFloat[type].broadcast(f, x, source)
        machine.f32.store(f, to, x)
      })
      for (const run of runs(one)) {
        for (const value of from) {
          const to = new Uint32Array(lanes)
          run({ from: arrayOf(bytes, 1).fill(value), to, count: 1 })
          assert.equal([...to], Array(lanes).fill(asFloat(value)))
        }
      }
    })

    if (type !== 's8' && type !== 'u8') continue
    conversion(`${name}: ${type} to wider integers`, () => {
      for (const [kind, laneBytes] of [
        ['toInteger', 4],
        ['toWords', 2],
      ] as const) {
        const wide = machine.vectorBytes / laneBytes
        const from = new Uint8Array(wide).map((_, i) => i * 53 + 0x7e)
        const result = (to: Uint32Array): number[] => [
          ...(laneBytes === 4 ? new Int32Array(to.buffer) : new Int16Array(to.buffer)),
        ]
        for (let count = 0; count <= wide; count++) {
          for (const known of [true, false]) {
            const some = code((f, source, to, given) => {
              const x = f.reg(machine.vector, 'x')
              const vocabulary = machine.conversions[kind][type]
              if (count === 0) vocabulary.load(f, x, source)
              else
                vocabulary.loadPart(
                  f,
                  x,
                  source,
                  machine.conversions.part(f, known ? count : given, laneBytes),
                )
              machine.f32.store(f, to, x)
            })
            for (const run of runs(some)) {
              const to = new Uint32Array(lanes)
              run({ from: count === 0 ? from : from.slice(0, count), to, count })
              assert.equal(
                result(to),
                Array.from(from, (value, i) => (count === 0 || i < count ? asInteger(value) : 0)),
              )
            }
          }
        }
        const one = code((f, source, to) => {
          const x = f.reg(machine.vector, 'x')
          machine.conversions[kind][type].broadcast(f, x, source)
          machine.f32.store(f, to, x)
        })
        for (const run of runs(one)) {
          const to = new Uint32Array(lanes)
          run({ from: Uint8Array.of(0x93), to, count: 1 })
          assert.equal(result(to), Array(wide).fill(asInteger(0x93)))
        }
      }
    })
  }
}

conversion('AVX-NE-CONVERT: one element of bf16 or f16 in all lanes', () => {
  for (const type of ['bf16', 'f16'] as const) {
    const one = code((f, from, to) => {
      const x = f.ymm('x')
      avxNeConvertConversions.toFloat[type].broadcast(f, x, from)
      TARGETS.avx2.f32.store(f, to, x)
    })
    for (const run of runs(one, avxNeConvertConversions.features)) {
      for (const value of [
        0, 1, 0x8000, 0x8001, 0x3c00, 0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x7f80, 0xff80, 0x1234,
      ]) {
        const to = new Uint32Array(8)
        run({ from: Uint16Array.of(value), to, count: 1 })
        assert.equal([...to], Array(8).fill(widenBits(value, type)))
      }
    }
  }
})

conversion('parts do not reach behind a guard page', () => {
  const { conversions, f32 } = TARGETS.avx2
  for (const type of FLOATS) {
    const storage = type === 'bf16' || type === 'f16' ? 'f16' : 'u8'
    for (let count = 1; count <= 8; count++) {
      const round = code((f, from, to, given) => {
        const x = f.ymm('x')
        const part = conversions.part(f, given, 4)
        conversions.toFloat[type].loadPart(f, x, from, part)
        f32.add(f, x, x, x)
        conversions.fromFloat[type].storePart(f, to, x, part)
      })
      if (!NATIVE || missingFeatures(round).length > 0) {
        skip('guard pages: native AVX2')
        return
      }
      const run = native(round)
      for (const edge of ['start', 'end'] as const) {
        const from = guardedArray(storage, count, edge)
        const to = guardedArray(storage, count, edge)
        // A small number in every format.
        from.fill(storage === 'u8' ? 0x18 : 0x1818)
        run({ from, to, count })
        assert.not.equal(to[count - 1], 0)
      }
    }
  }
})

conversion.run()
