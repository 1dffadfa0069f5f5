/** Exported kernels of narrow types called by C programs: as linked objects, and as bytes that --emit bin writes. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newArray } from '../src/gemm/arrays.ts'
import { fillRandomElements } from '../src/gemm/elements.ts'
import { compileGemm } from '../src/gemm/kernel.ts'
import { ARGUMENTS } from '../src/microkernel/argument-block.ts'
import { generateGemm } from '../src/microkernel/generate.ts'
import { planGemm } from '../src/microkernel/plan.ts'
import { completeProblem, type GemmProblem } from '../src/microkernel/problem.ts'
import { featuresFor, type TargetName } from '../src/microkernel/targets/index.ts'
import { cHeader, objectFile } from '../src/objects/index.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import { PRODUCT_TYPES } from '../src/schedule/product-type.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const driver = suite('exported kernels in C')

/** Reads operands from files, fills the block, asks Linux for tile registers where they are wanted, calls, writes C. */
const MAIN = `#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "kernel.h"

static uint64_t load(const char *name, size_t bytes) {
  char *to = aligned_alloc(64, (bytes + 127) / 64 * 64);
  FILE *file = fopen(name, "rb");
  if (file == NULL || fread(to, 1, bytes, file) != bytes) exit(2);
  fclose(file);
  return (uint64_t)to;
}

int main(void) {
  kernel_arguments block;
  memset(&block, 0, sizeof block);
  block.a = load("a.bin", A_BYTES);
  block.b = load("b.bin", B_BYTES);
  block.c = load("c.bin", C_BYTES);
  block.workspace = (uint64_t)aligned_alloc(64, WORKSPACE_BYTES);
#ifdef COLUMNS
  block.scale = load("scale.bin", 4 * COLUMNS);
  block.bias = load("bias.bin", 4 * COLUMNS);
  block.zero_a = ZERO_A;
  block.zero_c = ZERO_C;
#endif
#ifdef TILES
  if (syscall(SYS_arch_prctl, 0x1023, 18) != 0) {
    puts("no tile registers here");
    return 3;
  }
#endif
#ifdef CODE_BYTES
  void *code = mmap(NULL, CODE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  memcpy(code, (void *)load("kernel.bin", CODE_BYTES), CODE_BYTES);
  mprotect(code, CODE_BYTES, PROT_READ | PROT_EXEC);
  void (*entry)(const kernel_arguments *);
  memcpy(&entry, &code, sizeof entry);
  entry(&block);
#else
  kernel(&block);
#endif
  fwrite((void *)block.c, 1, C_BYTES, stdout);
  return 0;
}
`

const FIELDS = ARGUMENTS.map(({ name, offset }) => ({ name, offset, type: 'uint64_t' as const }))

/** A folder with a kernel's object, its header, the program, and operands; what the program must write to C. */
interface Prepared {
  readonly folder: string
  readonly defines: Readonly<Record<string, number>>
  readonly expected: Uint8Array
}

const bytesOf = (view: ArrayBufferView): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength)

function prepare(folder: string, given: GemmProblem, target: TargetName, runs: boolean): Prepared {
  const plan = planGemm(given, { target })
  const problem = completeProblem(given)
  const { code } = generateGemm(plan)
  const kernel = { name: 'kernel', code, fields: FIELDS }
  writeFileSync(join(folder, 'kernel.o'), objectFile([kernel]))
  writeFileSync(join(folder, 'kernel.h'), cHeader([kernel], 'KERNEL_H'))
  writeFileSync(join(folder, 'main.c'), MAIN)
  const [m, n, k] = [problem.m as number, problem.n as number, problem.k as number]
  const facts = PRODUCT_TYPES[problem.type]
  const [a, b, c] = [newArray(facts.a, m * k), newArray(facts.b, k * n), newArray(problem.out, m * n)]
  fillRandomElements(facts.a, a, 1)
  fillRandomElements(facts.b, b, 2)
  const columns = { scale: new Float32Array(n), bias: new Int32Array(n) }
  for (let j = 0; j < n; j++) {
    columns.scale[j] = (1 + (j % 3)) / 1024
    columns.bias[j] = 100 * j
  }
  for (const [name, view] of Object.entries({ a, b, c, ...columns }))
    writeFileSync(join(folder, `${name}.bin`), bytesOf(view))
  const zeros = { zeroA: 3, zeroC: 7 }
  if (runs) {
    const compiled = compileGemm(given, { plan }) as unknown as ((
      ...operands: readonly unknown[]
    ) => void) & {
      dispose(): void
    }
    compiled(a, b, c, ...(problem.requantise === null ? [] : [{ ...columns, ...zeros }]))
    compiled.dispose()
  }
  return {
    folder,
    expected: bytesOf(c),
    defines: {
      ...{ A_BYTES: a.byteLength, B_BYTES: b.byteLength, C_BYTES: c.byteLength },
      WORKSPACE_BYTES: Math.ceil(((plan.workspaceBytes as number) + 1) / 64) * 64,
      ...(problem.requantise === null ? {} : { COLUMNS: n, ZERO_A: zeros.zeroA, ZERO_C: zeros.zeroC }),
    },
  }
}

/** Builds and runs the program; with `objects` against them. */
function run(
  { folder, defines }: Prepared,
  more: Readonly<Record<string, number>>,
  objects: readonly string[],
) {
  const flags = Object.entries({ ...defines, ...more }).map(([name, value]) => `-D${name}=${value}`)
  const options = { cwd: folder }
  const warnings = ['-Wall', '-Wextra', '-Werror']
  const built = spawnSync('gcc', ['-O1', ...warnings, ...flags, 'main.c', ...objects, '-o', 'main'], options)
  assert.is(built.status, 0, String(built.stderr))
  return spawnSync('./main', [], options)
}

function inFolder(name: string, body: (folder: string) => void): void {
  driver(name, () => {
    if (!NATIVE) return skip('no native code here')
    if (spawnSync('gcc', ['--version']).status !== 0) return skip('no gcc')
    const folder = mkdtempSync(join(tmpdir(), 'tilewright-c-'))
    try {
      body(folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
}

const PROBLEMS: readonly GemmProblem[] = [
  { type: 'u8s8', m: 9, n: 21, k: 30 },
  { type: 's8s8', m: 1, n: 64, k: 19 },
  { type: 'bf16', m: 12, n: 20, k: 7, transB: true },
  { type: 'f16', out: 'f16', m: 5, n: 24, k: 9 },
  { type: 'e4m3', m: 3, n: 11, k: 5 },
  {
    type: 'u8u8',
    out: 'u8',
    m: 6,
    n: 18,
    k: 25,
    requantise: { scale: 'column', zeroA: true, zeroC: true, bias: true },
  },
]

inFolder('a program fills the documented block and gets what the same kernel computes in Node', (folder) => {
  const { features } = cpuFeatures()
  for (const problem of PROBLEMS) {
    if (!featuresFor('avx2', problem.type!).every((feature) => features.has(feature))) {
      skip('this CPU has no AVX2')
      continue
    }
    const prepared = prepare(folder, problem, 'avx2', true)
    const { status, stdout } = run(prepared, {}, ['kernel.o'])
    assert.is(status, 0, problem.type)
    assert.equal(new Uint8Array(stdout), prepared.expected, problem.type)
  }
})

inFolder('bytes from --emit bin run wherever they are loaded', (folder) => {
  if (!cpuFeatures().features.has('AVX2')) return skip('this CPU has no AVX2')
  const command = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
  const file = join(folder, 'kernel.bin')
  const args = ['gemm', '33x20x50', '--type', 'u8s8', '--isa', 'avx2', '--emit', 'bin', '-o', file]
  const emitted = spawnSync(process.execPath, ['--import', 'tsx', command, ...args], { encoding: 'utf8' })
  assert.is(emitted.status, 0, emitted.stderr)
  const prepared = prepare(folder, { type: 'u8s8', m: 33, n: 20, k: 50 }, 'avx2', true)
  // The command plans for a CPU of its own; what its workspace takes is bounded by this.
  const more = { CODE_BYTES: readFileSync(file).length, WORKSPACE_BYTES: 1 << 20 }
  const { status, stdout } = run(prepared, more, [])
  assert.is(status, 0)
  assert.equal(new Uint8Array(stdout), prepared.expected)
})

inFolder(
  'a kernel for tile registers links; where Linux has none, the program says so and does not call it',
  (folder) => {
    for (const [type, target] of [
      ['bf16', 'amx_bf16'],
      ['u8s8', 'amx_int8'],
    ] as const) {
      const { features } = cpuFeatures()
      const runs = featuresFor(target, type).every((feature) => features.has(feature))
      const prepared = prepare(folder, { type, m: 20, n: 33, k: 70 }, target, runs)
      const { status, stdout } = run(prepared, { TILES: 1 }, ['kernel.o'])
      if (runs) {
        assert.is(status, 0)
        assert.equal(new Uint8Array(stdout), prepared.expected)
      } else {
        skip(`this CPU has no ${target}`)
        assert.is(status, 3)
        assert.is(String(stdout), 'no tile registers here\n')
      }
    }
  },
)

driver.run()
