/** What JavaScript itself can do: a loop over 4 × 4 tiles of C on typed arrays, as careful as such loops get. */
import { type Floats, forProblems, inTurn } from '../native/operands.ts'
import { type Contender, floatsOnly, offer, type Setting } from './contender.ts'
import { timeCalls } from './from-javascript.ts'

/** C = A·B, row-major without padding. Whole tiles of 4 × 4 keep their sums in locals; the rest goes one by one. */
function multiply(a: Floats, b: Floats, c: Floats, m: number, n: number, k: number): void {
  const wholeRows = m - (m % 4)
  const wholeColumns = n - (n % 4)
  for (let i = 0; i < wholeRows; i += 4) {
    const row = i * k
    for (let j = 0; j < wholeColumns; j += 4) tile(a, b, c, row, i, j, n, k)
    single(a, b, c, i, i + 4, wholeColumns, n, n, k)
  }
  single(a, b, c, wholeRows, m, 0, n, n, k)
}

function tile(
  a: Floats,
  b: Floats,
  c: Floats,
  row: number,
  i: number,
  j: number,
  n: number,
  k: number,
): void {
  let c00 = 0
  let c01 = 0
  let c02 = 0
  let c03 = 0
  let c10 = 0
  let c11 = 0
  let c12 = 0
  let c13 = 0
  let c20 = 0
  let c21 = 0
  let c22 = 0
  let c23 = 0
  let c30 = 0
  let c31 = 0
  let c32 = 0
  let c33 = 0
  for (let p = 0, q = j; p < k; p++, q += n) {
    const b0 = b[q]!
    const b1 = b[q + 1]!
    const b2 = b[q + 2]!
    const b3 = b[q + 3]!
    const a0 = a[row + p]!
    c00 += a0 * b0
    c01 += a0 * b1
    c02 += a0 * b2
    c03 += a0 * b3
    const a1 = a[row + k + p]!
    c10 += a1 * b0
    c11 += a1 * b1
    c12 += a1 * b2
    c13 += a1 * b3
    const a2 = a[row + 2 * k + p]!
    c20 += a2 * b0
    c21 += a2 * b1
    c22 += a2 * b2
    c23 += a2 * b3
    const a3 = a[row + 3 * k + p]!
    c30 += a3 * b0
    c31 += a3 * b1
    c32 += a3 * b2
    c33 += a3 * b3
  }
  const at = i * n + j
  c[at] = c00
  c[at + 1] = c01
  c[at + 2] = c02
  c[at + 3] = c03
  c[at + n] = c10
  c[at + n + 1] = c11
  c[at + n + 2] = c12
  c[at + n + 3] = c13
  c[at + 2 * n] = c20
  c[at + 2 * n + 1] = c21
  c[at + 2 * n + 2] = c22
  c[at + 2 * n + 3] = c23
  c[at + 3 * n] = c30
  c[at + 3 * n + 1] = c31
  c[at + 3 * n + 2] = c32
  c[at + 3 * n + 3] = c33
}

function single(
  a: Floats,
  b: Floats,
  c: Floats,
  firstRow: number,
  endRow: number,
  firstColumn: number,
  endColumn: number,
  n: number,
  k: number,
): void {
  for (let i = firstRow; i < endRow; i++) {
    for (let j = firstColumn; j < endColumn; j++) {
      let sum = 0
      for (let p = 0; p < k; p++) sum += a[i * k + p]! * b[p * n + j]!
      c[i * n + j] = sum
    }
  }
}

export function openJavaScriptLoop(setting: Setting): Contender {
  return {
    version: process.version,
    kernels: 'V8',
    prepare(operands) {
      offer(setting, operands, {})
      const { shape, a, b, c } = floatsOnly(operands)
      const problems = forProblems(operands, (problem) => ({
        a: a.problem(problem),
        b: b.problem(problem),
        c: c.problem(problem),
      }))
      const next = inTurn(problems)
      return {
        packed: false,
        problemsPerCall: 1,
        timing: 'javascript',
        synchronous: true,
        time: timeCalls(() => {
          const problem = next()
          multiply(problem.a, problem.b, problem.c, shape.m, shape.n, shape.k)
        }),
        dispose: () => problems.splice(0),
      }
    },
  }
}
