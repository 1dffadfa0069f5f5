/** Every instruction that the emulator knows and this CPU has, on random operands and states: emulated and native must agree bit for bit. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Fault, UnsupportedInstruction } from '../src/emulator/fault.ts'
import { Memory } from '../src/emulator/memory.ts'
import { Program } from '../src/emulator/program.ts'
import { controlSemanticsOf, semanticsOf } from '../src/emulator/semantics.ts'
import { State } from '../src/emulator/state.ts'
import { systemSemantics } from '../src/emulator/system.ts'
import { Assembler } from '../src/encoder/assembler.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { EncodeError } from '../src/encoder/errors.ts'
import type { Inst } from '../src/encoder/form.ts'
import { format } from '../src/encoder/format.ts'
import { encodableForms, mnemonics } from '../src/encoder/forms.ts'
import { cpuFeatures } from '../src/runtime/features.ts'
import {
  type Image,
  NativeSteps,
  type Slot,
  VECTOR_COUNT,
  VECTOR_STATE,
  VECTOR_STATE_BYTES,
} from './native-step.ts'
import { NATIVE } from './native-support.ts'
import { Random, randomInstruction, randomState } from './random-instruction.ts'
import { skip } from './skips.ts'
import { hasUndefinedResult, undefinedFlags } from './undefined-flags.ts'

const differential = suite('emulator: differential')

const SLOTS = 64
/** Tries of every form; more with TILEWRIGHT_TRIES. */
const TRIES = Number(process.env.TILEWRIGHT_TRIES ?? 2)
const SEED = Number(process.env.TILEWRIGHT_SEED ?? 1)
const CODE_ADDRESS = 0x1000
const STATUS = 0x8d5n

/** What must not run in this harness: it leaves the block, or depends on more than the state. */
const APART = new Set([
  ...['pop', 'leave', 'popfq', 'popf', 'std', 'pushf', 'pushfq', 'push'],
  ...Object.keys(systemSemantics),
])

interface Try {
  readonly inst: Inst
  readonly emulated: State
  readonly data: Uint8Array
  readonly slot: Slot
}

/** Runs one instruction emulated, on a copy of the slot; null when it faults. */
function emulated(inst: Inst, slot: Slot, stack: number): Try | null {
  const { bytes } = new Assembler().emitForm(inst.form, inst.operands).finish()
  const data = slot.data.slice()
  const memory = new Memory()
  memory.map('data', data, 'rw', slot.dataAddress)
  const state = new State(memory, 64)
  state.general.u64.set(slot.before.general)
  state.general.u64[4] = BigInt(stack)
  state.flags.value = Number(slot.before.flags[0])
  state.float.mxcsr = slot.before.mxcsr[0]!
  const { vectors } = state
  for (let i = 0; i < VECTOR_COUNT; i++) {
    vectors.u8.set(slot.before.vectors.subarray(64 * i, 64 * i + VECTOR_STATE_BYTES), 64 * i)
  }
  if (VECTOR_STATE === 'avx512') {
    for (let i = 0; i < 8; i++) {
      state.opmasks[2 * i] = Number(BigInt.asIntN(32, slot.before.opmasks[i]!))
      state.opmasks[2 * i + 1] = Number(BigInt.asIntN(32, slot.before.opmasks[i]! >> 32n))
    }
  }
  try {
    new Program(state, bytes, CODE_ADDRESS).run(0, CODE_ADDRESS + bytes.length, 10)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
  return { inst, emulated: state, data, slot }
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')

/** What differs between the two, as lines. */
function differences({ inst, emulated: state, data, slot }: Try): string[] {
  const { before, after } = slot
  const lines: string[] = []
  const note = (what: string, was: string, ours: string, native: string): void => {
    if (ours !== native) lines.push(`  ${what}: before ${was}, emulated ${ours}, native ${native}`)
  }
  for (let i = 0; i < 16; i++) {
    if (i === 4) continue
    note(
      `r64 ${i}`,
      before.general[i]!.toString(16),
      state.general.u64[i]!.toString(16),
      after.general[i]!.toString(16),
    )
  }
  const defined = STATUS & ~BigInt(undefinedFlags(inst, before))
  note(
    'flags',
    (before.flags[0]! & STATUS).toString(16),
    (BigInt(state.flags.value) & defined).toString(16),
    (after.flags[0]! & defined).toString(16),
  )
  note('mxcsr', before.mxcsr[0]!.toString(16), state.float.mxcsr.toString(16), after.mxcsr[0]!.toString(16))
  for (let i = 0; i < VECTOR_COUNT; i++) {
    const [from, to] = [64 * i, 64 * i + VECTOR_STATE_BYTES]
    note(
      `vector ${i}`,
      hexOf(before.vectors.subarray(from, to)),
      hexOf(state.vectors.u8.subarray(from, to)),
      hexOf(after.vectors.subarray(from, to)),
    )
  }
  if (VECTOR_STATE === 'avx512') {
    for (let i = 0; i < 8; i++) {
      const ours = BigInt.asUintN(
        64,
        (BigInt(state.opmasks[2 * i + 1]!) << 32n) | BigInt(state.opmasks[2 * i]! >>> 0),
      )
      note(`k${i}`, before.opmasks[i]!.toString(16), ours.toString(16), after.opmasks[i]!.toString(16))
    }
  }
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== slot.data[i]) {
      lines.push(`  memory byte ${i}: emulated ${data[i]}, native ${slot.data[i]}`)
      break
    }
  }
  if (lines.length === 0) return lines
  const named = inst.operands.map((operand) => describe(operand, before)).filter((text) => text !== '')
  return [`${format(inst)}   (${inst.form.text}) mxcsr ${before.mxcsr[0]!.toString(16)}`, ...named, ...lines]
}

function describe(operand: unknown, before: Image): string {
  const match = /^([xyz])mm(\d+)/.exec(String(operand))
  if (match === null) return ''
  const id = Number(match[2])
  return `  ${match[0]} was ${hexOf(before.vectors.subarray(64 * id, 64 * id + ({ x: 16, y: 32, z: 64 } as const)[match[1] as 'x']))}`
}

/** Whether a form can reach registers that only AVX-512 has. */
const usesMasks = ({ operands, scheme }: EncodableForm): boolean =>
  scheme === 'evex' || operands.some(({ token }) => /^k\d?\b/.test(token))

/** All forms that can be tried here, of the mnemonics that the emulator knows. */
function candidates(): EncodableForm[] {
  const { features } = cpuFeatures()
  const lacking = new Map<string, number>()
  const found: EncodableForm[] = []
  for (const mnemonic of mnemonics()) {
    if (
      semanticsOf(mnemonic) === undefined ||
      controlSemanticsOf(mnemonic) !== undefined ||
      APART.has(mnemonic)
    )
      continue
    for (const form of encodableForms(mnemonic)) {
      const missing =
        form.features.find((feature) => !features.has(feature)) ??
        // The harness loads and stores 32 vectors of 64 bytes, and masks of 64 bits, or none of these.
        (VECTOR_STATE !== 'avx512' && usesMasks(form) ? 'AVX512BW' : undefined)
      if (missing === undefined) found.push(form)
      else lacking.set(missing, (lacking.get(missing) ?? 0) + 1)
    }
  }
  for (const feature of lacking.keys()) skip(`differential test of forms that need ${feature}`)
  return found
}

differential('every form with random operands and states', () => {
  if (!NATIVE) {
    skip('the emulator against the CPU: no x86-64 Linux')
    return
  }
  const steps = new NativeSteps(SLOTS)
  const random = new Random(SEED)
  const only = process.env.TILEWRIGHT_ONLY
  const wrong = new Map<string, string>()
  let compared = 0
  let faulted = 0
  const unsupported = new Set<string>()
  let batch: Try[] = []
  const tried = new Set<string>()

  const flush = (): void => {
    if (batch.length === 0) return
    steps.run(batch.map(({ inst }) => inst))
    for (const one of batch) {
      compared++
      tried.add(one.inst.form.mnemonic)
      const lines = differences(one)
      if (lines.length > 0 && !wrong.has(one.inst.form.mnemonic))
        wrong.set(one.inst.form.mnemonic, lines.join('\n'))
    }
    batch = []
  }

  for (const form of candidates()) {
    if (only !== undefined && !new RegExp(only).test(form.mnemonic)) continue
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const instruction = randomInstruction(form, random, VECTOR_COUNT)
      if (instruction === null) break
      const slot = steps.slots[batch.length]!
      randomState(slot, instruction, random)
      try {
        if (hasUndefinedResult({ form, operands: instruction.operands }, slot.before)) continue
        const one = emulated({ form, operands: instruction.operands }, slot, steps.stackAddress)
        if (one === null) faulted++
        else batch.push(one)
      } catch (error) {
        // Where ah and the like meet an operand that needs REX.
        if (error instanceof EncodeError) continue
        if (!(error instanceof UnsupportedInstruction)) throw error
        unsupported.add(form.text)
        break
      }
      if (batch.length === SLOTS) flush()
    }
  }
  flush()
  console.log(
    `  ${compared} executions of ${tried.size} mnemonics agree, seed ${SEED}; ${faulted} would have faulted and were not run` +
      (unsupported.size > 0 ? `; not known in form: ${[...unsupported].join('; ')}` : ''),
  )
  assert.equal([...wrong.keys()], [], `\n${[...wrong.values()].slice(0, 12).join('\n')}`)
  assert.ok(only !== undefined || compared > 1000)
})

differential.run()
