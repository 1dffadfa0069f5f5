/** The one verb for everything that becomes machine code: Intel text, and functions whose registers are allocated. */
import type { MachineCode } from './encoder/machine-code.ts'
import { type AssembleOptions, assemble as assembleText } from './encoder/parse.ts'
import { assemble as assembleFunction } from './regalloc/assemble.ts'
import type { PFunction } from './regalloc/function.ts'

/**
 * Machine code of Intel text, as LLVM, objdump and nasm write it. AssemblyError lists every mistake with its
 * line and column.
 *
 * @example
 * ```ts
 * const { bytes } = assemble('again: vaddps zmm0 {k1}{z}, zmm1, [rax]{1to16}\n dec rcx\n jnz again\n ret')
 * ```
 */
export function assemble(text: string, options?: AssembleOptions): MachineCode
/** Machine code of a function from `allocate`. */
export function assemble(fn: PFunction): MachineCode
export function assemble(code: string | PFunction, options?: AssembleOptions): MachineCode {
  return typeof code === 'string' ? assembleText(code, options) : assembleFunction(code)
}
