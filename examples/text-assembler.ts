/** Intel syntax to bytes: labels, masks, broadcasts; errors say where and what would fit. */
import { AssemblyError, assemble, listing } from 'tilewright'

const code = assemble(`
    xor eax, eax
loop:
    vfmadd231ps zmm0 {k1}{z}, zmm1, dword ptr [rdi + 4*rax]{1to16}
    add rax, 16
    cmp rax, 256
    jb loop
    ret
`)
console.log(listing(code))

try {
  assemble('mov [rax], 1')
} catch (error) {
  if (error instanceof AssemblyError) console.log(error.message)
}
