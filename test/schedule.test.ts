/** The tile program: its primitives one by one, its printer, and what verification refuses. */
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gemmProgram, schedulePipe } from '../src/microkernel/generate.ts'
import { planGemm } from '../src/microkernel/plan.ts'
import { compose } from '../src/schedule/compose.ts'
import { evenBlock } from '../src/schedule/lower/block-loop.ts'
import { evenTiles } from '../src/schedule/lower/tile-loop.ts'
import { block } from '../src/schedule/primitives/block.ts'
import { pack, packOnTheWay } from '../src/schedule/primitives/pack.ts'
import { registerTile } from '../src/schedule/primitives/register-tile.ts'
import { unroll } from '../src/schedule/primitives/unroll.ts'
import { printProgram } from '../src/schedule/print-program.ts'
import { ScheduleError, type TileProgram } from '../src/schedule/tile-program.ts'

const schedule = suite('schedule')

const plan = planGemm({ m: 100, n: 200, k: 300 }, { target: 'avx512' })
const initial = gemmProgram(plan)
const body = (program: TileProgram): string => printProgram(program).split('\n').slice(1, -1).join('\n')

schedule('the initial program is one contraction', () => {
  assert.is(body(initial), '  C[m, n] += A[m, k] · B[k, n]')
})

schedule('block nests loops in the order given', () => {
  const program = compose(initial, block({ dim: 'n', size: 64, unit: 16 }, { dim: 'k', size: 128 }))
  assert.is(
    body(program),
    [
      '  for each block of n ≤ 64 (multiples of 16)',
      '    for each block of k ≤ 128',
      '      C[m, n] += A[m, k] · B[k, n]',
    ].join('\n'),
  )
})

schedule('pack goes inside the blocks of n and k, outside those of m', () => {
  const blocks = block({ dim: 'n', size: 64 }, { dim: 'k', size: 128 }, { dim: 'm', size: 32 })
  const program = compose(initial, blocks, pack('B'), registerTile({ m: 8, n: 48 }), unroll('k', 4))
  assert.is(
    body(program),
    [
      '  for each block of n ≤ 64',
      '    for each block of k ≤ 128',
      '      pack B into panels [k][48]',
      '      for each block of m ≤ 32',
      '        for each tile of n ≤ 48',
      '          for each tile of m ≤ 8',
      '            C tile 8×48 += A · panel of B over k, unrolled by 4',
    ].join('\n'),
  )
})

const onTheWay = [registerTile({ m: 8, n: 48 }), packOnTheWay('B'), unroll('k', 4)]

schedule('packOnTheWay lets the first tile of rows copy and the others read the panel', () => {
  assert.is(
    body(compose(initial, ...onTheWay)),
    [
      '  for each tile of n ≤ 48',
      '    for the first tile of m ≤ 8',
      '      C tile 8×48 += A · B, copied into its panel on the way, over k, unrolled by 4',
      '    for each further tile of m ≤ 8',
      '      C tile 8×48 += A · panel of B over k, unrolled by 4',
    ].join('\n'),
  )
})

schedule('packOnTheWay under blocks of m lets the first block make the panels of all', () => {
  const program = compose(initial, block({ dim: 'n', size: 96 }, { dim: 'm', size: 32 }), ...onTheWay)
  assert.is(program.panels, 'block')
  assert.is(
    body(program),
    [
      '  for each block of n ≤ 96',
      '    for the first block of m ≤ 32',
      '      for each tile of n ≤ 48',
      '        for the first tile of m ≤ 8',
      '          C tile 8×48 += A · B, copied into its panel on the way, over k, unrolled by 4',
      '        for each further tile of m ≤ 8',
      '          C tile 8×48 += A · panel of B over k, unrolled by 4',
      '    for each further block of m ≤ 32',
      '      for each tile of n ≤ 48',
      '        for each tile of m ≤ 8',
      '          C tile 8×48 += A · panel of B over k, unrolled by 4',
    ].join('\n'),
  )
})

schedule('registerTile can walk rows first', () => {
  const program = compose(initial, registerTile({ m: 6, n: 64, order: 'm' }))
  assert.is(
    body(program),
    [
      '  for each tile of m ≤ 6',
      '    for each tile of n ≤ 64',
      '      C tile 6×64 += A · B over k, unrolled by 1',
    ].join('\n'),
  )
})

schedule('programs are frozen all the way down', () => {
  const program = compose(initial, registerTile({ m: 6, n: 64 }))
  assert.ok(Object.isFrozen(program) && Object.isFrozen(program.body) && Object.isFrozen(program.body[0]))
})

const refusals: readonly (readonly [string, () => unknown, RegExp])[] = [
  [
    'a dimension blocked twice',
    () => compose(initial, block({ dim: 'n', size: 64 }), block({ dim: 'n', size: 32 })),
    /n is blocked twice/,
  ],
  [
    'a block of nothing',
    () => compose(initial, block({ dim: 'n', size: 0 })),
    /block of n must be a positive integer, is 0/,
  ],
  [
    'a block that cuts its unit',
    () => compose(initial, block({ dim: 'n', size: 50, unit: 16 })),
    /no multiple of its unit/,
  ],
  ['packing twice', () => compose(initial, pack('B'), pack('B')), /pack once/],
  [
    'an unroll factor of zero',
    () => compose(initial, registerTile({ m: 1, n: 16 }), unroll('k', 0)),
    /positive integer, given 0/,
  ],
  [
    'a contraction computed twice',
    () =>
      compose({
        ...initial,
        body: [
          { kind: 'contract', b: 'in place' },
          { kind: 'contract', b: 'in place' },
        ],
      }),
    /computed 2 times/,
  ],
  ['a program that computes nothing', () => compose({ ...initial, body: [] }), /computed 0 times/],
  [
    'a tile that its loops do not step by',
    () =>
      compose({
        ...initial,
        body: [
          {
            kind: 'tiles',
            part: 'all',
            dim: 'n',
            size: 48,
            lead: 0,
            leadsToLines: false,
            body: [
              {
                kind: 'tiles',
                part: 'all',
                dim: 'm',
                size: 8,
                lead: 0,
                leadsToLines: false,
                body: [
                  {
                    kind: 'tile',
                    m: 6,
                    n: 48,
                    b: 'in place',
                    aPacked: false,
                    steps: 'single',
                    unroll: 1,
                    prefetches: false,
                    readsAhead: 0,
                  },
                ],
              },
            ],
          },
        ],
      }),
    /the tile of m is 6, its loop steps by 8/,
  ],
]
for (const [what, make, message] of refusals) {
  schedule(`refuses ${what}`, () => {
    assert.throws(make, (error: unknown) => error instanceof ScheduleError && message.test(error.message))
  })
}

schedule('evenTiles covers the units with as few tiles as possible, sizes differing by at most one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 40 }), (units, size) => {
      const runs = evenTiles(units, size)
      assert.is(
        runs.reduce((sum, run) => sum + run.units * run.count, 0),
        units,
      )
      assert.is(
        runs.reduce((sum, run) => sum + run.count, 0),
        Math.ceil(units / size),
      )
      for (const run of runs) assert.ok(run.units <= size && run.units >= 1 && run.count >= 1)
      if (runs.length > 1) assert.is(runs[0]!.units, runs[1]!.units + 1)
      assert.ok(runs.length <= 2)
    }),
  )
})

schedule('evenBlock cuts at multiples of the unit and never beyond the size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 64 }),
      (extent, units, unit) => {
        const step = evenBlock(extent, units * unit, unit)
        assert.is(step % unit, 0)
        assert.ok(step <= units * unit && step >= 1)
      },
    ),
  )
})

schedule('a plan’s pipe is readable', () => {
  const big = planGemm({ m: 2000, n: 2048, k: 2048 }, { target: 'avx512' })
  const names = schedulePipe(big).map((primitive) => primitive.name)
  assert.is(names.at(-1), 'unroll(k, 4)')
  assert.ok(names.some((name) => name.startsWith('registerTile(')))
})

schedule.run()
