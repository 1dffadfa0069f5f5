/** The one error that encoding throws, and the parts it is made of. */

/** Where the fault lies, as far as it is known. */
export interface FaultPlace {
  /** Index of the operand. */
  readonly operand?: number
  /** Number of the instruction in the code, from 0; known when code is linked. */
  readonly instruction?: number
}

/** An instruction that cannot be encoded: what was given, and the nearest forms that exist. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError'
  readonly mnemonic: string
  /** The operands as Intel text. */
  readonly given: string
  /** Forms that nearly fit, as the table writes them. */
  readonly nearest: readonly string[]
  /** The message without instruction and forms. */
  readonly reason: string
  readonly place: FaultPlace

  constructor(
    mnemonic: string,
    given: string,
    reason: string,
    nearest: readonly string[] = [],
    place: FaultPlace = {},
  ) {
    const forms =
      nearest.length === 0 ? '' : `\n  nearest forms:\n${nearest.map((f) => `    ${f}`).join('\n')}`
    super(`${`${mnemonic} ${given}`.trim()}: ${reason}${forms}`)
    this.mnemonic = mnemonic
    this.given = given
    this.nearest = nearest
    this.reason = reason
    this.place = place
  }
}
