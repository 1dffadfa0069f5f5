/** The one error of register allocation. */

/** A function that cannot be allocated as it stands: what is wrong, where, and with which registers. */
export class AllocationError extends Error {
  override readonly name = 'AllocationError'
  readonly functionName: string
  /** Names of the virtual registers concerned. */
  readonly registers: readonly string[]

  constructor(functionName: string, reason: string, registers: readonly string[] = []) {
    super(`${functionName}: ${reason}`)
    this.functionName = functionName
    this.registers = registers
  }
}
