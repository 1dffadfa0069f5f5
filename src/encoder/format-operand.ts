/** Operands as Intel text, the way LLVM prints them. */
import { Displacement, Label, Mem, type Operand } from './operands.ts'
import { Reg, registerName } from './registers.ts'

const SIZE_NAMES: Readonly<Record<number, string>> = {
  0: '',
  8: 'byte ptr ',
  16: 'word ptr ',
  32: 'dword ptr ',
  48: 'fword ptr ',
  64: 'qword ptr ',
  80: 'tbyte ptr ',
  128: 'xmmword ptr ',
  256: 'ymmword ptr ',
  512: 'zmmword ptr ',
}

function signed(value: number, separator: string): string {
  if (value === 0) return ''
  return value < 0 ? `${separator}-${separator}${-value}` : `${separator}+${separator}${value}`
}

function address(mem: Mem): string {
  if (mem.offset !== null) return String(BigInt.asIntN(64, mem.offset))
  if (mem.label instanceof Displacement) return `rip${signed(mem.label.value + mem.disp, ' ')}`
  if (mem.label !== null) return `rip + ${mem.label.name}${signed(mem.disp, '')}`
  const terms: string[] = []
  if (mem.base !== null) terms.push(registerName(mem.base.kind, mem.base.id))
  if (mem.index !== null) {
    const scale = mem.scale === 1 && mem.base !== null ? '' : `${mem.scale}*`
    terms.push(`${scale}${registerName(mem.index.kind, mem.index.id)}`)
  }
  return terms.length === 0 ? String(mem.disp) : terms.join(' + ') + signed(mem.disp, ' ')
}

/** A memory operand of `width` bits; a broadcast one is repeated `repeats` times (0: not known). */
export function formatMemory(mem: Mem, width: number, repeats: number): string {
  const broadcast = mem.isBroadcast ? `{1to${repeats > 0 ? repeats : 'N'}}` : ''
  const mask = mem.opmask === null ? '' : ` {${registerName('k', mem.opmask.id)}}`
  const segment = mem.segment === null ? '' : `${registerName('sreg', mem.segment.id)}:`
  return `${SIZE_NAMES[width] ?? `${width}-bit ptr `}${segment}[${address(mem)}]${broadcast}${mask}`
}

/** An operand by itself, as it was given; for messages. */
export function formatOperand(operand: Operand): string {
  if (operand instanceof Mem) return formatMemory(operand, operand.width, 0)
  if (operand instanceof Reg || operand instanceof Label) return operand.toString()
  return String(operand)
}
