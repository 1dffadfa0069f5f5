/**
 * Writes beside dist/core.cjs what V8 makes of it: of all that an import runs, and of what the usual uses do, which run
 * here once so that V8 has compiled them (scripts/load-core.ts says who reads it). What it holds depends on the version of
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

/** Writes the cache of dist/core.cjs, which `digest` is the digest of, and removes those of earlier scripts. */
export function writeCodeCache(url: string, name: string, digest: string): void {
  const core = fileURLToPath(new URL(name, url))
  const script = scriptOf(core)
  const exported = runCore(core, script) as unknown as Core
  useAssembler(exported)
  useProducts(exported)
  const file = cacheOf(core, digest)
  // In one step, for others may be reading.
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, script.createCachedData())
  renameSync(unfinished, file)
  const caches = readdirSync(dirname(core)).filter(
    (each) => each.startsWith(basename(core, 'cjs')) && each.endsWith('.cache'),
  )
  for (const each of caches) if (!each.includes(digest)) rmSync(join(dirname(core), each), { force: true })
}
