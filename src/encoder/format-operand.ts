/** Operands as Intel text, the way LLVM prints them. */
import { Label, Mem, type Operand } from './operands.ts'
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

function addressTerms(mem: Mem): string {
  const terms: string[] = []
  if (mem.label !== null) terms.push('rip', mem.label.name)
  if (mem.base !== null) terms.push(registerName(mem.base.kind, mem.base.id))
  if (mem.index !== null) {
    const scale = mem.scale === 1 && mem.base !== null ? '' : `${mem.scale}*`
    terms.push(`${scale}${registerName(mem.index.kind, mem.index.id)}`)
  }
  if (terms.length === 0) return String(mem.disp)
  const sum = terms.join(' + ')
  if (mem.disp === 0) return sum
  return mem.disp < 0 ? `${sum} - ${-mem.disp}` : `${sum} + ${mem.disp}`
}

/** A memory operand of `width` bits; a broadcast one is repeated `repeats` times. */
export function formatMemory(mem: Mem, width: number, repeats: number): string {
  const broadcast = mem.isBroadcast ? `{1to${repeats > 0 ? repeats : 'N'}}` : ''
  const mask = mem.opmask === null ? '' : ` {${registerName('k', mem.opmask.id)}}`
  return `${SIZE_NAMES[width] ?? ''}[${addressTerms(mem)}]${broadcast}${mask}`
}

/** An operand by itself, as it was given; for messages. */
export function formatOperand(operand: Operand): string {
  if (operand instanceof Mem) return formatMemory(operand, operand.width, 0)
  if (operand instanceof Reg || operand instanceof Label) return operand.toString()
  return String(operand)
}
