/** Holds what the tables say of registers and flags (read, written, kept) against iced-x86, for every golden sample. */
import * as iced from 'iced-x86'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Case } from '../fuzz/encode.ts'
import { goldenCases } from '../fuzz/golden-files.ts'
import { Mem, Reg, visitRegisters } from '../src/encoder/index.ts'

const effects = suite('effects against iced')
const { Decoder, DecoderOptions, InstructionInfoFactory, OpAccess, RegisterExt, RflagsBits } = iced

/** Where iced says something else, for a reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  vzeroupper: 'what is done to a whole register file is not among the operands of a row',
  vzeroall: 'as vzeroupper',
  ldtilecfg: 'as vzeroupper',
  tilerelease: 'as vzeroupper',
  frstor: 'as vzeroupper',
  fnsave: 'as vzeroupper',
  skinit: 'as vzeroupper',
  vp2intersectd: 'the second of the two opmasks has no operand of its own',
  vp2intersectq: 'as vp2intersectd',
  insertq: 'the bits around the field stay, which iced does not count as a read',
  rdsspd: 'without a shadow stack dst stays, and so is read',
  rdsspq: 'as rdsspd',
  ud1: 'as nop',
  montmul: 'iced knows the PadLock instructions with rep only',
  xsha1: 'as montmul',
  xsha256: 'as montmul',
  xcryptecb: 'as montmul',
  xcryptcbc: 'as montmul',
  xcryptctr: 'as montmul',
  xcryptcfb: 'as montmul',
  xcryptofb: 'as montmul',
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

/** What iced 1.21 does not know. */
const NEWER = /^(APX_F|AVX10_2|AMX_(FP8|MOVRS|AVX512)|MSR_IMM|USER_MSR|MOVRS|PBNDKB)$/

function isNewer({ chosen, operands }: Case): boolean {
  const regs = operands.flatMap((operand) =>
    operand instanceof Mem ? [operand.base, operand.index] : operand instanceof Reg ? [operand] : [],
  )
  const isHigh = (reg: Reg | null) => reg !== null && reg.id >= 16 && /^r\d/.test(reg.kind)
  return regs.some(isHigh) || chosen!.features.some((feature) => NEWER.test(feature))
}

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
  if (RegisterExt.isTMM(full)) return `tmm${number}`
  if (RegisterExt.isMM(full)) return `mm${number}`
  if (RegisterExt.isCR(full)) return `cr${number}`
  return RegisterExt.isDR(full) ? `dr${number}` : null
}

function ours({ chosen, operands }: Case): string {
  const uses = new Uses()
  // iced tells of x87 registers and segments otherwise: by the stack's top, and with every address.
  visitRegisters(chosen!, operands, (reg, access) => {
    if (reg.kind !== 'st' && reg.kind !== 'sreg') uses.add(ourName(reg), access)
  })
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
      if (chosen!.mnemonic in EXCEPTIONS || isNewer(one)) continue
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
