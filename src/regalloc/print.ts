/** Functions as text, before and after allocation, for people and for tests. */
import { format } from '../encoder/format.ts'
import type { RegKind } from '../encoder/registers.ts'
import { selectForm } from '../encoder/select.ts'
import { virtualName } from './draft.ts'
import type { PFunction, PItem, VFunction, VItem } from './function.ts'

/** Kinds and names of virtual registers, by index. */
interface Names {
  readonly kinds: readonly RegKind[]
  readonly names: readonly string[]
}

/** `vaddps %sum, %sum, zmmword ptr [%argblock]`: virtual registers by name, views of another kind as `%count.r32`. */
export function printFunction(fn: VFunction | PFunction): string {
  const isVirtual = 'kinds' in fn
  const params = isVirtual ? fn.params.map((param) => nameRegisters(fn, String(param))).join(', ') : ''
  const lines = [`${fn.name}(${params}):`]
  let depth = 1
  for (const item of fn.body) {
    if (item.kind === 'exit-loop') depth--
    const text = printItem(item, isVirtual ? fn : null)
    lines.push(item.kind === 'label' ? text : '  '.repeat(depth) + text)
    if (item.kind === 'enter-loop') depth++
  }
  for (const { label, bytes, alignment } of fn.constants) {
    lines.push(`${label.name}: ${bytes.length} bytes, alignment ${alignment}`)
  }
  if (!isVirtual) {
    lines.push(`; frame ${fn.frameBytes} bytes; saved ${list(fn.saved)}; spilled ${list(fn.spilled)}`)
  }
  return lines.join('\n')
}

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(' '))

/** One item on a line; `names` for virtual registers. */
export function printItem(item: VItem | PItem, names: Names | null): string {
  switch (item.kind) {
    case 'inst': {
      const form = 'form' in item ? item.form : selectForm(item.mnemonic, item.operands)
      const text = format({ form, operands: item.operands })
      return names === null ? text : nameRegisters(names, text)
    }
    case 'label':
      return `${item.label.name}:`
    case 'align':
      return `align ${item.bytes}`
    case 'enter-loop':
      return `loop ${item.name}${item.hot ? ' (hot)' : ''} {`
    case 'exit-loop':
      return '}'
    case 'comment':
      return `; ${item.text}`
  }
}

/** Turns the `%zmm7` of registerName into the names that were given. */
function nameRegisters({ kinds, names }: Names, text: string): string {
  return text.replace(
    /%(r8h|r8|r16|r32|r64|xmm|ymm|zmm|k|tmm)(\d+)\b/g,
    (_, kind: string, digits: string) => {
      const index = Number(digits)
      const name = virtualName(kinds, names, index)
      return kind === kinds[index] ? name : `${name}.${kind}`
    },
  )
}
