/** `npm run bench -- assembler`: all that is promised of the encoder's speed, in one run, iced-x86 beside it. */
import { decodeRates } from './decode.ts'
import { encodeRates } from './encode.ts'
import { printFirstUse } from './first-use.ts'
import { parseRates } from './parse.ts'
import { printRates } from './rate.ts'

export function printAll(): void {
  printRates([...encodeRates(), ...decodeRates(), ...parseRates()])
  printFirstUse()
}
