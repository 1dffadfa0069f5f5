/** Instructions with a prefix of their own: the lists for the methods are what the rows say, and the bytes are right. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { encodableForms, mnemonics } from '../src/encoder/forms.ts'
import { Assembler, byte, cs, dword, eax, fs, mem, r64, rax, rcx, rdi, rsi } from '../src/encoder/index.ts'
import { prefixed } from '../src/encoder/tables/prefixed.ts'

const prefixes = suite('prefixed instructions')

const hex = (code: { readonly bytes: Uint8Array }): string => Buffer.from(code.bytes).toString('hex')

for (const [word, names] of Object.entries(prefixed)) {
  prefixes(`${word}: the list is what the rows say`, () => {
    const rows = mnemonics().filter((mnemonic) => encodableForms(`${word} ${mnemonic}`).length > 0)
    assert.equal([...names].sort(), rows.sort())
  })
}

prefixes('bytes, as llvm-mc writes them', () => {
  assert.is(hex(new Assembler().lock_add(dword(rax), eax).finish()), 'f00100')
  assert.is(hex(new Assembler().rep_movsb().finish()), 'f3a4')
  assert.is(hex(new Assembler().repne_scasb().finish()), 'f2ae')
  assert.is(hex(new Assembler().notrack_jmp(rax).finish()), '3effe0')
  assert.is(hex(new Assembler().movsb(byte(rdi), byte(rsi).in(fs)).finish()), '64a4')
  assert.is(hex(new Assembler().add(r64(16), rax).finish()), 'd51801c0')
  assert.is(hex(new Assembler().mov(eax, dword(rcx).in(cs)).finish()), '2e8b01')
})

prefixes('lock is refused where nothing is written to memory', () => {
  assert.throws(() => new Assembler().emit('lock add', [eax, eax]), /lock add/)
  assert.throws(() => new Assembler().emit('lock cmp', [mem(rax), eax]), /lock cmp/)
})

prefixes.run()
