/** ELF64 for x86-64: the records of the gABI (chapters 4 and 5) and the psABI's relocations. */
import { ByteWriter } from './byte-writer.ts'

export const ET_REL = 1
export const ET_DYN = 3
const EM_X86_64 = 62

export const SHT_PROGBITS = 1
export const SHT_SYMTAB = 2
export const SHT_STRTAB = 3
export const SHT_RELA = 4
export const SHT_HASH = 5
export const SHT_DYNAMIC = 6
export const SHT_DYNSYM = 11

export const SHF_WRITE = 1
export const SHF_ALLOC = 2
export const SHF_EXECINSTR = 4
export const SHF_INFO_LINK = 0x40

export const PT_LOAD = 1
export const PT_DYNAMIC = 2
export const PT_GNU_STACK = 0x6474e551
export const PF_X = 1
export const PF_W = 2
export const PF_R = 4

export const STB_LOCAL = 0
export const STB_GLOBAL = 1
export const STT_NOTYPE = 0
export const STT_FUNC = 2
export const STT_SECTION = 3

/** psABI table 4.9. */
export const R_X86_64_64 = 1
export const R_X86_64_PC32 = 2
export const R_X86_64_PLT32 = 4

export const DT_NULL = 0
export const DT_HASH = 4
export const DT_STRTAB = 5
export const DT_SYMTAB = 6
export const DT_STRSZ = 10
export const DT_SYMENT = 11
export const DT_SONAME = 14

export const HEADER_BYTES = 64
export const PROGRAM_HEADER_BYTES = 56
export const SECTION_HEADER_BYTES = 64
export const SYMBOL_BYTES = 24
export const RELA_BYTES = 24
export const DYNAMIC_BYTES = 16

/** One section, where its bytes already are in the file. */
export interface Section {
  readonly name: string
  readonly type: number
  readonly flags: number
  /** Where it is when loaded; 0 in relocatable files. */
  readonly address: number
  readonly offset: number
  readonly size: number
  readonly link: number
  readonly info: number
  readonly alignment: number
  readonly entryBytes: number
}

export interface Segment {
  readonly type: number
  readonly flags: number
  /** In the file and in memory alike. */
  readonly offset: number
  readonly size: number
  readonly alignment: number
}

export interface ElfSymbol {
  /** Offset of the name in the string table. */
  readonly name: number
  readonly binding: number
  readonly type: number
  /** Index of its section; 0 when it is undefined. */
  readonly section: number
  readonly value: number
  readonly size: number
}

/** Names, each once, behind the empty one. */
export class StringTable {
  readonly #offsets = new Map<string, number>([['', 0]])
  readonly #out = new ByteWriter().u8(0)

  /** The offset of a name, added when it is new. */
  add(name: string): number {
    const existing = this.#offsets.get(name)
    if (existing !== undefined) return existing
    const offset = this.#out.length
    this.#offsets.set(name, offset)
    this.#out.bytes(new TextEncoder().encode(name)).u8(0)
    return offset
  }

  finish(): Uint8Array {
    return this.#out.finish()
  }
}

/** Elf64_Ehdr (gABI, figure 4-3). */
export function fileHeader(
  type: number,
  segments: number,
  sectionHeaderOffset: number,
  sections: number,
  namesSection: number,
): Uint8Array {
  const out = new ByteWriter()
  // Magic, 64 bits, little-endian, version 1, System V.
  out.bytes(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0))
  out.u16(type).u16(EM_X86_64).u32(1).u64(0)
  out
    .u64(segments === 0 ? 0 : HEADER_BYTES)
    .u64(sectionHeaderOffset)
    .u32(0)
  out
    .u16(HEADER_BYTES)
    .u16(segments === 0 ? 0 : PROGRAM_HEADER_BYTES)
    .u16(segments)
  out.u16(SECTION_HEADER_BYTES).u16(sections).u16(namesSection)
  return out.finish()
}

/** Elf64_Phdr (gABI, figure 5-1). */
export function programHeader({ type, flags, offset, size, alignment }: Segment): Uint8Array {
  const out = new ByteWriter().u32(type).u32(flags)
  return out.u64(offset).u64(offset).u64(offset).u64(size).u64(size).u64(alignment).finish()
}

/** Elf64_Shdr (gABI, figure 4-8). */
export function sectionHeader(section: Section, name: number): Uint8Array {
  const out = new ByteWriter().u32(name).u32(section.type).u64(section.flags)
  out.u64(section.address).u64(section.offset).u64(section.size).u32(section.link).u32(section.info)
  return out.u64(section.alignment).u64(section.entryBytes).finish()
}

/** Elf64_Sym (gABI, figure 4-16). Locals must come before globals. */
export function symbolTable(symbols: readonly ElfSymbol[]): Uint8Array {
  const out = new ByteWriter().bytes(new Uint8Array(SYMBOL_BYTES))
  for (const { name, binding, type, section, value, size } of symbols) {
    out
      .u32(name)
      .u8((binding << 4) | type)
      .u8(0)
      .u16(section)
      .u64(value)
      .u64(size)
  }
  return out.finish()
}

/**
 * Ends a file whose contents are in `out`, with room for the header: adds section names and headers, and
 * writes the file header over the start.
 */
export function finishFile(
  out: ByteWriter,
  type: number,
  segments: readonly Segment[],
  sections: readonly Section[],
): Uint8Array {
  const names = new StringTable()
  const offsets = [...sections, { name: '.shstrtab' }].map(({ name }) => names.add(name))
  const nameBytes = names.finish()
  const all: Section[] = [
    ...sections,
    plainSection('.shstrtab', SHT_STRTAB, { offset: out.length, size: nameBytes.length }),
  ]
  out.bytes(nameBytes).align(8)
  const headersAt = out.length
  out.bytes(new Uint8Array(SECTION_HEADER_BYTES))
  for (const [index, section] of all.entries()) out.bytes(sectionHeader(section, offsets[index]!))
  const file = out.finish()
  file.set(fileHeader(type, segments.length, headersAt, all.length + 1, all.length))
  for (const [index, segment] of segments.entries()) {
    file.set(programHeader(segment), HEADER_BYTES + index * PROGRAM_HEADER_BYTES)
  }
  return file
}

/** A section with the usual zeros where nothing is said. */
export function plainSection(name: string, type: number, more: Partial<Section>): Section {
  const usual = { flags: 0, address: 0, offset: 0, size: 0, link: 0, info: 0, alignment: 1, entryBytes: 0 }
  return { name, type, ...usual, ...more }
}
