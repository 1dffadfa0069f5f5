/**
 * Writes beside the package's scripts what V8 makes of them: of all that a start runs, and of what the usual uses do, which
 * run here once so that V8 has compiled them (scripts/load-core.ts says who reads it). What it holds depends on the version of
 * Node and on the processor, so it is made where the package is installed.
 */
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheOf, runCore, scriptOf } from './load-core.ts'

type Core = typeof import('../src/index.ts')

/** One line for each way of encoding and each kind of operand. */
const TEXT = `
start:
  add rax, qword ptr [rbx + 4*rcx + 64]
  mov r8d, 1
  mov qword ptr [rip + start], -1
  imul rax, rbx, 100
  shl ecx, cl
  lock xadd dword ptr [rdi], esi
  movaps xmm1, xmmword ptr [rsp + 16]
  vfmadd231ps ymm1, ymm2, ymmword ptr [rax - 128]
  vaddpd zmm1 {k1} {z}, zmm2, qword ptr [rax + 8]{1to8}
  vcvtps2udq zmm3, zmm4, {rn-sae}
  vgatherdps ymm1, dword ptr [rax + 4*ymm2], ymm3
  tdpbf16ps tmm0, tmm1, tmm2
  tileloadd tmm3, [rax + rbx]
  fadd st, st(2)
  add r16, r17, 5
  jne start
  call start
  ret
  .align 16
  .quad 1
`

function useAssembler({
  Assembler,
  assemble,
  decode,
  disassemble,
  formsOf,
  k,
  mem,
  rax,
  rcx,
  ymm,
  zmm,
}: Core) {
  const code = assemble(TEXT)
  disassemble(code.bytes)
  decode(code.bytes, 0)
  formsOf('vaddps')
  const assembler = new Assembler()
  const label = assembler.label()
  assembler.bind(label)
  assembler.mov(rax, mem(rcx, 8))
  assembler.vfmadd231ps(zmm(3).mask(k(1)).zero(), zmm(1), mem(rax, 64).broadcast())
  assembler.vaddps(ymm(1), ymm(2), mem(rcx, rax, 4, 32))
  assembler.jne(label)
  assembler.ret().finish()
}

function useProducts({ compileGemm, generateGemm, matmul, planGemm }: Core) {
  generateGemm(planGemm({ m: 256, n: 256, k: 256 }, { target: 'avx512' }))
  // From here on only what this machine runs: without AVX2 or koffi there is nothing to make quick.
  const [a, b, c] = [0, 0, 0].map(() => new Float32Array(256 * 256)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  try {
    compileGemm({ m: 256, n: 256, k: 256 })(a, b, c)
    matmul(a, b, { m: 17, n: 33, k: 9 })
  } catch {
    return
  }
}

/** What users of the package do first. */
export function usePackage(exported: object): void {
  useAssembler(exported as Core)
  useProducts(exported as Core)
}

/** What users of the command do first. Nothing of it is printed. */
export async function useCommand(exported: object): Promise<void> {
  const { runCommand } = exported as typeof import('../src/cli/command.ts')
  const { exitCode, stderr, stdout } = process
  const write = stdout.write
  stdout.write = stderr.write = () => true
  for (const line of [
    '--help',
    'asm -e nop',
    'disasm --hex c3',
    'isa vaddps',
    'gemm 64x64x64 --check',
    'cpu',
  ]) {
    await runCommand(line.split(' '))
  }
  stdout.write = write
  process.exitCode = exitCode
}

/**
 * Writes what V8 makes of the script `name` beside `url`, whose digest is `digest`, once `use` has been made of it, and
 * removes what it made of earlier ones.
 */
export async function writeCodeCache(
  url: string | URL,
  name: string,
  digest: string,
  use: (exported: object) => void | Promise<void>,
): Promise<void> {
  const core = fileURLToPath(new URL(name, url))
  const script = scriptOf(core)
  await use(runCore(core, script))
  const file = cacheOf(core, digest)
  // In one step, for others may be reading.
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, script.createCachedData())
  renameSync(unfinished, file)
  const stale = readdirSync(dirname(core)).filter(
    (each) => each.startsWith(basename(core, 'cjs')) && each.endsWith('.cache') && !each.includes(digest),
  )
  for (const each of stale) rmSync(join(dirname(core), each), { force: true })
}
