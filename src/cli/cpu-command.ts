/** `tilewright cpu`: what this CPU is, can do, and how fast it multiplies. */

import { samplePeak } from '../measure/fma-peak.ts'
import { TARGET_NAMES, targetNamed } from '../microkernel/targets/index.ts'
import { cpuFeatures } from '../runtime/features.ts'
import { readArguments } from './arguments.ts'
import { strong } from './terminal.ts'

export const CPU_HELP = `tilewright cpu [--json]

Prints this CPU's features, caches and targets, and its measured FMA peak on one core.
`

const size = (bytes: number): string =>
  bytes >= 1 << 20 ? `${bytes / (1 << 20)} MiB` : `${bytes / 1024} KiB`

export function cpuCommand(args: readonly string[]): void {
  const { values } = readArguments(args, { json: { type: 'boolean' } })
  const cpu = cpuFeatures()
  const targets = TARGET_NAMES.filter((name) => targetNamed(name).features.every((f) => cpu.features.has(f)))
  const peaks = targets.flatMap((name) =>
    (['f32', 'f64'] as const).map((type) => {
      const samples = Array.from({ length: 9 }, () => samplePeak(targetNamed(name).vector, type)).sort(
        (a, b) => a - b,
      )
      return { target: name, type, gflops: samples[4]!, min: samples[0]!, max: samples[8]! }
    }),
  )
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
    console.log(`  ${name.padEnd(8)} ${missing.length === 0 ? 'runs here' : `lacks ${missing.join(', ')}`}`)
  }
  console.log(strong('measured FMA peak, one core (median of 9, least and most)'))
  for (const { target, type, gflops, min, max } of peaks) {
    console.log(
      `  ${target.padEnd(8)} ${type}  ${gflops.toFixed(1)} GFLOP/s  (${min.toFixed(1)} … ${max.toFixed(1)})`,
    )
  }
  console.log(strong('features'))
  const names = [...cpu.features].sort()
  for (let i = 0; i < names.length; i += 8) console.log(`  ${names.slice(i, i + 8).join(' ')}`)
}
