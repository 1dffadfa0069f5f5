/** Small generated functions in tests: recorded on the spot, run natively where the CPU can, and emulated. */
import * as assert from 'uvu/assert'
import { Emulator } from '../src/emulator/emulate.ts'
import type { MachineCode } from '../src/encoder/machine-code.ts'
import { mem } from '../src/encoder/operands.ts'
import { TARGETS } from '../src/microkernel/targets/index.ts'
import { allocate } from '../src/regalloc/allocate.ts'
import { assemble } from '../src/regalloc/assemble.ts'
import type { V } from '../src/regalloc/function.ts'
import { Recorder } from '../src/regalloc/recorder.ts'
import { loadKernel, locate, missingFeatures } from '../src/runtime/index.ts'
import { NATIVE } from './native-support.ts'

/** Names of the argument block's fields: arrays, whose addresses are passed, and integers. */
export type Fields = Readonly<Record<string, ArrayBufferView | number>>

/** A function that finds these fields, 8 bytes each, in its argument block, and does what is recorded. */
export function recordFunction<const Name extends string>(
  names: readonly Name[],
  record: (f: Recorder, fields: Readonly<Record<Name, V<'r64'>>>) => void,
): MachineCode {
  const f = new Recorder('generated', { params: ['argblock'] })
  const fields = names.map((name, i) => {
    const to = f.gp(name)
    f.mov(to, mem(f.params[0]!, 8 * i))
    return [name, to] as const
  })
  record(f, Object.fromEntries(fields) as Readonly<Record<Name, V<'r64'>>>)
  f.vzeroupper()
  f.ret()
  return assemble(allocate(f.finish()))
}

/** Runs code whose argument block holds the fields in order. */
export type Run = (fields: Fields) => void

/** Runs on the arrays themselves, with nothing mapped around them. */
export function emulated(code: MachineCode): Run {
  return (fields) => {
    const values = Object.entries(fields)
    const block = new BigInt64Array(values.length)
    const arrays = values.flatMap(([name, data]) => (typeof data === 'number' ? [] : [{ name, data }]))
    const run = new Emulator(code, { regions: [...arrays, { name: 'block', data: block }] })
    for (const [i, [name, value]] of values.entries()) {
      block[i] = BigInt(typeof value === 'number' ? value : run.addressOf(name))
    }
    assert.equal(run.call({ arguments: ['block'] }).violations, [])
  }
}

export function native(code: MachineCode): Run {
  const kernel = loadKernel(code)
  return (fields) => {
    for (const [i, value] of Object.values(fields).entries()) {
      kernel.block.i64[i] = BigInt(typeof value === 'number' ? value : locate(value).address)
    }
    kernel.run(fields)
  }
}

/** Features that the machines' records name. */
const named = new Set(
  Object.values(TARGETS).flatMap(({ conversions, features }) => [
    ...features,
    ...conversions.features,
    'AVX',
  ]),
)

/** How code can be run here; what this CPU lacks is emulated alone. */
export function runs(code: MachineCode, more: readonly string[] = []): readonly Run[] {
  for (const feature of code.features) assert.ok(named.has(feature) || more.includes(feature), feature)
  return NATIVE && missingFeatures(code).length === 0 ? [native(code), emulated(code)] : [emulated(code)]
}
