/** `tilewright gemm --threads` as a process: what it prints, what it emits, what it refuses. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const command = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

function gemm(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ['--import', 'tsx', command, 'gemm', ...args], {
    encoding: 'utf8',
    env: { ...process.env, TILEWRIGHT_CPUS: '4' },
  })
}

const threads = suite('tilewright gemm --threads')

threads('runs, checks and reports', () => {
  if (!NATIVE) return skip('native code needs linux-x64')
  const { stdout, stderr, status } = gemm('160x256x128', '--threads', '2', '--json')
  assert.is(status, 0, stderr)
  const { threads, verified, gflops } = JSON.parse(stdout)
  assert.equal({ threads, verified }, { threads: 2, verified: true })
  assert.ok(gflops > 0)
  const all = gemm('160x256x128', '--threads', 'all')
  assert.is(all.status, 0, all.stderr)
  assert.match(all.stdout, /a thread: rows 0–\d+, columns 0–\d+\n/)
  assert.match(all.stdout, /FMA peak of 4 cores/)
})

threads('emits the listing and the plan of every part', () => {
  const asm = gemm('512x512x512', '--threads', '2', '--emit', 'asm')
  assert.match(asm.stdout, /^; rows 0–511, columns 0–255; rows 0–511, columns 256–511\ngemm_f32/)
  const plan = gemm('333x77x501', '--threads', '2', '--emit', 'plan')
  assert.is(plan.stdout.match(/^; rows/gm)?.length, 2)
})

threads('refuses what is no number of threads, and bytes of several kernels', () => {
  for (const wrong of ['0', 'two', '1.5', '-1']) {
    const { status, stderr } = gemm('8x8x8', `--threads=${wrong}`)
    assert.is(status, 2)
    assert.match(stderr, /--threads: expected a whole number of at least 1 or all; given/)
  }
  const { status, stderr } = gemm('333x77x501', '--threads', '2', '--emit', 'bin')
  assert.is(status, 2)
  assert.match(stderr, /--emit bin: the 2 threads run 2 different kernels/)
})

threads.run()
