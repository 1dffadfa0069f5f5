/** The comparison as an SVG: GFLOP/s over size, a line for each contender, the FMA peak above. No background. */
import { BANDWIDTH } from '../contenders/bandwidth.ts'
import { OURS } from '../contenders/registry.ts'
import type { Row } from './rows.ts'
import { showShape } from './shapes.ts'

const PANEL_HEIGHT = 400
const MARGIN = { left: 62, top: 66, bottom: 52 } as const
/** Where the plot ends and the legend begins. */
const RIGHT = 624
/** Of the legend: its lines, and a character of its labels. */
const LEGEND_LINE = 52
const LEGEND_CHARACTER = 7
/** Room for slanted labels of shapes that are no cubes. */
const SLANTED_BOTTOM = 104

/** Greys and colours of middle lightness: each has a contrast of 3 and more on white and on near-black. */
const TEXT = '#6e7781'
const GRID = '#8b949e'
const OURS_COLOUR = '#d9480f'
const COLOURS = ['#2f7ed8', '#2b8a3e', '#9c5fd6', '#0c8599', '#c2255c', '#997404', '#5c7cfa', '#868e96']

/** Shapes that tell lines apart without colours, drawn around (0, 0). */
const MARKERS = [
  '<circle r="3.2"/>',
  '<rect x="-3" y="-3" width="6" height="6"/>',
  '<path d="M0 -4 L3.6 2.8 L-3.6 2.8 Z"/>',
  '<path d="M0 -4.2 L4.2 0 L0 4.2 L-4.2 0 Z"/>',
  '<path d="M0 4 L3.6 -2.8 L-3.6 -2.8 Z"/>',
  '<path d="M-4 -1.3 H-1.3 V-4 H1.3 V-1.3 H4 V1.3 H1.3 V4 H-1.3 V1.3 H-4 Z"/>',
  '<path d="M-4 -1.3 H-1.3 V-4 H1.3 V-1.3 H4 V1.3 H1.3 V4 H-1.3 V1.3 H-4 Z" transform="rotate(45)"/>',
] as const

interface Line {
  readonly name: string
  readonly label: string
  readonly colour: string
  readonly marker: string
  /** Stroke width. */
  readonly width: number
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const at = (value: number): string => value.toFixed(1)

/** The plot of some rows; a panel for each element type. */
export function plot(rows: readonly Row[], cpu: string): string {
  const drawn = rows.filter(({ contender, verified }) => contender !== BANDWIDTH && verified)
  const types = [...new Set(drawn.map(({ type }) => type))]
  const lines = linesOf(drawn)
  const panels = types.map((type) =>
    panel(
      drawn.filter((row) => row.type === type),
      lines,
      cpu,
    ),
  )
  const width = RIGHT + LEGEND_LINE + LEGEND_CHARACTER * Math.max(...lines.map(({ label }) => label.length))
  let top = 0
  const placed = panels.map(({ height, content }) => {
    const group = `<g transform="translate(0 ${top})">\n${content}\n</g>`
    top += height
    return group
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}"`,
    '  font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif" font-size="12"',
    `  fill="${TEXT}">`,
    ...placed,
    '</svg>',
    '',
  ].join('\n')
}

function linesOf(rows: readonly Row[]): readonly Line[] {
  const names = [...new Set(rows.map(({ contender }) => contender))]
  let next = 0
  return names.map((name) => {
    const { version, packed } = rows.find(({ contender }) => contender === name)!
    const label = `${name} ${version}${packed ? ' (B packed)' : ''}`
    if (name === OURS) return { name, label, colour: OURS_COLOUR, marker: MARKERS[0], width: 2.8 }
    const index = next++
    return {
      name,
      label,
      colour: COLOURS[index % COLOURS.length]!,
      marker: MARKERS[(index + 1) % MARKERS.length]!,
      width: 1.6,
    }
  })
}

/** Where the shapes stand along the axis: cubes by the logarithm of their size, others side by side. */
interface Horizontal {
  readonly cubes: boolean
  readonly title: string
  position(shape: string): number
  readonly ticks: readonly { readonly x: number; readonly label: string }[]
}

function horizontal(rows: readonly Row[]): Horizontal {
  const shapes = [...new Map(rows.map((row) => [showShape(row), row])).entries()]
  const cubes = shapes.every(([, { m, n, k, batch }]) => m === n && n === k && batch === 1)
  const span = RIGHT - MARGIN.left
  const inner = 14
  const scale = (part: number): number => MARGIN.left + inner + part * (span - 2 * inner)
  const sizes = shapes.map(([, { n }]) => Math.log2(n))
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  const places = new Map(
    shapes.map(([name], index) => {
      const part = cubes
        ? (sizes[index]! - least) / Math.max(most - least, 1e-9)
        : index / Math.max(shapes.length - 1, 1)
      return [name, scale(part)]
    }),
  )
  return {
    cubes,
    title: cubes ? 'm = n = k, elements' : 'm × n × k, elements',
    position: (shape) => places.get(shape)!,
    ticks: shapes.map(([name, { n }]) => ({ x: places.get(name)!, label: cubes ? String(n) : name })),
  }
}

/** A round step that gives four to eight lines up to the value. */
function stepFor(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 4))
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => most / step <= 8)!
}

function panel(
  rows: readonly Row[],
  lines: readonly Line[],
  cpu: string,
): { height: number; content: string } {
  const x = horizontal(rows)
  const bottom = x.cubes ? MARGIN.bottom : SLANTED_BOTTOM
  const height = PANEL_HEIGHT + bottom - MARGIN.bottom
  const floor = height - bottom
  const most = 1.06 * Math.max(...rows.flatMap(({ peakGflops, gflops }) => [peakGflops, gflops.median]))
  const y = (value: number): number => floor - (value / most) * (floor - MARGIN.top)
  const right = RIGHT
  const { type, isa, threads, timing, operands, rounds } =
    rows.find(({ contender }) => contender === OURS) ?? rows[0]!
  const title = `Matrix product, ${type}, ${isa}, ${threads} thread${threads === 1 ? '' : 's'}, ${
    timing === 'kernel' ? 'kernel time' : 'called from JavaScript'
  }${operands === 'cold' ? ', cold operands' : ''}`
  const parts = [
    `<text x="${MARGIN.left}" y="20" font-size="14" font-weight="600">${escapeXml(title)}</text>`,
    `<text x="${MARGIN.left}" y="38">${escapeXml(`${cpu}; median of ${rounds} rounds`)}</text>`,
    `<text x="${MARGIN.left - 46}" y="${MARGIN.top - 8}">GFLOP/s</text>`,
  ]
  const step = stepFor(most)
  for (let value = 0; value <= most; value += step) {
    const line = at(y(value))
    parts.push(
      `<line x1="${MARGIN.left}" x2="${right}" y1="${line}" y2="${line}" stroke="${GRID}" stroke-opacity="${value === 0 ? 0.9 : 0.28}"/>`,
      `<text x="${MARGIN.left - 8}" y="${at(y(value) + 4)}" text-anchor="end">${value}</text>`,
    )
  }
  for (const tick of x.ticks) {
    parts.push(
      `<line x1="${at(tick.x)}" x2="${at(tick.x)}" y1="${floor}" y2="${floor + 5}" stroke="${GRID}"/>`,
      x.cubes
        ? `<text x="${at(tick.x)}" y="${floor + 19}" text-anchor="middle">${tick.label}</text>`
        : `<text transform="translate(${at(tick.x + 4)} ${floor + 16}) rotate(-38)" text-anchor="end">${tick.label}</text>`,
    )
  }
  parts.push(
    `<text x="${(MARGIN.left + right) / 2}" y="${height - 10}" text-anchor="middle">${x.title}</text>`,
    peakLine(rows, x, y),
  )
  // Ours last, so that it lies on top.
  for (const line of [...lines].sort((first, second) => first.width - second.width)) {
    parts.push(curve(rows, line, x, y))
  }
  parts.push(legend(rows, lines))
  return { height, content: parts.filter((part) => part !== '').join('\n') }
}

function points(rows: readonly Row[], x: Horizontal): readonly { readonly x: number; readonly row: Row }[] {
  return rows
    .map((row) => ({ x: x.position(showShape(row)), row }))
    .sort((first, second) => first.x - second.x)
}

/** The mean over the contenders of the peak that each shape's rounds saw: it moves with the clock. */
function peakLine(rows: readonly Row[], x: Horizontal, y: (value: number) => number): string {
  const sums = new Map<number, { sum: number; count: number }>()
  for (const { x: place, row } of points(rows, x)) {
    const { sum, count } = sums.get(place) ?? { sum: 0, count: 0 }
    sums.set(place, { sum: sum + row.peakGflops, count: count + 1 })
  }
  const path = [...sums].map(([place, { sum, count }]) => `${at(place)} ${at(y(sum / count))}`)
  return `<polyline points="${path.join(' ')}" fill="none" stroke="${TEXT}" stroke-width="1.6" stroke-dasharray="7 5"/>`
}

function curve(rows: readonly Row[], line: Line, x: Horizontal, y: (value: number) => number): string {
  const mine = points(
    rows.filter(({ contender }) => contender === line.name),
    x,
  )
  if (mine.length === 0) return ''
  const places = mine.map(({ x: place, row }) => [at(place), at(y(row.gflops.median))] as const)
  // Between shapes that are no cubes there is nothing to interpolate: the line only leads the eye.
  const path = places.map((place) => place.join(' ')).join(' ')
  const opacity = x.cubes ? 1 : 0.45
  return [
    `<g stroke="${line.colour}" fill="${line.colour}">`,
    `<polyline points="${path}" fill="none" stroke-width="${line.width}" stroke-opacity="${opacity}" stroke-linejoin="round"/>`,
    ...places.map(
      ([left, top]) => `<g transform="translate(${left} ${top})" stroke="none">${line.marker}</g>`,
    ),
    '</g>',
  ].join('\n')
}

function legend(rows: readonly Row[], lines: readonly Line[]): string {
  const left = RIGHT + 18
  const present = lines.filter(({ name }) => rows.some(({ contender }) => contender === name))
  const entries = present.map((line, index) => {
    const top = MARGIN.top + 8 + 22 * (index + 1)
    return [
      `<g stroke="${line.colour}" fill="${line.colour}">`,
      `<line x1="${left}" x2="${left + 22}" y1="${top}" y2="${top}" stroke-width="${line.width}"/>`,
      `<g transform="translate(${left + 11} ${top})" stroke="none">${line.marker}</g></g>`,
      `<text x="${left + 30}" y="${top + 4}"${line.name === OURS ? ' font-weight="600"' : ''}>${escapeXml(line.label)}</text>`,
    ].join('')
  })
  const top = MARGIN.top + 8
  return [
    `<line x1="${left}" x2="${left + 22}" y1="${top}" y2="${top}" stroke="${TEXT}" stroke-width="1.6" stroke-dasharray="7 5"/>`,
    `<text x="${left + 30}" y="${top + 4}">FMA peak</text>`,
    ...entries,
  ].join('\n')
}
