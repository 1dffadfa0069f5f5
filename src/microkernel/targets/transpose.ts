/**
 * Transposed loads: one vector of columns from rows that lie along k, by 128-bit chunks.
 *
 * A chunk holds q elements of one row (4 f32, 2 f64). Vector t[i] gathers in its lane L the chunk of row q·L + i,
 * so transposing the q × q block in every lane puts element s of rows 0, 1, 2, … side by side in out[s]:
 *
 *     lane L of t[i]:    (row q·L + i):  k₀ k₁ k₂ k₃
 *     lane L of out[s]:  rows q·L … q·L + q − 1 at kₛ
 */
import type { Operand } from '../../encoder/operands.ts'
import type { V } from '../../regalloc/function.ts'
import type { Recorder } from '../../regalloc/recorder.ts'
import type { Address, VectorKind } from '../../schedule/operand-kinds.ts'

const CHUNK_BYTES = 16

/** What differs between the ISAs: how a chunk goes into lane 1, 2 or 3 of a vector. */
export interface ChunkInsert<K extends VectorKind> {
  readonly kind: K
  readonly vectorBytes: number
  insert(f: Recorder, to: V<K>, chunk: Address | V<'xmm'>, lane: number): void
}

/**
 * Loads q K-steps of as many rows as a vector has elements; with `single`, only the first step is read from
 * memory and meant in the result. Returns the vectors in order of k.
 */
export function loadTransposed<K extends VectorKind>(
  f: Recorder,
  { kind, vectorBytes, insert }: ChunkInsert<K>,
  elementBytes: 4 | 8,
  row: (index: number) => Address,
  single: boolean,
): readonly V<K>[] {
  const q = CHUNK_BYTES / elementBytes
  const scalar = elementBytes === 4 ? 'vmovss' : 'vmovsd'
  const gathered = Array.from({ length: q }, (_, i) => {
    const to = f.reg(kind, `t${i}`)
    if (single) f[scalar](to.as('xmm'), row(i))
    else f.vmovups(to.as('xmm'), row(i))
    for (let lane = 1; lane < vectorBytes / CHUNK_BYTES; lane++) {
      if (!single) {
        insert(f, to, row(q * lane + i), lane)
        continue
      }
      const element = f.xmm('element')
      f[scalar](element, row(q * lane + i))
      insert(f, to, element, lane)
    }
    return to
  })
  const shuffle = (mnemonic: string, a: V<K>, b: V<K>): V<K> => {
    const to = f.reg(kind, 'column')
    f.emit(mnemonic, [to, a, b] satisfies Operand[])
    return to
  }
  if (q === 2) {
    const [a, b] = gathered as [V<K>, V<K>]
    return single ? [shuffle('vunpcklpd', a, b)] : [shuffle('vunpcklpd', a, b), shuffle('vunpckhpd', a, b)]
  }
  const [t0, t1, t2, t3] = gathered as [V<K>, V<K>, V<K>, V<K>]
  const low01 = shuffle('vunpcklps', t0, t1)
  const low23 = shuffle('vunpcklps', t2, t3)
  if (single) return [shuffle('vunpcklpd', low01, low23)]
  const high01 = shuffle('vunpckhps', t0, t1)
  const high23 = shuffle('vunpckhps', t2, t3)
  return [
    shuffle('vunpcklpd', low01, low23),
    shuffle('vunpckhpd', low01, low23),
    shuffle('vunpcklpd', high01, high23),
    shuffle('vunpckhpd', high01, high23),
  ]
}
