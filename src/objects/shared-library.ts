/** MachineCode → ELF64 shared library that a dynamic loader takes as it is, no linker needed. */
import { ByteWriter } from './byte-writer.ts'
import * as elf from './elf.ts'
import { checkExports, type ExportedFunction } from './exported-function.ts'
import { layOutText, type PlacedFunction } from './text-section.ts'

const PAGE_BYTES = 4096
/** Section indices, in file order behind the null section. */
const SECTION = { dynsym: 2, dynstr: 3, text: 4, strtab: 7 } as const

/** Three to load, the dynamic one, and the one that says that the stack is not executable. */
const SEGMENTS = 5

export interface SharedLibraryOptions {
  /** DT_SONAME, such as `libkernels.so.1`. */
  readonly soname?: string
}

/** The hash function of the gABI (figure 5-13). */
function elfHash(name: string): number {
  let hash = 0
  for (const byte of new TextEncoder().encode(name)) {
    hash = ((hash << 4) + byte) >>> 0
    const high = hash & 0xf000_0000
    hash = (hash ^ (high >>> 24)) & ~high
  }
  return hash >>> 0
}

/** DT_HASH (gABI, figure 5-12): buckets and chains of symbol indices; symbol 0 is the null one. */
function hashTable(names: readonly string[]): Uint8Array {
  const buckets: number[] = Array(names.length).fill(0)
  const chains: number[] = Array(names.length + 1).fill(0)
  for (const [index, name] of names.entries()) {
    const bucket = elfHash(name) % buckets.length
    chains[index + 1] = buckets[bucket]!
    buckets[bucket] = index + 1
  }
  const out = new ByteWriter().u32(buckets.length).u32(chains.length)
  for (const entry of [...buckets, ...chains]) out.u32(entry)
  return out.finish()
}

/** References to a function's own labels, filled in. Anything else would need the loader to write to code. */
function linkedText(bytes: Uint8Array, functions: readonly PlacedFunction[]): Uint8Array {
  const linked = bytes.slice()
  const fields = new DataView(linked.buffer)
  const exported = new Map(functions.map((each) => [each.function.name, each.offset]))
  for (const { function: each, offset: start } of functions) {
    const own = new Map(each.code.symbols.map((symbol) => [symbol.name, start + symbol.offset]))
    for (const { offset, kind, symbol, addend } of each.code.relocations) {
      const target = own.get(symbol) ?? exported.get(symbol)
      if (kind === 'abs64' || target === undefined) {
        throw new RangeError(
          `${each.name}: a shared library takes relative references to its own symbols, ` +
            `got ${kind === 'abs64' ? 'an absolute one' : 'one'} to '${symbol}'; link the object file instead`,
        )
      }
      fields.setInt32(start + offset, target + addend - (start + offset), true)
    }
  }
  return linked
}

/** Where everything lies, in the file and relative to the load address alike. */
interface Layout {
  readonly hash: number
  readonly symbols: number
  readonly strings: number
  readonly text: number
  readonly dynamic: number
}

const up = (value: number, unit: number): number => Math.ceil(value / unit) * unit

/** Read-only tables, then code, then the dynamic section, each on pages of its own: permissions differ. */
function layOut(hashBytes: number, symbolCount: number, stringBytes: number, textBytes: number): Layout {
  const hash = up(elf.HEADER_BYTES + SEGMENTS * elf.PROGRAM_HEADER_BYTES, 8)
  const symbols = up(hash + hashBytes, 8)
  const strings = symbols + symbolCount * elf.SYMBOL_BYTES
  const text = up(strings + stringBytes, PAGE_BYTES)
  return { hash, symbols, strings, text, dynamic: up(text + textBytes, PAGE_BYTES) }
}

function dynamicSection(layout: Layout, stringBytes: number, soname: number | null): Uint8Array {
  const out = new ByteWriter()
  if (soname !== null) out.u64(elf.DT_SONAME).u64(soname)
  out.u64(elf.DT_HASH).u64(layout.hash)
  out.u64(elf.DT_STRTAB).u64(layout.strings)
  out.u64(elf.DT_SYMTAB).u64(layout.symbols)
  out.u64(elf.DT_STRSZ).u64(stringBytes)
  out.u64(elf.DT_SYMENT).u64(elf.SYMBOL_BYTES)
  return out.u64(elf.DT_NULL).u64(0).finish()
}

function segments(
  layout: Layout,
  stringBytes: number,
  textBytes: number,
  dynamicBytes: number,
): elf.Segment[] {
  const load = (flags: number, offset: number, size: number): elf.Segment => ({
    type: elf.PT_LOAD,
    flags,
    offset,
    size,
    alignment: PAGE_BYTES,
  })
  const dynamic = load(elf.PF_R | elf.PF_W, layout.dynamic, dynamicBytes)
  return [
    load(elf.PF_R, 0, layout.strings + stringBytes),
    load(elf.PF_R | elf.PF_X, layout.text, textBytes),
    dynamic,
    { ...dynamic, type: elf.PT_DYNAMIC, alignment: 8 },
    { type: elf.PT_GNU_STACK, flags: elf.PF_R | elf.PF_W, offset: 0, size: 0, alignment: 16 },
  ]
}

/**
 * An ELF64 shared library that exports each function. Headers and tables are mapped read-only, the code
 * read-execute; only the dynamic section, into which glibc's loader writes, is writable. The full symbol
 * table and section headers are there for perf, gdb and objdump.
 * @throws RangeError for names that are no distinct C identifiers, or references that need a linker.
 */
export function sharedLibrary(
  functions: readonly ExportedFunction[],
  options: SharedLibraryOptions = {},
): Uint8Array {
  checkExports(functions)
  const text = layOutText(functions)
  if (text.alignment > PAGE_BYTES) {
    throw new RangeError(`expected code aligned to at most ${PAGE_BYTES} bytes, got ${text.alignment}`)
  }
  const code = linkedText(text.bytes, text.functions)
  const names = new elf.StringTable()
  const soname = options.soname === undefined ? null : names.add(options.soname)
  const nameOffsets = functions.map(({ name }) => names.add(name))
  const strings = names.finish()
  const hash = hashTable(functions.map(({ name }) => name))
  const at = layOut(hash.length, functions.length + 1, strings.length, code.length)
  const symbols = elf.symbolTable(
    text.functions.map(({ function: each, offset }, index) => ({
      name: nameOffsets[index]!,
      binding: elf.STB_GLOBAL,
      type: elf.STT_FUNC,
      section: SECTION.text,
      value: at.text + offset,
      size: each.code.bytes.length,
    })),
  )
  const dynamic = dynamicSection(at, strings.length, soname)

  const out = new ByteWriter()
  const sections: elf.Section[] = []
  const place = (
    name: string,
    type: number,
    bytes: Uint8Array,
    offset: number,
    more: Partial<elf.Section>,
  ): void => {
    out.bytes(new Uint8Array(offset - out.length)).bytes(bytes)
    const address = (more.flags ?? 0) & elf.SHF_ALLOC ? offset : 0
    sections.push(elf.plainSection(name, type, { offset, address, size: bytes.length, ...more }))
  }
  const table = { info: 1, alignment: 8, entryBytes: elf.SYMBOL_BYTES }
  const flags = elf.SHF_ALLOC
  const executable = flags | elf.SHF_EXECINSTR
  const writable = flags | elf.SHF_WRITE
  const { dynsym: link, dynstr } = SECTION
  place('.hash', elf.SHT_HASH, hash, at.hash, { flags, link, alignment: 8, entryBytes: 4 })
  place('.dynsym', elf.SHT_DYNSYM, symbols, at.symbols, { ...table, flags, link: dynstr })
  place('.dynstr', elf.SHT_STRTAB, strings, at.strings, { flags })
  place('.text', elf.SHT_PROGBITS, code, at.text, { flags: executable, alignment: text.alignment })
  place('.dynamic', elf.SHT_DYNAMIC, dynamic, at.dynamic, {
    flags: writable,
    link: dynstr,
    alignment: 8,
    entryBytes: elf.DYNAMIC_BYTES,
  })
  place('.symtab', elf.SHT_SYMTAB, symbols, up(out.length, 8), { ...table, link: SECTION.strtab })
  place('.strtab', elf.SHT_STRTAB, strings, out.length, {})
  const loaded = segments(at, strings.length, code.length, dynamic.length)
  return elf.finishFile(out, elf.ET_DYN, loaded, sections)
}
