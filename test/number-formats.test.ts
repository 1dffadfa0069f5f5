/** The reference conversions: every code, every tie and its neighbours, against the formats' definitions in exact arithmetic. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { narrowBits, widenBits } from '../src/microkernel/number-formats.ts'
import type { NarrowFloat } from '../src/schedule/conversion.ts'

const FORMATS = {
  bf16: { exponent: 8, mantissa: 7, bias: 127 },
  f16: { exponent: 5, mantissa: 10, bias: 15 },
  e5m2: { exponent: 5, mantissa: 2, bias: 15 },
  e4m3: { exponent: 4, mantissa: 3, bias: 7 },
} as const
const TYPES = Object.keys(FORMATS) as readonly NarrowFloat[]

const cells = new Float32Array(1)
const cellBits = new Uint32Array(cells.buffer)
const bitsOf = (value: number): number => {
  cells[0] = value
  return cellBits[0]!
}
const numberOf = (bits: number): number => {
  cellBits[0] = bits
  return cells[0]!
}
const isNanBits = (bits: number): boolean => (bits & 0x7fff_ffff) > 0x7f80_0000

/** What a code means, by the format's definition. */
function meaningOf(code: number, type: NarrowFloat): number {
  const { bias, exponent, mantissa } = FORMATS[type]
  const e = (code >> mantissa) & (2 ** exponent - 1)
  const m = code & (2 ** mantissa - 1)
  const sign = (code >> (exponent + mantissa)) & 1 ? -1 : 1
  if (type === 'e4m3' ? e === 15 && m === 7 : e === 2 ** exponent - 1 && m !== 0) return Number.NaN
  if (type !== 'e4m3' && e === 2 ** exponent - 1) return sign * Number.POSITIVE_INFINITY
  const fraction = m / 2 ** mantissa
  return sign * (e === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (e - bias))
}

const formats = suite('number formats')

for (const type of TYPES) {
  const { exponent, mantissa } = FORMATS[type]
  const signBit = 2 ** (exponent + mantissa)
  const largest = type === 'e4m3' ? 0x7e : ((2 ** exponent - 1) << mantissa) - 1
  const overflow = largest + 1

  formats(`${type}: every code is widened to what it means, and narrowed back`, () => {
    for (let code = 0; code < 2 * signBit; code++) {
      const bits = widenBits(code, type)
      const meant = meaningOf(code, type)
      if (!Object.is(numberOf(bits), meant)) assert.is(numberOf(bits), meant, `code ${code}`)
      const back = narrowBits(bits, type)
      const quiet = Number.isNaN(meant) && type !== 'e4m3' ? code | (1 << (mantissa - 1)) : code
      if (back !== quiet) assert.is(back, quiet, `code ${code}`)
    }
  })

  formats(`${type}: ties go to even, and their neighbours to the nearer code`, () => {
    for (let code = 0; code < largest; code++) {
      const tie = bitsOf((meaningOf(code, type) + meaningOf(code + 1, type)) / 2)
      const even = code % 2 === 0 ? code : code + 1
      for (const sign of [0, 1]) {
        const narrowed = [-1, 0, 1].map(
          (step) => narrowBits(((sign << 31) | (tie + step)) >>> 0, type) - sign * signBit,
        )
        if (narrowed[0] !== code || narrowed[1] !== even || narrowed[2] !== code + 1) {
          assert.equal(narrowed, [code, even, code + 1], `above code ${code}`)
        }
      }
    }
  })

  formats(`${type}: overflow begins where rounding leaves the largest number`, () => {
    const step = meaningOf(largest, type) - meaningOf(largest - 1, type)
    const tie = bitsOf(meaningOf(largest, type) + step / 2)
    // e4m3's largest number is even, the others' odd.
    assert.is(narrowBits(tie - 1, type), largest)
    assert.is(narrowBits(tie, type), type === 'e4m3' ? largest : overflow)
    assert.is(narrowBits(tie + 1, type), overflow)
    for (const bits of [tie + 1, bitsOf(3.4e38), 0x7f7f_ffff, 0x7f80_0000]) {
      const saturated = type === 'e4m3' || type === 'e5m2' ? largest : narrowBits(bits, type)
      if (bits > tie) assert.is(narrowBits(bits, type, true), saturated)
      if (bits === 0x7f80_0000) assert.is(narrowBits(bits, type), overflow)
    }
  })

  formats(`${type}: NaN stays NaN, quiet, with its sign, saturating or not`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 0x7f80_0001, max: 0x7fff_ffff }), fc.boolean(), (bits, saturate) => {
        for (const sign of [0, 0x8000_0000]) {
          const code = narrowBits((bits | sign) >>> 0, type, saturate)
          assert.ok(Number.isNaN(meaningOf(code, type)))
          assert.is(code >= signBit, sign !== 0)
          const wide = widenBits(code, type)
          assert.ok(isNanBits(wide) && (wide & 0x40_0000) !== 0 && wide >>> 31 === sign >>> 31)
        }
      }),
    )
  })

  formats(`${type}: zeros keep their signs, and the least f32 vanishes or stays by the rule`, () => {
    assert.is(narrowBits(0, type), 0)
    assert.is(narrowBits(0x8000_0000, type), signBit)
    assert.is(narrowBits(0x8000_0001, type), signBit)
    assert.is(narrowBits(1, type), 0)
    assert.is(narrowBits(0xffff, type), type === 'bf16' ? 1 : 0)
  })

  formats(`${type}: no code is nearer than the chosen one`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7f7f_ffff }), (bits) => {
        const value = numberOf(bits)
        const code = narrowBits(bits, type)
        if (code > largest) return
        const distance = Math.abs(value - meaningOf(code, type))
        for (const other of [code - 1, code + 1]) {
          if (other < 0 || other > largest) continue
          assert.ok(distance <= Math.abs(value - meaningOf(other, type)))
        }
      }),
      { numRuns: 2000 },
    )
  })
}

formats.run()
