/** `tilewright cpu`: what this CPU is, can do, and how fast it multiplies. */

import { sampleProductPeak } from '../gemm/peak.ts'
import { bestTarget, TARGET_NAMES, type TargetName, targetNamed } from '../microkernel/targets/index.ts'
import { cpuFeatures } from '../runtime/features.ts'
import { PRODUCT_TYPES, type ProductType } from '../schedule/product-type.ts'
import { readArguments } from './arguments.ts'
import { TYPE_NAMES } from './product-options.ts'
import { strong } from './terminal.ts'

export const CPU_HELP = `tilewright cpu [--json]

Prints this CPU's features, caches and targets, and its measured peak on one core for each type of product.
`

/** Targets named after vectors, not after a type's instruction: the others' f32 is theirs. */
const isPlain = (name: TargetName): boolean => name === 'avx512' || name === 'avx2'

const size = (bytes: number): string =>
  bytes >= 1 << 20 ? `${bytes / (1 << 20)} MiB` : `${bytes / 1024} KiB`

export function cpuCommand(args: readonly string[]): void {
  const { values } = readArguments(args, { json: { type: 'boolean' } })
  const cpu = cpuFeatures()
  const targets = TARGET_NAMES.filter((name) => targetNamed(name).features.every((f) => cpu.features.has(f)))
  // f32 and f64 on the vectors that are their own, all other types where they are computed here.
  const measured = TYPE_NAMES.flatMap((type): readonly (readonly [TargetName, ProductType])[] => {
    const best = bestTarget(cpu.features, type)
    const names = type === 'f32' || type === 'f64' ? targets.filter(isPlain) : best === null ? [] : [best]
    return names.map((name) => [name, type])
  })
  const peaks = measured.map(([target, type]) => {
    const samples = Array.from({ length: 9 }, () => sampleProductPeak(target, type)).sort((a, b) => a - b)
    return { target, type, gflops: samples[4]!, min: samples[0]!, max: samples[8]! }
  })
  if (values.json === true) {
    console.log(JSON.stringify({ ...cpu, features: [...cpu.features].sort(), targets, peaks }, null, 2))
    return
  }
  console.log(strong(cpu.brand))
  console.log(`  ${cpu.vendor}, family ${cpu.family}, model ${cpu.model}, stepping ${cpu.stepping}`)
  for (const { level, kind, bytes, ways, lineBytes } of cpu.caches) {
    console.log(`  L${level} ${kind}: ${size(bytes)}, ${ways} ways, lines of ${lineBytes} bytes`)
  }
  if (cpu.tlbEntries !== null) console.log(`  first-level data TLB: ${cpu.tlbEntries} pages of 4 KiB`)
  console.log(strong('targets'))
  for (const name of TARGET_NAMES) {
    const missing = targetNamed(name).features.filter((f) => !cpu.features.has(f))
    console.log(`  ${name.padEnd(14)} ${missing.length === 0 ? 'runs here' : `lacks ${missing.join(', ')}`}`)
  }
  console.log(strong('measured peaks of multiply-adds, one core (median of 9, least and most)'))
  for (const { target, type, gflops, min, max } of peaks) {
    console.log(
      `  ${target.padEnd(14)} ${type.padEnd(4)}  ${gflops.toFixed(1)} ${PRODUCT_TYPES[type].sum === 's32' ? 'GOP/s' : 'GFLOP/s'}  (${min.toFixed(1)} … ${max.toFixed(1)})`,
    )
  }
  console.log(strong('features'))
  const names = [...cpu.features].sort()
  for (let i = 0; i < names.length; i += 8) console.log(`  ${names.slice(i, i + 8).join(' ')}`)
}
