/** Holds the fuzzers to filing small finds: faults are planted in the judge, and what is filed must be the least that has them. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type DecodeJudge, icedJudge, runDecode } from '../fuzz/decode.ts'
import { judgeBytes } from '../fuzz/decode-judge.ts'
import type { Case } from '../fuzz/encode.ts'
import { runEncode } from '../fuzz/encode-run.ts'
import { Finds, shrinkEach } from '../fuzz/finds.ts'
import { runIllegal } from '../fuzz/illegal-run.ts'
import type { Oracle } from '../fuzz/oracle.ts'
import type { Progress } from '../fuzz/report.ts'
import { encodeMismatch, runRoundtrip } from '../fuzz/roundtrip.ts'
import { shrinkSample, simplerOperands } from '../fuzz/shrink.ts'
import { formatOperand } from '../src/encoder/format-operand.ts'
import { encodableForms } from '../src/encoder/forms.ts'
import {
  AssemblyError,
  assemble,
  decode,
  format,
  fs,
  k,
  mem,
  type Operand,
  r64,
  zmm,
} from '../src/encoder/index.ts'

const shrinking = suite('fuzz finds are shrunk')

const silent = { show() {}, clear() {} } as unknown as Progress
const limits = { seed: 5, seconds: Number.POSITIVE_INFINITY, cases: 3000 }

/** An oracle that agrees with us, but where `fault` says otherwise. */
function planted(fault: (text: string, hex: string | null) => string | null): Oracle {
  const written = (text: string): string | null => {
    try {
      return Buffer.from(assemble(text).bytes).toString('hex')
    } catch (error) {
      if (error instanceof AssemblyError) return null
      throw error
    }
  }
  const read = (hex: string): string | null => {
    const found = decode(Uint8Array.from(Buffer.from(hex, 'hex')))
    return found.form === null ? null : format(found)
  }
  return {
    version: 'planted',
    assemble: async (lines) => lines.map((text) => fault(text, written(text))),
    disassemble: async (codes) => codes.map(read),
  }
}

/** Whether a vector register of at least this number is in the text. */
const hasVector = (text: string, least: number): boolean =>
  [...text.matchAll(/[xyz]mm(\d+)/g)].some((match) => Number(match[1]) >= least)

shrinking('encode: registers, address and decorations go as far down as the fault lets them', async () => {
  // Wrong from register 19 on, with a displacement of at least 1000.
  const oracle = planted((text, hex) => {
    const displacement = Number(/\+ (\d+)\]/.exec(text)?.[1] ?? 0)
    return hex !== null && hasVector(text, 19) && displacement >= 1000 ? 'c3' : hex
  })
  const { finds, mismatches } = await runEncode(oracle, { ...limits, only: 'vaddps' }, silent)
  assert.ok(mismatches.length > 3, `${mismatches.length} mismatches`)
  assert.ok(finds.length > 0)
  for (const { hex, text } of finds) {
    assert.is(hex, 'c3')
    assert.match(text, /^vaddps ([xyz]mm)(0, [xyz]mm19|19, [xyz]mm0), .*\[rax \+ 1000\](\{1to\d+\})?$/)
    assert.is(text.match(/mm19/g)?.length, 1, text)
  }
})

shrinking('illegal: what only we refuse keeps what we refuse it for, and nothing else', async () => {
  // It takes any k0 as a mask.
  const oracle = planted((text, hex) => (text.includes('{k0}') ? 'c3' : hex))
  const { finds } = await runIllegal(oracle, { ...limits, only: 'vaddps' }, silent)
  // The planted oracle also takes a misplaced {sae}, as text is read.
  const texts = finds.map(({ text }) => text).filter((text) => text.includes('{k0}'))
  assert.ok(texts.length > 0)
  for (const text of texts) {
    const unmasked = text.replace(' {k0}', '')
    assert.match(unmasked, /^vaddps [xyz]mm0, [xyz]mm0, ([xyz]mm0|[a-z]+ ptr \[rax\])$/, text)
  }
})

shrinking('roundtrip: operands and bytes', async () => {
  const wrong = ({ text }: Case) => (/^add .*, -?\d{3}/.test(text) ? 'planted' : null)
  const checks = {
    decoded: wrong,
    text: () => null,
    bytes(bytes: Uint8Array) {
      const { found } = encodeMismatch(bytes)
      return { found, mismatch: found?.form.mnemonic === 'add' && bytes[0] !== 0 ? 'planted' : null }
    },
  }
  const { decodeFinds, encodeFinds } = await runRoundtrip({ ...limits, only: 'add' }, silent, checks)
  const texts = decodeFinds.map(({ text }) => text)
  assert.ok(texts.includes('add eax, 128') || texts.includes('add eax, 100'), texts.join('\n'))
  assert.ok(
    decodeFinds.some(({ hex }) => hex === '0100'),
    texts.join('\n'),
  )
  assert.is(encodeFinds.length, 0)
})

shrinking('decode: bytes are left out or cleared', () => {
  const judge: DecodeJudge = (bytes) => {
    const opinion = icedJudge(bytes)
    const { form } = opinion
    const isWrong = form?.mnemonic === 'vaddps' && bytes.includes(0x62)
    return { ...opinion, subject: form?.mnemonic ?? '', verdict: isWrong ? 'text' : 'same' }
  }
  const { finds } = runDecode(judge, { ...limits, only: 'vaddps' }, silent)
  const found = [...finds.values()]
  assert.is(found.length, 1)
  // EVEX, its three bytes with nothing but what must be, the opcode, and a ModRM byte of zeros.
  assert.match(found[0]!.hex, /^62......58(00|c0)$/)
})

shrinking('all finds are filed: shrunk while there is time, then as they were found', async () => {
  const finds = new Finds<number>()
  for (let i = 0; i < 100; i++) finds.add(`kind ${i}`, 'text', i)
  const line = (hex: string) => (find: number) => ({ hex, text: String(find) })
  const inTime = await shrinkEach(finds, line('shrunk'), line('found'))
  assert.equal(
    inTime.map(({ hex }) => hex),
    new Array(100).fill('shrunk'),
  )
  const late = await shrinkEach(finds, line('shrunk'), line('found'), 0)
  assert.equal(
    late.map(({ hex, text }) => hex + text),
    Array.from({ length: 100 }, (_, i) => `found${i}`),
  )
})

shrinking('what LLVM reads and we do not is a mismatch, but for what was withdrawn', () => {
  // 0F 04 is no instruction.
  const bytes = Uint8Array.of(0x0f, 0x04, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  const verdict = (text: string) => judgeBytes(bytes, () => ({ length: 2, text })).verdict
  assert.is(verdict('notable eax'), 'refused')
  assert.is(verdict('vexp2ps zmm1, zmm2'), 'withdrawn')
})

shrinking('every simpler operand is another, and there is an end', async () => {
  const operands: Operand[] = [
    zmm(31).mask(k(7)).zero(),
    zmm(17).round('rz-sae'),
    mem(r64(13), r64(31), 8, -70_000).in(fs),
    -(2n ** 63n),
    4095,
  ]
  for (const operand of operands) {
    for (const simpler of simplerOperands(operand))
      assert.is.not(formatOperand(simpler), formatOperand(operand))
  }
  const [form] = encodableForms('vaddps')
  const [, least] = await shrinkSample([form!, operands], (samples) => samples.map(() => true))
  assert.equal(least.map(formatOperand), ['zmm0', 'zmm0', '[rax]', '0', '0'])
})

shrinking.run()
