/** Integer elements made wider or narrower. */
import { type Semantics, type SemanticsTable, withAndWithoutV } from './instruction.ts'
import { bytesOf, elementAccess, type Make, type NarrowView, type WideView } from './integer-lanes.ts'
import { packed } from './vector.ts'

/** pmovsx, pmovzx: the source's low elements, wider. */
function extend(from: NarrowView, to: NarrowView | WideView): Semantics {
  const make: Make = (state) => {
    const [read] = elementAccess(state, from)
    const [, write] = elementAccess(state, to)
    return (d, a, _b, lanes) => {
      for (let i = 0; i < lanes; i++) write(d / bytesOf(to) + i, read(a / bytesOf(from) + i))
    }
  }
  return packed({ element: bytesOf(to), sourceElement: bytesOf(from), lanewise: true, make })
}

/** vpmov…: elements cut to fewer bits, or saturated into them. */
function shrink(from: NarrowView | WideView, to: NarrowView, mode: 'cut' | 'signed' | 'unsigned'): Semantics {
  const bits = 8 * bytesOf(to)
  const least = mode === 'signed' ? -(1n << BigInt(bits - 1)) : 0n
  const most = mode === 'signed' ? (1n << BigInt(bits - 1)) - 1n : (1n << BigInt(bits)) - 1n
  const make: Make = (state) => {
    const [read] = elementAccess(state, from)
    const [, write] = elementAccess(state, to)
    return (d, a, _b, lanes) => {
      for (let i = 0; i < lanes; i++) {
        const value = read(a / bytesOf(from) + i)
        const kept =
          mode === 'cut' ? BigInt.asUintN(bits, value) : value < least ? least : value > most ? most : value
        write(d / bytesOf(to) + i, kept)
      }
    }
  }
  return packed({ element: bytesOf(to), sourceElement: bytesOf(from), lanewise: true, make })
}

function table(): Record<string, Semantics> {
  const result: Record<string, Semantics> = {}
  const views = [
    ['b', 'i8', 'u8'],
    ['w', 'i16', 'u16'],
    ['d', 'i32', 'u32'],
    ['q', 'i64', 'u64'],
  ] as const
  for (const [index, [from, signed, unsigned]] of views.entries()) {
    for (const [to, wideSigned, wideUnsigned] of views.slice(index + 1)) {
      Object.assign(result, withAndWithoutV(`pmovsx${from}${to}`, extend(signed as NarrowView, wideSigned)))
      Object.assign(
        result,
        withAndWithoutV(`pmovzx${from}${to}`, extend(unsigned as NarrowView, wideUnsigned)),
      )
      result[`vpmov${to}${from}`] = shrink(wideUnsigned, unsigned as NarrowView, 'cut')
      result[`vpmovs${to}${from}`] = shrink(wideSigned, signed as NarrowView, 'signed')
      result[`vpmovus${to}${from}`] = shrink(wideUnsigned, unsigned as NarrowView, 'unsigned')
    }
  }
  return result
}

export const vectorResizeSemantics: SemanticsTable = table()
