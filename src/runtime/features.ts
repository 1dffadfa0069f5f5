/** What this CPU is and can do: vendor, instruction features, caches, time-stamp counter. */
import { type CpuidResult, type CpuidSource, nativeCpuid } from './cpuid.ts'
import { FEATURE_BITS, STATE_BITS } from './feature-bits.ts'

/** One cache of the hierarchy, as seen by one core. */
export interface Cache {
  readonly level: number
  readonly kind: 'data' | 'instruction' | 'unified'
  readonly bytes: number
  readonly ways: number
  readonly sets: number
  readonly lineBytes: number
  /** Logical processors that may share it. */
  readonly sharedBy: number
}

export interface TimeStampCounter {
  /** Ticks at one rate in every power state; what makes ticks a clock. */
  readonly invariant: boolean
  /** Ticks a second where CPUID states them, else null: then measure. */
  readonly hertz: number | null
}

export interface CpuFeatures {
  /** `GenuineIntel`, `AuthenticAMD`, … */
  readonly vendor: string
  /** The processor's name. */
  readonly brand: string
  readonly family: number
  readonly model: number
  readonly stepping: number
  /** True when CPUID admits to a hypervisor. */
  readonly hypervisor: boolean
  /** Usable features, named as in the instruction tables: present, and their registers saved by the system. */
  readonly features: ReadonlySet<string>
  /** XCR0; 0 without OSXSAVE. */
  readonly xcr0: number
  /** By level, data before instruction. */
  readonly caches: readonly Cache[]
  /** Pages of 4 KiB that the first-level data TLB translates; null where CPUID does not say. */
  readonly tlbEntries: number | null
  readonly tsc: TimeStampCounter
}

const EXTENDED = 0x8000_0000

function text(...words: readonly number[]): string {
  const bytes = words.flatMap((word) =>
    [word, word >>> 8, word >>> 16, word >>> 24].map((byte) => byte & 0xff),
  )
  return String.fromCharCode(...bytes.filter((byte) => byte !== 0)).trim()
}

/** Reads every fact from one CPUID; pure, so that recordings of other CPUs can be described too. */
export function describeCpu(source: CpuidSource): CpuFeatures {
  const basic = source.leaf(0, 0)
  const lastBasic = basic.eax
  const lastExtended = source.leaf(EXTENDED, 0).eax
  const none: CpuidResult = { eax: 0, ebx: 0, ecx: 0, edx: 0 }
  // Each leaf once: under a hypervisor every CPUID is an exit of some microseconds.
  const seen = new Map<string, CpuidResult>()
  const read = (leaf: number, subleaf = 0): CpuidResult => {
    if (leaf > (leaf >= EXTENDED ? lastExtended : lastBasic)) return none
    const key = `${leaf}:${subleaf}`
    const result = seen.get(key) ?? source.leaf(leaf, subleaf)
    seen.set(key, result)
    return result
  }

  const vendor = text(basic.ebx, basic.edx, basic.ecx)
  const version = read(1)
  const xcr0 = version.ecx & (1 << 27) ? source.xcr0() : 0
  return {
    vendor,
    brand: brandOf(read) || vendor,
    ...signature(version.eax),
    hypervisor: version.ecx >>> 31 === 1,
    features: featuresOf(read, xcr0),
    xcr0,
    caches: cachesOf(read, vendor),
    tlbEntries: tlbOf(read, vendor),
    tsc: tscOf(read, version.ecx >>> 31 === 1 ? source.leaf(0x4000_0000, 0) : none, source),
  }
}

type Read = (leaf: number, subleaf?: number) => CpuidResult

function brandOf(read: Read): string {
  const leaves = [0x8000_0002, 0x8000_0003, 0x8000_0004].map((leaf) => read(leaf))
  return text(...leaves.flatMap(({ eax, ebx, ecx, edx }) => [eax, ebx, ecx, edx])).replace(/\s+/g, ' ')
}

/** SDM 2A, CPUID leaf 1: the extended fields count from family 15 (model: also family 6) on. */
function signature(eax: number): Pick<CpuFeatures, 'family' | 'model' | 'stepping'> {
  const family = (eax >>> 8) & 15
  const model = (eax >>> 4) & 15
  return {
    family: family === 15 ? family + ((eax >>> 20) & 0xff) : family,
    model: family === 15 || family === 6 ? model + ((eax >>> 12) & 0xf0) : model,
    stepping: eax & 15,
  }
}

function featuresOf(read: Read, xcr0: number): ReadonlySet<string> {
  const features = new Set<string>()
  const lastSubleaf7 = read(7).eax
  for (const [name, leaf, subleaf, register, bit, state] of FEATURE_BITS) {
    if (leaf === 7 && subleaf > lastSubleaf7) continue
    const present = (read(leaf, subleaf)[register] >>> bit) & 1
    if (present === 1 && (xcr0 & STATE_BITS[state]) === STATE_BITS[state]) features.add(name)
  }
  // Leaf 24H: AVX10 by version number, each containing the ones before.
  if ((read(7, 1).edx >>> 19) & 1 && lastSubleaf7 >= 1 && (xcr0 & STATE_BITS.zmm) === STATE_BITS.zmm) {
    const version = read(0x24).ebx & 0xff
    for (let each = 1; each <= version; each++) features.add(`AVX10_${each}`)
  }
  return features
}

const isAmd = (vendor: string): boolean => vendor === 'AuthenticAMD' || vendor === 'HygonGenuine'

/** AMD APM 3, Fn8000_0005 EBX; SDM 2A, leaf 18H: a data or load TLB of the first level that takes 4 KiB pages. */
function tlbOf(read: Read, vendor: string): number | null {
  const entries = (): number => {
    if (isAmd(vendor)) return (read(0x8000_0005).ebx >>> 16) & 0xff
    const last = read(0x18).eax
    for (let subleaf = 0; subleaf <= Math.min(last, 15); subleaf++) {
      const { ebx, ecx, edx } = read(0x18, subleaf)
      const kind = edx & 31
      const level = (edx >>> 5) & 7
      if ((kind === 1 || kind === 4) && level === 1 && (ebx & 1) === 1) return (ebx >>> 16) * ecx
    }
    return 0
  }
  return entries() || null
}

/** SDM 2A, leaf 4; AMD APM 3, Fn8000_001D (the same layout). An end marker has type 0. */
function cachesOf(read: Read, vendor: string): readonly Cache[] {
  const amd = isAmd(vendor)
  const caches: Cache[] = []
  for (let subleaf = 0; subleaf < 16; subleaf++) {
    const { eax, ebx, ecx } = read(amd ? 0x8000_001d : 4, subleaf)
    const kind = ([null, 'data', 'instruction', 'unified'] as const)[eax & 31] ?? null
    if (kind === null) break
    const lineBytes = (ebx & 0xfff) + 1
    const partitions = ((ebx >>> 12) & 0x3ff) + 1
    const ways = (ebx >>> 22) + 1
    const sets = ecx + 1
    const sharedBy = ((eax >>> 14) & 0xfff) + 1
    const bytes = ways * partitions * lineBytes * sets
    caches.push({ level: (eax >>> 5) & 7, kind, bytes, ways, sets, lineBytes, sharedBy })
  }
  return caches.sort((a, b) => a.level - b.level || (a.kind < b.kind ? -1 : 1))
}

/** Leaf 15H states the ratio to a crystal; hypervisors state kHz in leaf 4000_0010H. */
function tscOf(read: Read, hypervisor: CpuidResult, source: CpuidSource): TimeStampCounter {
  const invariant = ((read(0x8000_0007).edx >>> 8) & 1) === 1
  const { eax: denominator, ebx: numerator, ecx: crystalHertz } = read(0x15)
  if (denominator !== 0 && numerator !== 0 && crystalHertz !== 0) {
    return { invariant, hertz: (crystalHertz * numerator) / denominator }
  }
  if (hypervisor.eax >= 0x4000_0010) {
    const kiloHertz = source.leaf(0x4000_0010, 0).eax
    if (kiloHertz !== 0) return { invariant, hertz: kiloHertz * 1000 }
  }
  return { invariant, hertz: null }
}

let native: CpuFeatures | undefined

/**
 * This CPU, read once a thread.
 * @throws HostError off linux-x64 or without a foreign-function library.
 */
export function cpuFeatures(): CpuFeatures {
  if (native === undefined) {
    const source = nativeCpuid()
    try {
      native = describeCpu(source)
    } finally {
      source.close()
    }
  }
  return native
}
