/** How many lines of Intel text a second the assembler reads, encodes and links. */
import { readdirSync, readFileSync } from 'node:fs'
import { assemble } from '../src/encoder/parse.ts'
import { fastest, type Rate } from './rate.ts'

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
  return Array.from({ length: 500 }, (_, i) => KERNEL.replace('loop', `loop${i}`)).join('')
}

/** The text assembler, in lines a second; no peer reads text in JavaScript. */
export function parseRates(): Rate[] {
  return [
    ['text, a kernel', kernel()],
    ['text, every golden line', goldens()],
  ].map(([name, text]) => {
    const count = text!.split('\n').filter((line) => line.trim() !== '').length
    return {
      name: name!,
      rate: fastest(() => {
        assemble(text!)
        return count
      }),
    }
  })
}
