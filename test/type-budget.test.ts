/** What the typed methods cost the type checker: editors stay fast only while this stays small. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const budget = suite('type-budget')

/** Instantiations for all methods: 131,764 with 1,886 mnemonics. A careless mapped type makes millions. */
const MOST_INSTANTIATIONS = 400_000
const MOST_TYPES = 250_000

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

budget('all typed methods together take few type instantiations', () => {
  // One thread: otherwise each counts what others have made already.
  const { stdout } = spawnSync(
    process.execPath,
    [
      path('../node_modules/typescript/lib/tsc.js'),
      ...['-p', path('types/tsconfig.json'), '--noEmit', '--singleThreaded', '--extendedDiagnostics'],
    ],
    { encoding: 'utf8' },
  )
  const figure = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(stdout)?.[1])
  const instantiations = figure('Instantiations')
  const types = figure('Types')
  assert.ok(instantiations > 0, stdout.slice(0, 500))
  assert.ok(instantiations < MOST_INSTANTIATIONS, `${instantiations} instantiations`)
  assert.ok(types < MOST_TYPES, `${types} types`)
})

budget.run()
