/** `tilewright gemm --type` as a process: the same report for every type, what it refuses. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { refuseMissing, TYPE_NAMES, targetsFor } from '../src/cli/product-options.ts'
import { TARGET_NAMES } from '../src/microkernel/targets/index.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const command = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const gemm = (...args: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, ['--import', 'tsx', command, 'gemm', ...args], { encoding: 'utf8' })

/** What every report has, whatever the type, the target and where it ran. */
const KEYS = [
  ...['m', 'n', 'k', 'type', 'out', 'isa', 'run', 'threads', 'gflops', 'peakGflops', 'percentOfPeak'],
  ...['maxError', 'verified', 'planSource', 'compileMicroseconds', 'milliseconds'],
]

const types = suite('tilewright gemm --type')

types('bf16 for a CPU that may not be this one, emulated: no speeds', () => {
  const args = ['48x40x70', '--type', 'bf16', '--isa', 'amx_bf16', '--run', 'emulated', '--check', '--json']
  const { status, stderr, stdout } = gemm(...args)
  assert.is(status, 0, stderr)
  const report = JSON.parse(stdout)
  assert.equal(Object.keys(report), KEYS)
  const { m, n, k, type, isa, gflops, peakGflops, percentOfPeak, verified } = report
  assert.equal({ m, n, k, type, isa }, { m: 48, n: 40, k: 70, type: 'bf16', isa: 'amx_bf16' })
  assert.equal({ gflops, peakGflops, percentOfPeak }, { gflops: null, peakGflops: null, percentOfPeak: null })
  assert.is(verified, true)
})

types('u8s8 on this CPU: the same keys, exact', () => {
  if (!NATIVE) return skip('native code needs linux-x64')
  const { status, stderr, stdout } = gemm('64x64x64', '--type', 'u8s8', '--json')
  assert.is(status, 0, stderr)
  const report = JSON.parse(stdout)
  assert.equal(Object.keys(report), KEYS)
  assert.ok(report.gflops > 0 && report.peakGflops > report.gflops / 2)
  assert.equal([report.maxError, report.verified], [0, true])
})

types('integers are told in operations, floats of few bits in FLOP', () => {
  if (!NATIVE) return skip('native code needs linux-x64')
  assert.match(gemm('32x32x32', '--type', 's8s8').stdout, /GOP\/s.*\nverified: 1024 elements, all exact/)
})

types('emits the code of every type', () => {
  assert.match(gemm('8x8x8', '--type', 'u8u8', '--emit', 'asm').stdout, /^gemm_u8u8_avx512_.*:\n/)
})

types('what there is not is refused, with what there is', () => {
  const { status, stderr } = gemm('8x8x8', '--type', 'int4')
  assert.is(status, 2)
  assert.match(
    stderr,
    /--type: expected one of f32, f64, bf16, f16, u8s8, s8s8, u8u8, e4m3, e5m2; given 'int4'/,
  )
  for (const type of TYPE_NAMES) {
    assert.ok(targetsFor(type).length > 0)
    for (const isa of TARGET_NAMES) {
      const refuse = (): void => refuseMissing(isa, type)
      if (targetsFor(type).includes(isa)) refuse()
      else assert.throws(refuse, new RegExp(`--isa ${isa} has no products of type ${type}; .* have`))
    }
  }
})

types.run()
