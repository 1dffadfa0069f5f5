/** Tile programs as text: one statement a line, indented. */
import type {
  Extent,
  Part,
  Scalar,
  Size,
  SourceOfB,
  Statement,
  TilePack,
  TileProgram,
} from './tile-program.ts'

const STEPS: Readonly<Record<Part, string>> = { all: 'each', first: 'the first', rest: 'each further' }
const SOURCE: Readonly<Record<SourceOfB, string>> = {
  'in place': 'B',
  copying: 'B, copied into its panel on the way,',
  panel: 'panel of B',
  either: 'B or its panel',
}

function statementText(statement: Statement): string {
  switch (statement.kind) {
    case 'block': {
      const unit = statement.unit > 1 ? ` (multiples of ${statement.unit})` : ''
      const size = statement.size === 'runtime' ? '?' : statement.size
      if (statement.isComb)
        return `for each ${size} of ${statement.dim} that lie ⌊${statement.dim} / ${size}⌋ apart`
      if (statement.relays !== null)
        return `for each block of k of ${size}${statement.relays.columns === null ? '' : ` and n of ${statement.relays.columns}`}; its rows of B are copied while the one before is multiplied`
      return `for ${STEPS[statement.part]} block of ${statement.dim} ≤ ${size}${unit}`
    }
    case 'batch':
      return `for each of ${statement.count === 'runtime' ? '?' : statement.count} problems, ${statement.matrices === 'pointers' ? 'by pointers' : 'a stride apart'}`
    case 'pack':
      return `${statement.optional ? 'if asked to, ' : ''}pack ${statement.operand} into panels${statement.width > 0 ? ` [k][${statement.width}]` : ''}${statement.asks ? '; its next block is asked for meanwhile' : ''}`
    case 'stage':
      return `bring the block of ${statement.operand} into units`
    case 'terms':
      return `what zero points and bias add to each ${statement.operand === 'A' ? 'row' : 'column'}`
    case 'split':
      return `the last ${statement.tail} columns apart`
    case 'contract':
      return `C[m, n] += A[m, k] · ${{ 'in place': 'B[k, n]', copying: 'B[k, n]', panel: 'panels of B', either: 'B[k, n] or its panels' }[statement.b]}`
    case 'tiles':
      return (
        `for ${STEPS[statement.part]} tile of ${statement.dim} ≤ ${statement.size}` +
        (statement.lead > 0
          ? `, after one of ${statement.lead}${statement.leadsToLines ? ' where that makes them begin on lines' : ''}`
          : '')
      )
    case 'region':
      return `rows ${range(statement.m)}, columns ${range(statement.n)}: tiles of ${statement.rows.join(' + ')} × ${statement.columns.join(' + ')} × ${statement.units} units`
    case 'tile-pack':
      return `${PACKED[statement.what]}: ${statement.steps} K-steps of ${statement.units} units`
    case 'tmul':
      return `C tiles ${statement.m}×${statement.n} += A · ${statement.b === 'panel' ? 'panel of B' : 'B, re-laid on the way'}${statement.scratch === null ? '' : '; C by way of a scratch'}`
    case 'tile':
      return `C tile ${statement.m}×${statement.n} += ${statement.aPacked ? 'panel of A' : 'A'} · ${SOURCE[statement.b]} over ${{ single: 'k', pairs: 'pairs of k', lanes: 'k in lanes', nibbles: 'k, by nibbles of A' }[statement.steps]}, unrolled by ${statement.unroll}${statement.prefetches ? ', what comes next asked for' : ''}${statement.readsAhead > 0 ? `, B asked for ${statement.readsAhead} bytes ahead` : ''}`
  }
}

const PACKED: Readonly<Record<TilePack['what'], string>> = {
  B: 'bring B into panels of units',
  A: 'transpose A into rows',
  'tails of A': 'copy the last units of A, padded with zeros',
}

const range = ({ start, count }: Extent): string => `${start}–${start + count - 1}`

function printBody(body: readonly Statement[], indent: string): string[] {
  return body.flatMap((statement) => [
    indent + statementText(statement),
    ...('body' in statement ? printBody(statement.body, `${indent}  `) : []),
    ...('rest' in statement ? [`${indent}and those`, ...printBody(statement.rest, `${indent}  `)] : []),
  ])
}

function updateText({ alpha, beta }: Pick<TileProgram, 'alpha' | 'beta'>): string {
  const factor = (scalar: Scalar, name: string): string =>
    scalar === 1 ? '' : `${scalar === 'runtime' ? name : scalar}·`
  return `${factor(alpha, 'alpha')}A·B${beta === 0 ? '' : ` + ${factor(beta, 'beta')}C`}`
}

/** The program as an indented schedule, one statement a line. */
export function printProgram(program: TileProgram): string {
  const size = (value: Size): string => (value === 'runtime' ? '?' : String(value))
  const { m, n, k } = program.sizes
  const { A, B, C } = program.matrices
  return [
    `${program.name}: ${program.type} C = ${updateText(program)}, m ${size(m)}, n ${size(n)}, k ${size(k)}, ` +
      `lda ${size(A.ld)}, ldb ${size(B.ld)}, ldc ${size(C.ld)}${program.planes === null ? '' : ', A in two planes'}`,
    ...printBody(program.body, '  '),
    '',
  ].join('\n')
}
