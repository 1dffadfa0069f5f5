/** Holds what the tables say of registers and flags (read, written, kept) against iced-x86, for every golden sample. */
import * as iced from 'iced-x86'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Case } from '../fuzz/encode.ts'
import { goldenCases } from '../fuzz/golden-files.ts'
import { Reg, visitRegisters } from '../src/encoder/index.ts'

const effects = suite('effects against iced')
const { Decoder, DecoderOptions, InstructionInfoFactory, OpAccess, RegisterExt, RflagsBits } = iced

/** Where iced says something else, for a reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  vzeroupper: 'what is done to a whole register file is not among the operands of a row',
  vzeroall: 'as vzeroupper',
  ldtilecfg: 'as vzeroupper',
  tilerelease: 'as vzeroupper',
  nop: 'iced reads no address; here an address that is computed is read',
}

const FLAGS: readonly (readonly [letter: string, bit: number])[] = [
  ['O', RflagsBits.OF],
  ['S', RflagsBits.SF],
  ['Z', RflagsBits.ZF],
  ['A', RflagsBits.AF],
  ['P', RflagsBits.PF],
  ['C', RflagsBits.CF],
  ['D', RflagsBits.DF],
]
const letters = (bits: number): string =>
  FLAGS.filter(([, bit]) => (bits & bit) !== 0)
    .map(([letter]) => letter)
    .join('')

/** A write that may not happen keeps the old value, which therefore counts as read. */
const ACCESS: Readonly<Record<number, string>> = {
  [OpAccess.Read]: 'r',
  [OpAccess.CondRead]: 'r',
  [OpAccess.Write]: 'w',
  [OpAccess.CondWrite]: 'rw',
  [OpAccess.ReadWrite]: 'rw',
  [OpAccess.ReadCondWrite]: 'rw',
}

/** Register (of any width) → r, w or rw, over all mentions. */
class Uses {
  readonly #uses = new Map<string, string>()

  add(register: string, access: string): void {
    const old = this.#uses.get(register) ?? ''
    this.#uses.set(register, ['r', 'w'].filter((letter) => (old + access).includes(letter)).join(''))
  }

  toString(): string {
    return [...this.#uses.entries()]
      .map(([register, access]) => `${register}:${access}`)
      .sort()
      .join(' ')
  }
}

function ourName(reg: Reg): string {
  if (reg.kind === 'r8h') return `gp${reg.id - 4}`
  return /^[xyz]mm$/.test(reg.kind)
    ? `vector${reg.id}`
    : /^r\d/.test(reg.kind)
      ? `gp${reg.id}`
      : `${reg.kind}${reg.id}`
}

function theirName(register: number): string | null {
  const full = RegisterExt.fullRegister(register)
  const number = RegisterExt.number(full)
  if (RegisterExt.isGPR(full)) return `gp${number}`
  if (RegisterExt.isVectorRegister(full)) return `vector${number}`
  if (RegisterExt.isK(full)) return `k${number}`
  return RegisterExt.isTMM(full) ? `tmm${number}` : null
}

function ours({ chosen, operands }: Case): string {
  const uses = new Uses()
  visitRegisters(chosen!, operands, (reg, access) => uses.add(ourName(reg), access))
  return uses.toString()
}

interface Seen {
  readonly uses: string
  readonly flagsRead: string
  readonly flagsWritten: string
  readonly length: number
}

const factory = new InstructionInfoFactory()
function theirs(hex: string): Seen {
  const decoder = new Decoder(64, Buffer.from(hex, 'hex'), DecoderOptions.None)
  const instruction = decoder.decode()
  const info = factory.info(instruction)
  const uses = new Uses()
  for (const used of info.usedRegisters()) {
    const name = theirName(used.register)
    const access = ACCESS[used.access]
    if (name !== null && access !== undefined) uses.add(name, access)
    used.free()
  }
  const seen = {
    uses: uses.toString(),
    flagsRead: letters(instruction.rflagsRead),
    flagsWritten: letters(instruction.rflagsModified),
    length: instruction.isInvalid ? 0 : instruction.length,
  }
  info.free()
  instruction.free()
  decoder.free()
  return seen
}

const inOrder = (flags: string): string => [...'OSZAPCD'].filter((letter) => flags.includes(letter)).join('')

/** A shift by 0 leaves the flags alone, which iced sees in the immediate and a row cannot say. */
const shiftsByNothing = ({ chosen, operands }: Case): boolean =>
  chosen!.flagsWritten !== '' && chosen!.immediateBytes === 1 && Number(operands.at(-1)) % 32 === 0

/** Then the result depends on nothing, which iced knows of fewer instructions than the tables. */
const isIdiom = ({ chosen, operands }: Case): boolean => {
  const [a, b] = operands.slice(-2)
  return chosen!.zeroIdiom && a instanceof Reg && b instanceof Reg && a.id === b.id
}

for (const { cases, table } of goldenCases()) {
  effects(table, () => {
    for (const one of cases) {
      const { chosen, hex, text } = one
      if (chosen!.mnemonic in EXCEPTIONS) continue
      const seen = theirs(hex!)
      assert.is(seen.length, hex!.length / 2, `${text}: iced reads ${seen.length} bytes of ${hex}`)
      if (!isIdiom(one)) assert.is(ours(one), seen.uses, text)
      if (shiftsByNothing(one)) continue
      assert.is(inOrder(chosen!.flagsRead), seen.flagsRead, `${text}: flags read`)
      assert.is(inOrder(chosen!.flagsWritten), seen.flagsWritten, `${text}: flags written`)
    }
  })
}

effects.run()
