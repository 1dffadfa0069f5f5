/** What ends an emulation before its return: faults as the CPU raises them, unknown instructions, the step limit. */

/** Exceptions by their vectors' names (SDM Vol. 3A, table 6-1). */
export type FaultKind = '#DE' | '#BP' | '#UD' | '#NM' | '#GP' | '#PF' | '#XM'

/** The access that a #PF or #GP is about. */
export interface FaultAccess {
  readonly kind: 'read' | 'write' | 'execute'
  readonly address: number
  /** Bytes. */
  readonly size: number
  /** The region that the access reaches out of, or that lies nearest; null when there are no regions. */
  readonly region: string | null
  /** Bytes from that region's first byte to the access's first; negative before it. */
  readonly offset: number | null
  /**
   * Where the access lies against that region: `3 bytes past the end of a`, `begins 16 bytes before c`, or
   * `inside code, which is not writable`.
   */
  readonly place: string
}

/** Thrown by semantics, which know no instruction; the run turns it into a Fault. */
export class RaisedFault extends Error {
  override readonly name = 'RaisedFault'
  readonly kind: FaultKind
  readonly access: FaultAccess | null

  constructor(kind: FaultKind, reason: string, access: FaultAccess | null = null) {
    super(reason)
    this.kind = kind
    this.access = access
  }
}

/** Where in the code something happened. */
export interface CodePlace {
  /** Bytes from the start of the code; outside of it when control left the code. */
  readonly offset: number
  /** The instruction as Intel text. */
  readonly instruction: string
}

const placeText = ({ instruction, offset }: CodePlace): string =>
  `${instruction} (at offset 0x${offset.toString(16)})`

/** An exception of the emulated CPU: which, by what instruction, and for memory also what was touched. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly kind: FaultKind
  readonly access: FaultAccess | null
  /** Bytes from the start of the code. */
  readonly offset: number
  /** The instruction as Intel text. */
  readonly instruction: string

  constructor(raised: RaisedFault, place: CodePlace) {
    super(`${raised.kind}: ${placeText(place)}: ${raised.message}`)
    this.kind = raised.kind
    this.access = raised.access
    this.offset = place.offset
    this.instruction = place.instruction
  }
}

/** An instruction that is encoded rightly but has no semantics here. */
export class UnsupportedInstruction extends Error {
  override readonly name = 'UnsupportedInstruction'
  readonly mnemonic: string
  readonly offset: number

  constructor(mnemonic: string, place: CodePlace, form: string) {
    super(`the emulator does not know ${placeText(place)}, of the form '${form}'`)
    this.mnemonic = mnemonic
    this.offset = place.offset
  }
}

/** More instructions were executed than the caller allowed. */
export class InstructionLimit extends Error {
  override readonly name = 'InstructionLimit'

  constructor(limit: number, offset: number) {
    super(
      `maxInstructions: ${limit} were executed without a return; the last block began at offset 0x${offset.toString(16)}`,
    )
  }
}
