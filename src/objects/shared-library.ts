/** MachineCode → ELF64 shared library that a dynamic loader takes as it is, no linker needed. */
import { ByteWriter } from './byte-writer.ts'
import * as elf from './elf.ts'
import { checkExports, type ExportedFunction } from './exported-function.ts'
import { layOutText, type PlacedFunction } from './text-section.ts'

const PAGE_BYTES = 4096
/** Section indices, in file order behind the null section. */
const SECTION = { hash: 1, dynsym: 2, dynstr: 3, text: 4, dynamic: 5, symtab: 6, strtab: 7 } as const

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
  const strings = new elf.StringTable()
  const soname = options.soname === undefined ? null : strings.add(options.soname)
  const names = functions.map(({ name }) => strings.add(name))
  const stringBytes = strings.finish()

  const segmentCount = 5
  const headerBytes = elf.HEADER_BYTES + segmentCount * elf.PROGRAM_HEADER_BYTES
  const hash = hashTable(functions.map(({ name }) => name))
  const symbolCount = functions.length + 1
  const up = (value: number, unit: number): number => Math.ceil(value / unit) * unit
  const hashAt = up(headerBytes, 8)
  const symbolsAt = up(hashAt + hash.length, 8)
  const stringsAt = symbolsAt + symbolCount * elf.SYMBOL_BYTES
  const textAt = up(stringsAt + stringBytes.length, PAGE_BYTES)
  const dynamicAt = up(textAt + code.length, PAGE_BYTES)

  const symbols = elf.symbolTable(
    text.functions.map(({ function: each, offset }, index) => ({
      name: names[index]!,
      binding: elf.STB_GLOBAL,
      type: elf.STT_FUNC,
      section: SECTION.text,
      value: textAt + offset,
      size: each.code.bytes.length,
    })),
  )
  const dynamic = new ByteWriter()
  const entries: readonly (readonly [tag: number, value: number])[] = [
    ...(soname === null ? [] : ([[elf.DT_SONAME, soname]] as const)),
    [elf.DT_HASH, hashAt],
    [elf.DT_STRTAB, stringsAt],
    [elf.DT_SYMTAB, symbolsAt],
    [elf.DT_STRSZ, stringBytes.length],
    [elf.DT_SYMENT, elf.SYMBOL_BYTES],
    [elf.DT_NULL, 0],
  ]
  for (const [tag, value] of entries) dynamic.u64(tag).u64(value)
  const dynamicBytes = dynamic.finish()

  const out = new ByteWriter().bytes(new Uint8Array(headerBytes))
  const sections: elf.Section[] = []
  const place = (
    name: string,
    type: number,
    bytes: Uint8Array,
    at: number,
    more: Partial<elf.Section>,
  ): void => {
    out.bytes(new Uint8Array(at - out.length))
    const address = (more.flags ?? 0) & elf.SHF_ALLOC ? at : 0
    sections.push(elf.plainSection(name, type, { offset: at, address, size: bytes.length, ...more }))
    out.bytes(bytes)
  }
  const loaded = { flags: elf.SHF_ALLOC, alignment: 8 }
  place('.hash', elf.SHT_HASH, hash, hashAt, { ...loaded, link: SECTION.dynsym, entryBytes: 4 })
  const table = { link: SECTION.dynstr, info: 1, entryBytes: elf.SYMBOL_BYTES }
  place('.dynsym', elf.SHT_DYNSYM, symbols, symbolsAt, { ...loaded, ...table })
  place('.dynstr', elf.SHT_STRTAB, stringBytes, stringsAt, { flags: elf.SHF_ALLOC })
  const executable = elf.SHF_ALLOC | elf.SHF_EXECINSTR
  place('.text', elf.SHT_PROGBITS, code, textAt, { flags: executable, alignment: text.alignment })
  place('.dynamic', elf.SHT_DYNAMIC, dynamicBytes, dynamicAt, {
    flags: elf.SHF_ALLOC | elf.SHF_WRITE,
    link: SECTION.dynstr,
    alignment: 8,
    entryBytes: elf.DYNAMIC_BYTES,
  })
  place('.symtab', elf.SHT_SYMTAB, symbols, up(out.length, 8), {
    ...table,
    link: SECTION.strtab,
    alignment: 8,
  })
  place('.strtab', elf.SHT_STRTAB, stringBytes, out.length, {})

  const load = (flags: number, offset: number, size: number): elf.Segment => ({
    type: elf.PT_LOAD,
    flags,
    offset,
    size,
    alignment: PAGE_BYTES,
  })
  return elf.finishFile(
    out,
    elf.ET_DYN,
    [
      load(elf.PF_R, 0, stringsAt + stringBytes.length),
      load(elf.PF_R | elf.PF_X, textAt, code.length),
      load(elf.PF_R | elf.PF_W, dynamicAt, dynamicBytes.length),
      { ...load(elf.PF_R | elf.PF_W, dynamicAt, dynamicBytes.length), type: elf.PT_DYNAMIC, alignment: 8 },
      { type: elf.PT_GNU_STACK, flags: elf.PF_R | elf.PF_W, offset: 0, size: 0, alignment: 16 },
    ],
    sections,
  )
}
