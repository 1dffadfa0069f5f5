/** The bench's command: shapes and options read or refused by name, a clean environment, tables, plots, whole runs. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { matmulModel } from '../bench/contenders/onnx-model.ts'
import { type GemmOptions, readGemmOptions } from '../bench/gemm/options.ts'
import { plot } from '../bench/gemm/plot.ts'
import type { Row } from '../bench/gemm/rows.ts'
import { flopsOf, readShapes, SHAPE_SETS, showShape } from '../bench/gemm/shapes.ts'
import { short, tableLines } from '../bench/gemm/table.ts'
import { cleanEnvironment, meddlingVariables } from '../bench/processes/environment.ts'
import { Assembler } from '../src/encoder/assembler.ts'
import { mem } from '../src/encoder/operands.ts'
import { rax } from '../src/encoder/registers.ts'
import { bestTarget } from '../src/microkernel/targets/index.ts'
import { sharedLibrary } from '../src/objects/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const command = suite('bench command')

command('shapes: sizes, batches, sets, each once', () => {
  assert.equal(readShapes('2x3x4,8x8x8*1000,2×3×4'), [
    { m: 2, n: 3, k: 4, batch: 1 },
    { m: 8, n: 8, k: 8, batch: 1000 },
  ])
  for (const name of Object.keys(SHAPE_SETS)) assert.is(readShapes(name).length, SHAPE_SETS[name]!.length)
  assert.is(showShape({ m: 2, n: 3, k: 4, batch: 5 }), '2×3×4 · 5')
  assert.is(flopsOf({ m: 2, n: 3, k: 4, batch: 5 }), 48)
  for (const [word, message] of [
    ['8x8', /given '8x8'/],
    ['8x8x0', /k must be from 1/],
    ['8x8x8*0', /given '8x8x8\*0'/],
    ['8x8x8*2*2', /given '8x8x8\*2\*2'/],
    ['squares', /no set is called 'squares'; there are square, tiny/],
  ] as const) {
    assert.throws(() => readShapes(word), message)
  }
})

const read = (...args: string[]): GemmOptions =>
  readGemmOptions(args, { shapes: 'square', peers: [], alignments: ['64', '32', '16'] })

command('options: defaults, and peers with and without paths', () => {
  const plain = read()
  assert.equal(plain.shapes, readShapes('square'))
  assert.equal(plain.types, ['f32'])
  assert.equal(plain.peers, [])
  assert.is(plain.alignment, 64)
  assert.not(plain.transA || plain.transB || plain.packed || plain.cold || plain.openSizes || plain.json)
  const all = read('--peers').peers.map(({ name }) => name)
  for (const name of ['openblas', 'blis', 'onednn', 'libxsmm', 'onnxruntime', 'tfjs-wasm', 'numpy-ts']) {
    assert.ok(all.includes(name), name)
  }
  assert.equal(read('--peers=blis', '--peer-path', 'blis=/a', '--peer-path', 'blis@new=/b=c').peers, [
    { name: 'blis', kind: 'blis', path: '/a' },
    { name: 'blis@new', kind: 'blis', path: '/b=c' },
  ])
  const { transA, transB, types } = read('--trans', 'nt', '--type', 'both')
  assert.equal({ transA, transB, types }, { transA: false, transB: true, types: ['f32', 'f64'] })
})

command('options: refused by name', () => {
  for (const [args, message] of [
    [['--peers=mkl'], /--peers: no peer is called 'mkl'; there are openblas/],
    [['--peer-path', 'mkl=/x'], /--peer-path: no peer is called 'mkl'/],
    [['--peer-path', 'blis'], /expected name=path such as .* given 'blis'/],
    [['--rounds', '0'], /--rounds: expected a whole number from 1 to 1000; given '0'/],
    [['--threads', 'two'], /--threads: .* given 'two'/],
    [['--type', 'int4'], /--type: expected one of f32, f64, bf16, .* both; given 'int4'/],
    [['--nonsense'], /--nonsense/],
    [['64x64x64'], /expected options only; given '64x64x64'/],
  ] as const) {
    assert.throws(() => read(...args), message)
  }
})

command('what picks kernels or threads for peers is hidden from them', () => {
  const caller = {
    PATH: '/bin',
    OPENBLAS_CORETYPE: 'Haswell',
    OPENBLAS_L2_SIZE: '512',
    ONEDNN_MAX_CPU_ISA: 'SSE41',
    LIBXSMM_TARGET: 'wsm',
    OMP_NUM_THREADS: '7',
    BLIS_ARCH_TYPE: '1',
    TF_CLI_CONFIG_FILE: '/x',
  }
  assert.equal(meddlingVariables(caller), [
    'BLIS_ARCH_TYPE',
    'LIBXSMM_TARGET',
    'OMP_NUM_THREADS',
    'ONEDNN_MAX_CPU_ISA',
    'OPENBLAS_CORETYPE',
    'OPENBLAS_L2_SIZE',
  ])
  assert.equal(cleanEnvironment(caller, 2, 'avx512'), {
    PATH: '/bin',
    TF_CLI_CONFIG_FILE: '/x',
    OPENBLAS_NUM_THREADS: '2',
    BLIS_NUM_THREADS: '2',
    OMP_NUM_THREADS: '2',
  })
  const held = cleanEnvironment(caller, 1, 'avx2', { BLIS_ARCH_TYPE: '3' })
  assert.is(held.OPENBLAS_CORETYPE, 'Haswell')
  assert.is(held.ONEDNN_MAX_CPU_ISA, 'AVX2')
  assert.is(held.BLIS_ARCH_TYPE, '3')
})

command('tables line up', () => {
  assert.equal(tableLines(['name', 'n'], [['a', '1000'], ['long name']]), [
    'name          n',
    '─────────  ────',
    'a          1000',
    'long name',
  ])
  assert.equal([0.456, 3.21, 45.67, 123.4].map(short), ['0.46', '3.21', '45.7', '123'])
})

const row = (more: Partial<Row>): Row => ({
  ...{ m: 32, n: 32, k: 32, batch: 1, type: 'f32', transA: false, transB: false, isa: 'avx512', threads: 1 },
  ...{ contender: 'tilewright', version: '1', kernels: 'avx512', packed: false, openSizes: false },
  ...{ timing: 'kernel', operands: 'warm', alignment: 64, rounds: 3, nanoseconds: 1, presence: 1 },
  ...{ gflops: { min: 200, median: 240, max: 250 }, peakGflops: 260, percentOfPeak: 92, verified: true },
  ...more,
})

command('the plot has a line for each contender and one for the peak, and says what is what', () => {
  const sizes = [32, 64, 2048]
  const rows = sizes.flatMap((n) =>
    ['tilewright', 'a<b&c', 'read bandwidth', 'wrong'].map((contender) =>
      row({ m: n, n, k: n, contender, verified: contender !== 'wrong' }),
    ),
  )
  const svg = plot(rows, 'Some CPU <R>')
  assert.is(svg.match(/<polyline/g)?.length, 3)
  assert.match(svg, 'stroke-dasharray')
  assert.match(svg, 'a&lt;b&amp;c 1')
  assert.match(svg, 'Some CPU &lt;R&gt;')
  assert.match(svg, '>GFLOP/s<')
  assert.match(svg, '>2048<')
  assert.not.match(svg, /NaN|undefined|Infinity|wrong|bandwidth/)
  // Every element that opens closes.
  const opened = svg.match(/<[a-z]+(?=[\s>])[^>]*(?<!\/)>/g)!.length
  assert.is(svg.match(/<\/[a-z]+>/g)!.length, opened)
  const two = plot([...rows, row({ type: 'f64' }), row({ type: 'f64', m: 1, n: 4096, k: 4096 })], 'Some CPU')
  assert.match(two, 'Matrix product, f64')
  assert.match(two, '>1×4096×4096<')
  assert.not.match(plot([row({})], 'one point'), /NaN|Infinity/)
})

/** Fields of a protobuf message: numbers and contents. */
function fields(message: Uint8Array): [number, number | Uint8Array][] {
  const found: [number, number | Uint8Array][] = []
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++]!
      value += (byte % 128) * factor
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const key = varint()
    const value = varint()
    if (key % 8 === 0) found.push([key >> 3, value])
    else {
      found.push([key >> 3, message.subarray(at, at + value)])
      at += value
    }
  }
  assert.is(at, message.length)
  return found
}

command('the ONNX model of integers multiplies integers', () => {
  const graph = fields(fields(matmulModel('u8s8', { m: 3, n: 2, k: 5 }, null))[1]![1] as Uint8Array)
  const node = fields(graph[0]![1] as Uint8Array).map(([, text]) =>
    new TextDecoder().decode(text as Uint8Array),
  )
  assert.equal(node, ['a', 'b', 'c', 'MatMulInteger'])
  assert.throws(() => matmulModel('bf16', { m: 3, n: 2, k: 5 }, null), /no ONNX model of bf16/)
})

command('the ONNX model holds one product, with or without its B', () => {
  const b = Float32Array.from({ length: 300 * 2 }, (_, index) => index)
  for (const constant of [null, b]) {
    const model = fields(matmulModel('f32', { m: 3, n: 2, k: 300 }, constant))
    assert.equal(
      model.map(([number]) => number),
      [1, 7, 8],
    )
    const graph = fields(model[1]![1] as Uint8Array)
    assert.equal(
      graph.map(([number]) => number),
      constant === null ? [1, 2, 11, 11, 12] : [1, 2, 5, 11, 12],
    )
    const node = fields(graph[0]![1] as Uint8Array).map(([, text]) =>
      new TextDecoder().decode(text as Uint8Array),
    )
    assert.equal(node, ['a', 'b', 'c', 'MatMul'])
    if (constant === null) continue
    const tensor = fields(graph[2]![1] as Uint8Array)
    assert.equal(tensor.slice(0, 3), [
      [1, 300],
      [1, 2],
      [2, 1],
    ])
    assert.equal(new Uint8Array(tensor[4]![1] as Uint8Array), new Uint8Array(b.buffer))
  }
})

const MAIN = fileURLToPath(new URL('../bench/main.ts', import.meta.url))

function bench(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    timeout: 60_000,
  })
}

function whole(name: string, body: () => void): void {
  if (NATIVE && bestTarget(cpuFeatures().features) !== null) command(name, body)
  else skip('products need linux-x64 with AVX2 or AVX-512')
}

whole('gemm --json: a row for each shape and contender, in a process that ends well', () => {
  const args = ['--shapes', '16x16x16,1x64x512,8x8x8*20', '--rounds', '2', '--milliseconds', '1', '--json']
  const { status, stdout, stderr } = bench('gemm', ...args)
  assert.is(status, 0, stderr)
  const rows = JSON.parse(stdout) as Row[]
  const ours = rows.filter(({ contender }) => contender === 'tilewright')
  assert.equal(
    ours.map(({ m, n, k, batch }) => [m, n, k, batch]),
    [
      [16, 16, 16, 1],
      [1, 64, 512, 1],
      [8, 8, 8, 20],
    ],
  )
  for (const { type, threads, packed, verified, gflops, percentOfPeak, ...rest } of ours) {
    assert.equal(
      { type, threads, packed, verified },
      { type: 'f32', threads: 1, packed: false, verified: true },
    )
    assert.ok(gflops.min > 0 && gflops.min <= gflops.median && gflops.median <= gflops.max)
    assert.ok(percentOfPeak > 0 && percentOfPeak < 150)
    assert.ok(
      rest.maxError! < 1e-5 && rest.compileMicroseconds! > 0 && rest.fromJavaScript!.gflops.median > 0,
    )
  }
  // 128 KiB of B for one row of A.
  assert.is(rows.find(({ contender }) => contender === 'read bandwidth')?.n, 64)
})

whole('gemm --type: rows of low precision, packed, exact', () => {
  const args = [
    '--type',
    'u8s8',
    '--packed',
    '--shapes',
    '16x16x18',
    '--rounds',
    '2',
    '--milliseconds',
    '1',
    '--json',
  ]
  const { status, stdout, stderr } = bench('gemm', ...args, '--peers=openblas')
  assert.is(status, 0, stderr)
  const [{ type, packed, verified, maxError, contender }] = JSON.parse(stdout) as [Row]
  assert.equal(
    { type, packed, verified, maxError, contender },
    { type: 'u8s8', packed: true, verified: true, maxError: 0, contender: 'tilewright' },
  )
})

/** `const char *name(void)`. */
function text(name: string, content: string) {
  const a = new Assembler()
  a.lea(rax, mem(a.constant(new TextEncoder().encode(`${content}\0`))))
  return { name, code: a.ret().finish() }
}

whole('a peer that computes nothing is caught, one that is missing is named, and the rest goes on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tilewright-bench-'))
  try {
    const idle = (name: string) => ({ name, code: new Assembler().ret().finish() })
    const library = join(folder, 'libfake.so')
    writeFileSync(
      library,
      sharedLibrary([
        // One that overlooks AVX-512 is loaded anew, told of it; that it does not listen keeps nobody waiting.
        text('openblas_get_config', 'OpenBLAS 9.9.9 DYNAMIC_ARCH'),
        text('openblas_get_corename', 'Zen'),
        idle('openblas_set_num_threads'),
        idle('cblas_sgemm'),
      ]),
    )
    const { status, stdout, stderr } = bench(
      ...[
        'gemm',
        '--shapes',
        '16x16x16',
        '--rounds',
        '1',
        '--milliseconds',
        '1',
        '--svg',
        join(folder, 'x.svg'),
      ],
      ...['--peer-path', `openblas@fake=${library}`, '--peer-path', `blis=${folder}/none.so`],
      ...['--peer-path', `numpy-ts=${folder}`],
    )
    assert.is(status, 1, stderr)
    assert.match(stdout, 'openblas@fake 9.9.9 (Zen)')
    assert.match(stdout, /16×16×16.*WRONG/)
    assert.match(stdout, /without blis: .*none\.so/)
    assert.match(stdout, 'without numpy-ts: the package numpy-ts is not installed')
    assert.not.match(readFileSync(join(folder, 'x.svg'), 'utf8'), 'openblas@fake')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

whole('a peer that takes its process with it is left out, and the rest is measured anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tilewright-bench-'))
  try {
    const library = join(folder, 'libcrash.so')
    const crash = new Assembler()
    crash.ud2()
    writeFileSync(
      library,
      sharedLibrary([
        text('openblas_get_config', 'OpenBLAS 1 FAKE'),
        text('openblas_get_corename', 'None'),
        { name: 'openblas_set_num_threads', code: new Assembler().ret().finish() },
        { name: 'cblas_sgemm', code: crash.finish() },
      ]),
    )
    const args = ['--shapes', '16x16x16', '--rounds', '1', '--milliseconds', '1', '--json']
    const { status, stdout, stderr } = bench('gemm', ...args, '--peer-path', `openblas=${library}`)
    assert.is(status, 0, stderr)
    assert.match(stderr, /without openblas: its process ended: SIGILL/)
    assert.equal(
      (JSON.parse(stdout) as Row[]).map(({ contender }) => contender),
      ['tilewright'],
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

command('a wrong command line is refused with status 2', () => {
  for (const [args, message] of [
    [['nonsense'], /no command 'nonsense'; there are gemm, js, .*startup/],
    [['gemm', '--shapes', 'x'], /bench: --shapes/],
    [['startup', 'now'], /expected options only/],
  ] as const) {
    const { status, stderr } = bench(...args)
    assert.is(status, 2)
    assert.match(stderr, message)
    assert.not.match(stderr, /\n\s+at /)
  }
})

command.run()
