/** Instructions as Intel text, as LLVM prints them (llvm-mc --output-asm-variant=1), and listings of whole code. */
import type { EncodableForm } from './encodable.ts'
import type { Inst } from './form.ts'
import { formatMemory } from './format-operand.ts'
import type { MachineCode } from './machine-code.ts'
import { type Immediate, Mem, type Operand } from './operands.ts'
import { predicateNames } from './predicates.ts'
import { es, Reg, registerName } from './registers.ts'
import { SPECIAL_RDI } from './shape.ts'

/** The name of the comparison that the immediate asks for, if the form is a comparison and the name exists. */
function predicateName(form: EncodableForm, operands: readonly Operand[]): string | undefined {
  if (form.predicate === 'none') return undefined
  return predicateNames(form.predicate, form.scheme)[Number(operands[form.immediateIndex])]
}

/** The flags that a conditional comparison sets where its condition does not hold, from bit 3 down. */
const DEFAULT_FLAGS = ['of', 'sf', 'zf', 'cf'] as const

function formatDefaultFlags(flags: number): string {
  return `{dfv=${DEFAULT_FLAGS.filter((_, bit) => (flags & (8 >> bit)) !== 0).join(',')}}`
}

/** `ib` and the sign-extended immediates are numbers with a sign; the others are bit patterns, but 64 bits are shown signed. */
function formatImmediate(value: Immediate, token: string): string {
  const wide = BigInt(value)
  switch (token) {
    case 'ib':
    case 'simm8':
      return String(BigInt.asIntN(8, wide))
    case 'simm32':
      return String(BigInt.asIntN(32, wide))
    case 'imm64':
      return String(BigInt.asIntN(64, wide))
    case 'imm8':
      return String(BigInt.asUintN(8, wide))
    case 'imm16':
      return String(BigInt.asUintN(16, wide))
    default:
      return String(BigInt.asUintN(32, wide))
  }
}

function formatOperandOf(form: EncodableForm, index: number, operand: Operand): string {
  const slot = form.slots[index]!
  if (operand instanceof Mem) {
    // Where a string instruction writes is always in es, and text says so.
    const shown = slot.special === SPECIAL_RDI && operand.segment === null ? operand.in(es) : operand
    return formatMemory(shown, form.unsized ? 0 : slot.width, form.broadcastCount)
  }
  if (typeof operand === 'number' || typeof operand === 'bigint') {
    const { token } = form.operands[index]!
    return token === 'dfv' ? formatDefaultFlags(Number(operand)) : formatImmediate(operand, token)
  }
  if (operand instanceof Reg && operand.rounding !== null && /^r\d/.test(operand.kind)) {
    // LLVM writes the rounding of a conversion from a general register before that register.
    return `{${operand.rounding}}, ${registerName(operand.kind, operand.id)}`
  }
  return form.operands[index]!.token === 'st0' ? 'st' : operand.toString()
}

/** The instruction as Intel text: `vaddps zmm1 {k1} {z}, zmm2, dword ptr [rax]{1to16}`. */
export function format(inst: Inst): string {
  const form = inst.form as EncodableForm
  const predicate = predicateName(form, inst.operands)
  const name =
    predicate === undefined ? form.printedAs : form.printedAs.replace(/^(v?p?)c(om|mp)/, `$1c$2${predicate}`)
  const operands = inst.operands
    .map((operand, index) => {
      // A count of 1 goes without saying, but rol bl, cl would be a rotation by cl.
      const isByteRegister = form.slots.length > 2 && form.operands[1]!.token === 'r8'
      const isHidden =
        (form.operands[index]!.token === '1' && !isByteRegister) ||
        (predicate !== undefined && index === form.immediateIndex)
      return isHidden ? null : formatOperandOf(form, index, operand)
    })
    .filter((text) => text !== null)
  if (operands.length === 0) return name
  // The flags of a conditional comparison are followed by a space.
  return `${name} ${operands.join(', ')}`.replace('}, ', form.defaultFlagsIndex < 0 ? '}, ' : '} ')
}

function hexBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

/** Bytes shown on a line of data. */
const DATA_LINE = 16

/**
 * Code as text, a line for each instruction: offset, bytes and Intel text, with labels on lines of their own;
 * padding, data and the constant pool as bytes.
 */
export function listing(code: MachineCode): string {
  const lines: string[] = []
  const labels = [...code.symbols].sort((a, b) => a.offset - b.offset)
  let nextLabel = 0
  const line = (from: number, to: number, text: string) => {
    for (; nextLabel < labels.length && labels[nextLabel]!.offset <= from; nextLabel++) {
      lines.push(`${labels[nextLabel]!.name}:`)
    }
    const bytes = hexBytes(code.bytes.subarray(from, to))
    lines.push(`${from.toString(16).padStart(6, '0')}  ${bytes.padEnd(32)}  ${text}`.trimEnd())
  }
  const data = (from: number, to: number) => {
    for (let at = from; at < to; ) {
      const label = labels.find((symbol) => symbol.offset > at)?.offset ?? to
      const end = Math.min(at + DATA_LINE, label, to)
      line(at, end, at < code.poolOffset ? '; padding or data' : '')
      at = end
    }
  }
  let at = 0
  for (const { inst, length, offset } of code.instructions) {
    data(at, offset)
    line(offset, offset + length, format(inst))
    at = offset + length
  }
  data(at, code.bytes.length)
  for (; nextLabel < labels.length; nextLabel++) lines.push(`${labels[nextLabel]!.name}:`)
  return lines.join('\n')
}
