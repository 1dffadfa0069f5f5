/** The names of comparisons, which text writes into the mnemonic instead of an immediate: vcmpps …, 1 is vcmpltps. */
import type { Predicate } from './tables/grammar.ts'
import type { Scheme } from './tables/notation.ts'

type Names = readonly (string | undefined)[]

/** SDM Vol. 2A, CMPPD, table 3-8. */
const FLOAT_PREDICATES: Names = (
  'eq lt le unord neq nlt nle ord eq_uq nge ngt false neq_oq ge gt true ' +
  'eq_os lt_oq le_oq unord_s neq_us nlt_uq nle_uq ord_s eq_us nge_uq ngt_uq false_os neq_os ge_oq gt_oq true_us'
).split(' ')
/** Legacy forms have the first eight. */
const LEGACY_PREDICATES: Names = FLOAT_PREDICATES.slice(0, 8)
/** LLVM has no names for 3 (never) and 7 (always). */
const INTEGER_PREDICATES: Names = ['eq', 'lt', 'le', undefined, 'neq', 'nlt', 'nle', undefined]

/** AMD64 manual Vol. 4, VPCOMB. */
const XOP_PREDICATES: Names = ['lt', 'le', 'gt', 'ge', 'eq', 'neq', 'false', 'true']

/** The names by immediate, undefined where there is none. */
export function predicateNames(kind: Predicate, scheme: Scheme): Names {
  if (kind === 'none') return []
  if (kind === 'integer') return INTEGER_PREDICATES
  if (kind === 'xop') return XOP_PREDICATES
  return scheme === 'legacy' ? LEGACY_PREDICATES : FLOAT_PREDICATES
}
