/** CPU features: this CPU against /proc/cpuinfo, and recordings of others. */
import { existsSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { forms } from '../src/encoder/forms.ts'
import { FEATURE_BITS, STATE_BITS } from '../src/runtime/feature-bits.ts'
import { type CpuidResult, cpuFeatures, describeCpu, nativeCpuid } from '../src/runtime/index.ts'
import { NATIVE } from './native-support.ts'
import { skip } from './skips.ts'

const features = suite('runtime features')

/** Linux's names where they differ by more than case. */
const LINUX_NAMES: Readonly<Record<string, string>> = {
  SSE3: 'pni',
  CLFSH: 'clflush',
  SHA: 'sha_ni',
  LAHF_SAHF: 'lahf_lm',
  LZCNT: 'abm',
  PREFETCHW: '3dnowprefetch',
  AVX512_IFMA: 'avx512ifma',
  AVX512_VBMI: 'avx512vbmi',
}
/** Linux has no word for these, or does not show them (OSXSAVE is shown by newer kernels only). */
const UNSHOWN = new Set(
  'OSXSAVE PREFETCHWT1 MOVRS AVX_VNNI_INT8 AVX_VNNI_INT16 AVX_NE_CONVERT AVX_IFMA CMPCCXADD RAO_INT'.split(
    ' ',
  ),
)

const cpuinfo = NATIVE && existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : null

function test(name: string, body: () => void | Promise<void>): void {
  if (NATIVE) features(name, body)
  else skip('native code needs linux-x64')
}

test('what this CPU has is what Linux says', () => {
  if (cpuinfo === null) return skip('/proc/cpuinfo is missing')
  const flags = new Set(/^flags\s*:\s*(.*)$/m.exec(cpuinfo)?.[1]?.split(' '))
  const wrong: string[] = []
  for (const [name] of FEATURE_BITS) {
    if (UNSHOWN.has(name)) continue
    const linux = LINUX_NAMES[name] ?? name.toLowerCase()
    // Only one way: a feature may be too young for this kernel to name.
    if (flags.has(linux) && !cpuFeatures().features.has(name)) wrong.push(name)
  }
  assert.equal(wrong, [])
  for (const name of ['AVX', 'AVX2', 'FMA', 'AVX512F', 'AVX512VL', 'BMI2', 'SSE4_2', 'SSSE3', 'AMX_TILE']) {
    const linux = LINUX_NAMES[name] ?? name.toLowerCase()
    assert.is(cpuFeatures().features.has(name), flags.has(linux), name)
  }
})

test('vendor, signature and brand are what Linux says', () => {
  if (cpuinfo === null) return skip('/proc/cpuinfo is missing')
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}\\s*: (.*)$`, 'm').exec(cpuinfo)?.[1]?.trim()
  const cpu = cpuFeatures()
  assert.is(cpu.vendor, field('vendor_id'))
  assert.is(cpu.brand, field('model name')?.replace(/\s+/g, ' '))
  assert.is(cpu.family, Number(field('cpu family')))
  assert.is(cpu.model, Number(field('model')))
  assert.is(cpu.stepping, Number(field('stepping')))
  assert.is(cpuFeatures(), cpu)
})

test('caches are what Linux says', () => {
  const base = '/sys/devices/system/cpu/cpu0/cache'
  if (!existsSync(`${base}/index0/size`)) return skip('/sys does not describe caches')
  const read = (index: number, name: string): string =>
    readFileSync(`${base}/index${index}/${name}`, 'utf8').trim()
  for (const [index, cache] of cpuFeatures().caches.entries()) {
    if (!existsSync(`${base}/index${index}/size`)) continue
    assert.is(cache.level, Number(read(index, 'level')))
    assert.is(cache.kind, read(index, 'type').toLowerCase())
    assert.is(cache.bytes, Number.parseInt(read(index, 'size'), 10) * 1024)
    assert.is(cache.lineBytes, Number(read(index, 'coherency_line_size')))
    assert.is(cache.ways, Number(read(index, 'ways_of_associativity')))
    assert.is(cache.sets, Number(read(index, 'number_of_sets')))
  }
})

test('the stub can be asked for any leaf', () => {
  const cpuid = nativeCpuid()
  const { ebx, ecx, edx } = cpuid.leaf(0, 0)
  const name = Buffer.from(Uint32Array.of(ebx, edx, ecx).buffer).toString('latin1')
  assert.is(name.replaceAll('\0', '').trim(), cpuFeatures().vendor)
  cpuid.close()
})

features('every feature of the instruction tables is known', () => {
  // AVX10 is a version number; system management and TDX modules are not CPUID's to tell; PadLock is VIA's own leaf.
  const elsewhere = ['AVX10_1', 'AVX10_2', 'SMM', 'TDX', 'PADLOCK']
  const known = new Set<string>([...FEATURE_BITS.map(([name]) => name), ...elsewhere])
  const unknown = new Set(forms().flatMap((form) => form.features.filter((name) => !known.has(name))))
  assert.equal([...unknown], [])
})

features('no feature bit is stated twice', () => {
  const places = FEATURE_BITS.map(([, ...place]) => place.slice(0, 4).join(' '))
  assert.is(new Set(places).size, places.length)
  assert.is(new Set(FEATURE_BITS.map(([name]) => name)).size, FEATURE_BITS.length)
})

const NOTHING: CpuidResult = { eax: 0, ebx: 0, ecx: 0, edx: 0 }
const word = (text: string): number => Buffer.from(text).readUInt32LE()

/** A CPU that has every feature of the table, with the given XCR0. */
function everything(xcr0: number, leaves: Readonly<Record<string, CpuidResult>> = {}) {
  return describeCpu({
    xcr0: () => xcr0,
    leaf: (leaf, subleaf) => {
      const special = leaves[`${leaf.toString(16)}:${subleaf}`]
      if (special !== undefined) return special
      if (leaf === 0) return { eax: 0x24, ebx: word('Genu'), edx: word('ineI'), ecx: word('ntel') }
      if (leaf === 0x8000_0000) return { ...NOTHING, eax: 0x8000_001f }
      const result = { ...NOTHING }
      for (const [, its, sub, register, bit] of FEATURE_BITS) {
        if (its === leaf && sub === subleaf) result[register] = (result[register] | (1 << bit)) >>> 0
      }
      if (leaf === 7 && subleaf === 0) result.eax = 2
      return result
    },
  })
}

features('a feature counts only when the system saves its registers', () => {
  const all = 0x2 | STATE_BITS.zmm | STATE_BITS.tile | STATE_BITS.apx
  const names = (xcr0: number): ReadonlySet<string> => everything(xcr0).features
  for (const [name] of FEATURE_BITS) assert.ok(names(all).has(name), name)
  const noTiles = names(all & ~0x40000)
  assert.not(noTiles.has('AMX_TILE'))
  assert.ok(noTiles.has('AVX512F'))
  for (const missing of [0x20, 0x40, 0x80]) {
    const noZmm = names(all & ~missing)
    assert.not(noZmm.has('AVX512F'))
    assert.not(noZmm.has('AVX512VL'))
    assert.ok(noZmm.has('AVX2'))
  }
  const noYmm = names(all & ~4)
  assert.not(noYmm.has('AVX'))
  assert.not(noYmm.has('FMA'))
  assert.not(noYmm.has('AVX512F'))
  assert.ok(noYmm.has('SSE4_2'))
  assert.ok(noYmm.has('BMI2'))
  assert.not(names(all & ~0x80000).has('APX_F'))
})

features('without OSXSAVE no state is enabled', () => {
  const version = { ...NOTHING, ecx: (1 << 28) | (1 << 20), edx: 1 << 26 }
  const cpu = everything(0xe7, { '1:0': version })
  assert.is(cpu.xcr0, 0)
  assert.not(cpu.features.has('AVX'))
  assert.not(cpu.features.has('AVX512F'))
  assert.ok(cpu.features.has('SSE4_2'))
})

features('AVX10 versions contain the ones before', () => {
  const leaves = {
    '7:1': { ...NOTHING, edx: 1 << 19 },
    '24:0': { ...NOTHING, ebx: 2 | (7 << 16) },
  }
  assert.ok(everything(0xe7, leaves).features.has('AVX10_1'))
  assert.ok(everything(0xe7, leaves).features.has('AVX10_2'))
  assert.not(everything(0x7, leaves).features.has('AVX10_1'))
})

features('families and models count as the manuals say', () => {
  const signed = (eax: number) => everything(7, { '1:0': { ...NOTHING, eax } })
  const intel = signed(0x000c06f2) // Emerald Rapids
  assert.equal([intel.family, intel.model, intel.stepping], [6, 0xcf, 2])
  const amd = signed(0x00b20f21) // Zen 5
  assert.equal([amd.family, amd.model, amd.stepping], [26, 0x22, 1])
  const old = signed(0x00000543)
  assert.equal([old.family, old.model, old.stepping], [5, 4, 3])
})

features('Intel caches and clocks are read from leaves 4 and 15H', () => {
  const leaf4 = (type: number, level: number, ways: number, sets: number): CpuidResult => ({
    eax: type | (level << 5) | (1 << 14),
    ebx: 63 | ((ways - 1) << 22),
    ecx: sets - 1,
    edx: 0,
  })
  const cpu = everything(7, {
    '4:0': leaf4(1, 1, 12, 64),
    '4:1': leaf4(2, 1, 8, 64),
    '4:2': leaf4(3, 2, 16, 2048),
    '4:3': NOTHING,
    '15:0': { eax: 2, ebx: 208, ecx: 25_000_000, edx: 0 },
    '80000007:0': { ...NOTHING, edx: 1 << 8 },
  })
  assert.is(cpu.vendor, 'GenuineIntel')
  assert.equal(
    cpu.caches.map(({ level, kind, bytes, sharedBy }) => [level, kind, bytes, sharedBy]),
    [
      [1, 'data', 48 << 10, 2],
      [1, 'instruction', 32 << 10, 2],
      [2, 'unified', 2 << 20, 2],
    ],
  )
  assert.equal(cpu.tsc, { invariant: true, hertz: 2_600_000_000 })
})

features('a hypervisor may state the clock', () => {
  const version = { ...NOTHING, ecx: 0x8000_0000 }
  const cpu = everything(7, {
    '1:0': version,
    '15:0': NOTHING,
    '40000000:0': { ...NOTHING, eax: 0x4000_0010 },
    '40000010:0': { ...NOTHING, eax: 2_596_116 },
  })
  assert.ok(cpu.hypervisor)
  assert.is(cpu.tsc.hertz, 2_596_116_000)
  const silent = everything(7, { '1:0': version, '15:0': NOTHING, '40000000:0': NOTHING })
  assert.is(silent.tsc.hertz, null)
})

features.run()
