/** What the comparison prints for people: who took part, the figures, what limits them, and what is missing. */
import { cpus } from 'node:os'
import { PRODUCT_TYPES } from '../../src/schedule/product-type.ts'
import { BANDWIDTH } from '../contenders/bandwidth.ts'
import { isOwn, OURS } from '../contenders/registry.ts'
import type { Arena } from './arena.ts'
import type { Measurement, ShapeResult } from './rounds.ts'
import type { RunOptions } from './rows.ts'
import { showShape } from './shapes.ts'
import { type Cell, short, tableLines } from './table.ts'

export interface ReportInput {
  readonly arena: Arena
  readonly results: readonly ShapeResult[]
  readonly options: RunOptions
  readonly cpu: string
  /** Load average when the run began: what else was computing. */
  readonly load: number
  /** Variables of the caller's that the contenders did not see. */
  readonly leftOut: readonly string[]
}

export function reportLines(input: ReportInput): readonly string[] {
  const { results, options, leftOut, cpu } = input
  return [
    `${cpu}`,
    settingLine(options),
    ...participants(input),
    ...(leftOut.length === 0 ? [] : [`hidden from the contenders: ${leftOut.join(', ')}`]),
    '',
    ...comparison(results, options),
    ...ourCosts(results),
    ...memoryLimits(results, options),
    ...notes(input),
  ]
}

function settingLine(options: RunOptions): string {
  const { type, target, threads, transA, transB, coldBytes, alignment, rounds } = options
  const transposed = [transA ? 'Aᵀ' : '', transB ? 'Bᵀ' : ''].filter((name) => name !== '')
  return [
    `${type}, ${target}, ${threads} thread${threads === 1 ? '' : 's'}`,
    ...(transposed.length === 0 ? [] : [`with ${transposed.join(' and ')}`]),
    coldBytes === 0
      ? 'warm: the same operands again and again'
      : `cold: operands in turn from ${Math.round(coldBytes / 2 ** 20)} MiB or more`,
    `operands on ${alignment}-byte boundaries`,
    `medians of ${rounds} rounds (± half the range)`,
  ].join('; ')
}

function participants({ arena, results }: ReportInput): string[] {
  const measured = results.flatMap(({ measurements }) => measurements)
  return arena.contenders.flatMap(({ name, version, kernels }) => {
    const mine = measured.filter(({ contender }) => contender === name)
    if (name === BANDWIDTH && mine.length === 0) return []
    const packed = mine.some((measurement) => measurement.packed) ? ', B packed beforehand' : ''
    const timing = mine.some((measurement) => measurement.timing === 'javascript') ? ', from JavaScript' : ''
    return [`  ${name} ${version} (${kernels})${packed}${timing}`]
  })
}

/** GFLOP/s, percent of peak and half the range; a result that was wrong is marked, and no figure counts then. */
function figure(measurement: Measurement | undefined): Cell {
  if (measurement === undefined) return '–'
  const { gflops, percentOfPeak, verified } = measurement
  if (!verified) return 'WRONG'
  const spread = (50 * (gflops.max - gflops.min)) / gflops.median
  return `${short(gflops.median)} ${percentOfPeak.toFixed(1).padStart(5)} % ±${spread.toFixed(1)}`
}

const named = (result: ShapeResult, name: string): Measurement | undefined =>
  result.measurements.find(({ contender }) => contender === name)

/** Ours over the best peer's, as percents of the peak of their own rounds. */
function ahead(result: ShapeResult): Cell {
  const ours = named(result, OURS)
  const peers = result.measurements.filter(({ contender, verified }) => !isOwn(contender) && verified)
  if (ours === undefined || peers.length === 0) return ''
  return `${(ours.percentOfPeak / Math.max(...peers.map(({ percentOfPeak }) => percentOfPeak))).toFixed(3)}×`
}

/** Columns of contenders that fit beside each other; each further table starts with ours again. */
const MOST_COLUMNS = 6

/** All names in as many tables as they need. */
function inTables(names: readonly string[]): readonly (readonly string[])[] {
  const [first, ...others] = names
  const each = MOST_COLUMNS - 1
  const tables = Array.from({ length: Math.max(1, Math.ceil(others.length / each)) }, (_, index) =>
    others.slice(index * each, (index + 1) * each),
  )
  return tables.map((table) => [...(first === undefined ? [] : [first]), ...table])
}

function comparison(results: readonly ShapeResult[], options: RunOptions): string[] {
  const names = namesIn(results).filter((name) => name !== BANDWIDTH)
  return inTables(names).flatMap((table, index, { length }) =>
    comparisonTable(results, options, table, index === length - 1),
  )
}

function comparisonTable(
  results: readonly ShapeResult[],
  { type }: RunOptions,
  names: readonly string[],
  last: boolean,
): string[] {
  const peak = (result: ShapeResult): Cell => short(result.measurements[0]?.peakGflops ?? Number.NaN)
  const unit = PRODUCT_TYPES[type].sum === 's32' ? 'GOP/s' : 'GFLOP/s'
  const isFma = type === 'f32' || type === 'f64'
  const compared = last && names.includes(OURS) && !names.every(isOwn)
  const header = [
    `${type} ${unit}`,
    isFma ? 'FMA peak' : 'peak',
    ...names,
    ...(compared ? [`${OURS} : best peer`] : []),
  ]
  const rows = results.map((result) => [
    showShape(result.shape),
    peak(result),
    ...names.map((name) => figure(named(result, name))),
    ...(compared ? [ahead(result)] : []),
  ])
  return [...tableLines(header, rows), '']
}

function ourCosts(results: readonly ShapeResult[]): string[] {
  const rows = results.flatMap((result) => {
    const ours = named(result, OURS)
    const { fromJavaScript, compileMicroseconds } = ours ?? {}
    if (ours === undefined || fromJavaScript == null) return []
    return [
      [
        showShape(result.shape),
        microseconds(ours.nanoseconds.median),
        short(fromJavaScript.gflops.median),
        `${fromJavaScript.percentOfKernel.toFixed(1)} %`,
        // Beyond some microseconds the difference of two such times says nothing about a call.
        ours.nanoseconds.median * result.shape.batch < 20e3 ? fromJavaScript.callNanoseconds.toFixed(0) : '',
        compileMicroseconds == null ? '' : compileMicroseconds.toFixed(0),
      ],
    ]
  })
  if (rows.length === 0) return []
  const header = [
    OURS,
    'kernel time µs',
    'GFLOP/s from JavaScript',
    'of kernel time',
    'call ns',
    'compile µs (warm)',
  ]
  return [...tableLines(header, rows), '']
}

function microseconds(nanoseconds: number): Cell {
  return nanoseconds < 1e3 ? (nanoseconds / 1e3).toFixed(4) : short(nanoseconds / 1e3)
}

function memoryLimits(results: readonly ShapeResult[], { coldBytes }: RunOptions): string[] {
  const limited = results.filter((result) => named(result, BANDWIDTH) !== undefined)
  if (limited.length === 0) return []
  const names = namesIn(limited).filter((name) => name !== BANDWIDTH)
  const state = coldBytes === 0 ? 'warm' : 'cold'
  const rate = (result: ShapeResult, name: string): Cell => {
    const memory = named(result, name)?.memory
    if (memory == null) return '–'
    return `${memory.gigabytesPerSecond.toFixed(1)} ${memory.percentOfBandwidth.toFixed(1).padStart(5)} %`
  }
  return inTables(names).flatMap((table) => {
    const rows = limited.map((result) => [
      showShape(result.shape),
      named(result, BANDWIDTH)!.memory!.gigabytesPerSecond.toFixed(1),
      ...table.map((name) => rate(result, name)),
    ])
    return [...tableLines([`GB/s of A and B, ${state}`, 'read alone', ...table], rows), '']
  })
}

function namesIn(results: readonly ShapeResult[]): readonly string[] {
  return [...new Set(results.flatMap(({ measurements }) => measurements.map(({ contender }) => contender)))]
}

function notes({ arena, results, load, options }: ReportInput): string[] {
  const { a, b } = PRODUCT_TYPES[options.type]
  const isUnsigned = a === 'u8' || b === 'u8'
  const lines = [
    ...busyLines(results, load),
    ...(isUnsigned ? ['u8 elements are 0 … 127: for larger ones some AVX2 kernels of peers saturate'] : []),
    ...missingLines(arena),
  ]
  const declined = new Map<string, string[]>()
  for (const result of results) {
    for (const { contender, reason } of result.declined) {
      if (contender === BANDWIDTH) continue
      const key = `${contender}: ${reason}`
      declined.set(key, [...(declined.get(key) ?? []), showShape(result.shape)])
    }
  }
  for (const [why, shapes] of declined) {
    lines.push(`${why} (${shapes.length === results.length ? 'every shape' : shapes.join(', ')})`)
  }
  return lines
}

/** A load from which on other processes are likely to have had a core, or a cache, at the same time. */
const NOTABLE_LOAD = 0.7

/** Other processes that take the core away spoil figures beyond what can be taken out of them. */
function busyLines(results: readonly ShapeResult[], load: number): string[] {
  const loaded =
    load < NOTABLE_LOAD
      ? []
      : [`the machine was busy: its load was ${load.toFixed(1)} on ${cpus().length} CPUs at the start`]
  const measurements = results.flatMap((result) => result.measurements)
  const disturbed = measurements.filter(({ presence }) => presence < 1).length
  if (disturbed === 0) return loaded
  return [
    ...loaded,
    `${disturbed} of ${measurements.length} figures come from samples that had to share their core`,
  ]
}

/** Who is missing, why, and how to install it. */
export function missingLines({ missing }: Arena): string[] {
  return missing.map(
    ({ name, reason, install }) => `without ${name}: ${reason}${install === '' ? '' : `; ${install}`}`,
  )
}
