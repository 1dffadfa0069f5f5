/** The order of tile loads and products: as a plan of events, for every arrangement. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  allArrangements,
  firstLoads,
  periodOf,
  stepEvents,
  type TileArrangement,
  type TileEvent,
} from '../src/schedule/lower/tmul-order.ts'
import { cutColumns, cutRows } from '../src/schedule/primitives/tile-regions.ts'
import { TILE_COUNT, tileConfiguration } from '../src/schedule/tile-machine.ts'

const order = suite('tile-order')

const allEvents = (arrangement: TileArrangement, steps: number): readonly TileEvent[] => [
  ...firstLoads(arrangement, steps),
  ...Array.from({ length: steps }, (_, step) => stepEvents(arrangement, step, steps).flat()).flat(),
]

order('every product finds its tiles of A and B of its step, and every one is there once', () => {
  for (const arrangement of allArrangements()) {
    const { rows, columns } = arrangement
    for (let steps = 0; steps < 7; steps++) {
      const held = new Map<number, string>()
      const seen: string[] = []
      let products = 0
      for (const event of allEvents(arrangement, steps)) {
        if (event.kind === 'load') {
          held.set(event.tile, `${event.operand}${event.index} of ${event.step}`)
          seen.push(held.get(event.tile)!)
          continue
        }
        const step = Math.floor(products / (rows * columns))
        const [i, j] = [Math.floor((products % (rows * columns)) / columns), products % columns]
        assert.is(held.get(event.a), `A${i} of ${step}`)
        assert.is(held.get(event.b), `B${j} of ${step}`)
        assert.is(event.c, i * columns + j)
        products++
      }
      assert.is(products, steps * rows * columns)
      assert.is(new Set(seen).size, seen.length)
      assert.is(seen.length, steps * (rows + columns))
    }
  }
})

order('after the first step no product reads a tile that was loaded since the last product', () => {
  for (const arrangement of allArrangements()) {
    const { rows, columns } = arrangement
    let fresh = new Set<number>()
    let products = 0
    for (const event of allEvents(arrangement, 9)) {
      if (event.kind === 'load') fresh.add(event.tile)
      else {
        if (products >= rows * columns) assert.not.ok(fresh.has(event.a) || fresh.has(event.b))
        fresh = new Set()
        products++
      }
    }
  }
})

order('all of it fits eight registers, and comes round after at most two steps', () => {
  for (const arrangement of allArrangements()) {
    const { rows, columns, aTiles, bTiles } = arrangement
    assert.ok(rows * columns + aTiles + bTiles <= TILE_COUNT)
    // A register keeps the shape of one row or column of tiles.
    assert.is(aTiles % rows, 0)
    assert.is(bTiles % columns, 0)
    assert.ok(periodOf(arrangement) <= 2)
  }
})

order('rows and columns are cut without gaps, in tiles of at most 16', () => {
  for (const [cut, most] of [
    [cutRows, 3],
    [cutColumns, 3],
  ] as const) {
    for (let tiles = 1; tiles <= most; tiles++) {
      for (let size = 0; size < 200; size++) {
        let at = 0
        for (const { start, count, sizes } of cut(size, tiles)) {
          const block = sizes.reduce((sum, each) => sum + each, 0)
          assert.is(start, at)
          assert.is(count % block, 0)
          assert.ok(sizes.length <= tiles && sizes.every((each) => each >= 1 && each <= 16))
          at += count
        }
        assert.is(at, size)
        assert.ok(cut(size, tiles).length <= 2)
      }
    }
  }
})

order('the configuration lies as LDTILECFG reads it', () => {
  const bytes = tileConfiguration([
    { rows: 16, rowBytes: 64 },
    { rows: 3, rowBytes: 20 },
  ])
  assert.is(bytes.length, 64)
  const set = [...bytes.entries()].filter(([, value]) => value !== 0)
  assert.equal(set, [
    [0, 1],
    [16, 64],
    [18, 20],
    [48, 16],
    [49, 3],
  ])
})

order.run()
