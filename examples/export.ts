/** A kernel for C, Rust or Python: an object file, a shared library and a header. Runs on any platform. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ARGUMENTS, cHeader, generateGemm, objectFile, planGemm, sharedLibrary } from 'tilewright'

const plan = planGemm({ m: 32, n: 32, k: 32 }, { target: 'avx512' })
const { code } = generateGemm(plan)
const fields = ARGUMENTS.map(({ name, offset }) => ({ name, offset, type: 'uint64_t' as const }))
const kernel = { name: 'gemm_32', code, fields, comment: 'C = A·B, f32, 32×32×32, row-major' }

const folder = mkdtempSync(join(tmpdir(), 'tilewright-'))
writeFileSync(join(folder, 'gemm_32.o'), objectFile([kernel]))
writeFileSync(join(folder, 'libgemm_32.so'), sharedLibrary([kernel]))
const header = cHeader([kernel], 'GEMM_32_H')
writeFileSync(join(folder, 'gemm_32.h'), header)
console.log(header)
console.log(`${code.bytes.length} bytes of code; files in ${folder}`)
