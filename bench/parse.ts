/** How many lines of Intel text a second the assembler reads, encodes and links. */
import { readdirSync, readFileSync } from 'node:fs'
import { assemble } from '../src/encoder/parse.ts'

const ROUNDS = 12

/** Like a kernel: half EVEX, some VEX, some integer; registers, memory, decorations, a comment. */
const KERNEL = `
loop:
    vfmadd231ps zmm3, zmm1, dword ptr [rax + 4]{1to16}
    vfmadd231ps zmm4, zmm2, zmm7
    vmovups zmm5 {k1}{z}, zmmword ptr [rcx + 8*rax + 64]  # a row
    vaddps ymm3, ymm4, ymm1
    add rsi, 64
    mov r8, qword ptr [rcx + rax*8 + 0x100]
    lea rax, [rcx + 8*rax + 256]
    vmovups zmmword ptr [rdx - 128], zmm3
`

function goldens(): string {
  const folder = new URL('../test/goldens/', import.meta.url)
  const lines = readdirSync(folder).flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'))
  const texts = lines.filter((line) => line !== '' && !line.startsWith('#'))
  return texts.map((line) => line.slice(line.indexOf('  ') + 2)).join('\n')
}

function kernel(): string {
  return Array.from({ length: 5000 }, (_, i) => KERNEL.replace('loop', `loop${i}`)).join('')
}

/** Thousands of lines a second: the best round, since other work on the machine only slows one. */
function best(text: string): number {
  const lines = text.split('\n').filter((line) => line.trim() !== '').length
  let fastest = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    assemble(text)
    fastest = Math.min(fastest, performance.now() - start)
  }
  return lines / fastest
}

for (const [name, text] of [
  ['a kernel', kernel()],
  ['every golden text', goldens()],
] as const) {
  console.log(`${name.padEnd(20)} ${best(text).toFixed(0).padStart(6)} k lines/s`)
}
