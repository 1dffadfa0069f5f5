/** The assembler by itself: typed instructions to bytes, with labels and a listing. */
import { Assembler, eax, ecx, k, listing, mem, rax, rdi, zmm } from 'tilewright'

const a = new Assembler()
const loop = a.label('loop')
a.xor(eax, eax)
a.mov(ecx, 10)
a.bind(loop)
a.vfmadd231ps(zmm(3).mask(k(1)).zero(), zmm(1), mem(rdi, rax, 4, 64).broadcast())
a.add(rax, 16)
a.sub(ecx, 1)
a.jne(loop)
a.ret()

const code = a.finish()
console.log(listing(code))
console.log(`needs ${code.features.join(', ')}`)
