/** MachineCode → ELF64 relocatable object, for a linker. */
import { ByteWriter } from './byte-writer.ts'
import * as elf from './elf.ts'
import { checkExports, type ExportedFunction } from './exported-function.ts'
import { layOutText, type TextSection } from './text-section.ts'

/** Index of .text: the first section behind the null one. */
const TEXT = 1

interface Rela {
  readonly offset: number
  readonly type: number
  readonly symbol: number
  readonly addend: number
}

/** Symbols in file order, behind the null symbol; locals first. */
interface SymbolPlan {
  readonly symbols: readonly elf.ElfSymbol[]
  readonly indices: ReadonlyMap<string, number>
  readonly firstGlobal: number
}

const externalNames = (text: TextSection): readonly string[] => {
  const defined = new Set(text.functions.map(({ function: each }) => each.name))
  const names = new Set<string>()
  for (const { function: each } of text.functions) {
    const own = new Set(each.code.symbols.map((symbol) => symbol.name))
    for (const { symbol } of each.code.relocations) {
      if (!own.has(symbol) && !defined.has(symbol)) names.add(symbol)
    }
  }
  return [...names].sort()
}

function planSymbols(text: TextSection, strings: elf.StringTable): SymbolPlan {
  const section = { name: 0, binding: elf.STB_LOCAL, type: elf.STT_SECTION, section: TEXT, value: 0, size: 0 }
  const symbols: elf.ElfSymbol[] = [section]
  const indices = new Map<string, number>()
  const firstGlobal = symbols.length + 1
  for (const { function: each, offset } of text.functions) {
    symbols.push({
      name: strings.add(each.name),
      binding: elf.STB_GLOBAL,
      type: elf.STT_FUNC,
      section: TEXT,
      value: offset,
      size: each.code.bytes.length,
    })
    indices.set(each.name, symbols.length)
  }
  for (const name of externalNames(text)) {
    symbols.push({
      name: strings.add(name),
      binding: elf.STB_GLOBAL,
      type: elf.STT_NOTYPE,
      section: 0,
      value: 0,
      size: 0,
    })
    indices.set(name, symbols.length)
  }
  return { symbols, indices, firstGlobal }
}

/** The section symbol's index: what references to a function's own labels go by. */
const SECTION_SYMBOL = 1

function planRelocations(text: TextSection, { indices }: SymbolPlan): readonly Rela[] {
  const relocations: Rela[] = []
  for (const { function: each, offset: start } of text.functions) {
    const own = new Map(each.code.symbols.map((symbol) => [symbol.name, symbol.offset]))
    for (const { offset, kind, symbol, addend } of each.code.relocations) {
      const local = own.get(symbol)
      relocations.push({
        offset: start + offset,
        type:
          kind === 'abs64'
            ? elf.R_X86_64_64
            : isTransfer(each, offset)
              ? elf.R_X86_64_PLT32
              : elf.R_X86_64_PC32,
        symbol: local === undefined ? indices.get(symbol)! : SECTION_SYMBOL,
        addend: local === undefined ? addend : start + local + addend,
      })
    }
  }
  return relocations
}

/** Calls and jumps may go by way of a procedure linkage table, data may not. */
function isTransfer({ code }: ExportedFunction, field: number): boolean {
  const inst = code.instructions.find(({ offset, length }) => offset <= field && field < offset + length)
  return inst !== undefined && inst.inst.form.control !== 'next'
}

/**
 * An ELF64 object with each function as a global symbol in .text, and no executable stack.
 * @throws RangeError for names that are no distinct C identifiers.
 */
export function objectFile(functions: readonly ExportedFunction[]): Uint8Array {
  checkExports(functions)
  const text = layOutText(functions)
  const strings = new elf.StringTable()
  const plan = planSymbols(text, strings)
  const relocations = planRelocations(text, plan)

  const out = new ByteWriter().bytes(new Uint8Array(elf.HEADER_BYTES))
  const sections: elf.Section[] = []
  const add = (name: string, type: number, bytes: Uint8Array, more: Partial<elf.Section>): void => {
    out.align(more.alignment ?? 1)
    sections.push(elf.plainSection(name, type, { offset: out.length, size: bytes.length, ...more }))
    out.bytes(bytes)
  }
  const flags = elf.SHF_ALLOC | elf.SHF_EXECINSTR
  add('.text', elf.SHT_PROGBITS, text.bytes, { flags, alignment: text.alignment })
  const symbolSection = relocations.length > 0 ? TEXT + 2 : TEXT + 1
  if (relocations.length > 0) {
    const table = new ByteWriter()
    for (const { offset, type, symbol, addend } of relocations) {
      table.u64(offset).u32(type).u32(symbol).u64(addend)
    }
    add('.rela.text', elf.SHT_RELA, table.finish(), {
      flags: elf.SHF_INFO_LINK,
      link: symbolSection,
      info: TEXT,
      alignment: 8,
      entryBytes: elf.RELA_BYTES,
    })
  }
  add('.symtab', elf.SHT_SYMTAB, elf.symbolTable(plan.symbols), {
    link: symbolSection + 1,
    info: plan.firstGlobal,
    alignment: 8,
    entryBytes: elf.SYMBOL_BYTES,
  })
  add('.strtab', elf.SHT_STRTAB, strings.finish(), {})
  add('.note.GNU-stack', elf.SHT_PROGBITS, new Uint8Array(0), {})
  return elf.finishFile(out, elf.ET_REL, [], sections)
}
