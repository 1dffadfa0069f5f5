/** The errors of register allocation: what cannot be allocated, and what was allocated wrongly. */

/** A function that cannot be allocated as it stands: what is wrong, where, and with which registers. */
export class AllocationError extends Error {
  override readonly name = 'AllocationError'
  readonly functionName: string
  /** Names of the registers concerned. */
  readonly registers: readonly string[]

  constructor(functionName: string, reason: string, registers: readonly string[] = []) {
    super(`${functionName}: ${reason}`)
    this.functionName = functionName
    this.registers = registers
  }
}

/** An allocation that does not do what its function says: a mistake of the allocator, found by the checker. */
export class CheckError extends Error {
  override readonly name = 'CheckError'
  readonly functionName: string

  constructor(functionName: string, reason: string) {
    super(`${functionName}: ${reason}`)
    this.functionName = functionName
  }
}
