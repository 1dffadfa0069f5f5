/** `prefetch` and `askForB`: let register tiles ask for what will be needed once they are done. */
import { changedTile } from '../changed-tile.ts'
import { type Primitive, rewrite, ScheduleError } from '../tile-program.ts'

/** C's part of each tile, and the first lines of the rows of A that the next tile of rows reads. */
export function prefetch(): Primitive {
  return {
    name: 'prefetch()',
    apply: (program) => ({
      ...program,
      body: rewrite(program.body, (s) => (s.kind === 'tile' ? [changedTile(s, { prefetches: true })] : [s])),
    }),
  }
}

/** The block of B that lies behind the current one along k, a share by each tile. Applied after `pack`. */
export function askForB(): Primitive {
  return {
    name: 'askForB()',
    apply: (program) => {
      let packs = 0
      const body = rewrite(program.body, (s) => {
        if (s.kind !== 'pack' || s.operand !== 'B' || s.layout !== 'panels') return [s]
        packs++
        return [{ ...s, asks: true }]
      })
      if (packs === 0) throw new ScheduleError('askForB: B must be packed in a pass of its own')
      return { ...program, body }
    },
  }
}
