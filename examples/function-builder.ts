/** The function builder: virtual registers, allocated for you, then loaded and called. */
import { allocate, assemble, listing, loadKernel, mem, Recorder } from 'tilewright'

// void sum(uint64_t argblock): block[2] = block[0] + … + block[0] (block[1] times)
const f = new Recorder('sum', { params: ['argblock'] })
const block = f.params[0]!
const term = f.gp('term')
const left = f.gp('left')
const total = f.gp('total')
f.mov(term, mem(block, 0))
f.mov(left, mem(block, 8))
f.xor(total, total)
const loop = f.label('loop')
f.enterLoop('loop', { hot: true })
f.bind(loop)
f.add(total, term)
f.sub(left, 1)
f.jne(loop)
f.exitLoop()
f.mov(mem(block, 16), total)
f.ret()

const code = assemble(allocate(f.finish()))
console.log(listing(code))

const kernel = loadKernel(code)
kernel.block.u64[0] = 7n
kernel.block.u64[1] = 6n
kernel.run()
console.log(`7 · 6 = ${kernel.block.u64[2]}`)
kernel.dispose()
