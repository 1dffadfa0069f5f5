/** The fused multiply-adds, in three orders of operands and six combinations of signs. */
import { FLOAT_SUFFIXES, floating } from './float.ts'
import { type FmaOrder, type FmaSigns, fmaLanes } from './fma-lanes.ts'
import type { Semantics, SemanticsTable } from './instruction.ts'
import { packed, scalar } from './vector.ts'

const never = (): boolean => false
const always = (): boolean => true
const ORDERS: readonly FmaOrder[] = ['132', '213', '231']
const SIGNS: Readonly<Record<string, FmaSigns>> = {
  fmadd: { negateProduct: false, negateAddend: never },
  fmsub: { negateProduct: false, negateAddend: always },
  fnmadd: { negateProduct: true, negateAddend: never },
  fnmsub: { negateProduct: true, negateAddend: always },
  // Adds in odd lanes, subtracts in even ones; and the reverse.
  fmaddsub: { negateProduct: false, negateAddend: (lane) => lane % 2 === 0 },
  fmsubadd: { negateProduct: false, negateAddend: (lane) => lane % 2 === 1 },
}

function table(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  for (const [packedSuffix, scalarSuffix, lanes] of FLOAT_SUFFIXES) {
    for (const [name, signs] of Object.entries(SIGNS)) {
      for (const order of ORDERS) {
        const operation = floating(lanes, fmaLanes(lanes, order, signs), true)
        result[`v${name}${order}${packedSuffix}`] = packed(operation)
        if (signs.negateAddend === never || signs.negateAddend === always)
          result[`v${name}${order}${scalarSuffix}`] = scalar(operation)
      }
    }
  }
  return result
}

export const fmaSemantics: SemanticsTable = table()
