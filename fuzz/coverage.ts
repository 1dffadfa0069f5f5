/**
 * `npm run fuzz -- coverage`: what llvm-mc 22 knows in 64-bit mode, and which of it the tables have.
 *
 * LLVM's list owes nothing to the tables: all opcodes of all encoding spaces go through its disassembler, and what
 * that makes of them is reduced to shapes (mnemonic and kinds of operands). A shape counts when llvm-mc takes its text
 * too. Ours are the shapes of the fuzzer's samples of every form.
 */

import { format } from '../src/encoder/format.ts'
import { encodableForms, mnemonics } from '../src/encoder/forms.ts'
import { type Probe, probesAround, systematicProbes } from './byte-streams.ts'
import { UNCOUNTED, WITHDRAWN } from './disagreements.ts'
import { type FirstInstruction, openDisassembler } from './libllvm.ts'
import type { Oracle } from './oracle.ts'
import { seededRandom } from './random.ts'
import { extensionOf, type Progress } from './report.ts'
import { isBranchForm, randomSample, samplesOf } from './samples.ts'
import { mnemonicOf, textShape } from './text-shape.ts'

interface Found {
  readonly shape: string
  readonly space: string
  readonly text: string
  readonly hex: string
}

/** Every shape that the disassembler makes of all probes, each with the first text that has it. */
function shapesOfLlvm(decode: FirstInstruction, progress: Progress): Found[] {
  const texts = new Set<string>()
  const shapes = new Map<string, Found>()
  let count = 0
  const seen = new Set<string>()
  /** True when the shape is new in its encoding space: then what is around it may be new too. */
  const visit = ({ bytes, space }: Probe): boolean => {
    const decoded = decode(bytes)
    if (++count % 100_000 === 0) progress.show(`${count} probes, ${shapes.size} shapes`)
    if (decoded === null) return false
    const { length, text } = decoded
    if (texts.has(`${space} ${text}`)) return false
    texts.add(`${space} ${text}`)
    const shape = textShape(text)
    const place = `${space} ${shape}`
    if (seen.has(place)) return false
    seen.add(place)
    if (!shapes.has(shape) && !UNCOUNTED.some(({ shape: pattern }) => pattern.test(shape))) {
      shapes.set(shape, { shape, space, text, hex: Buffer.from(bytes.subarray(0, length)).toString('hex') })
    }
    return true
  }
  for (const probe of systematicProbes()) {
    if (visit(probe)) for (const around of probesAround(probe)) visit(around)
  }
  return [...shapes.values()]
}

/** Those whose text llvm-mc assembles to something of the same shape. */
async function accepted(oracle: Oracle, found: readonly Found[]): Promise<Found[]> {
  const codes = await oracle.assemble(found.map(({ text }) => text))
  const texts = await oracle.disassemble(codes.map((code) => code ?? '90'))
  return found.filter(
    ({ shape }, index) =>
      codes[index] !== null && textShape((texts[index] ?? '').replace(/^(lock|notrack); /, '$1 ')) === shape,
  )
}

/** What every form's samples look like, each with the extension of the form. */
function shapesOfTables(): Map<string, string> {
  const shapes = new Map<string, string>()
  const random = seededRandom(1)
  const prefixed = mnemonics().flatMap((name) =>
    [...new Set(encodableForms(name).flatMap(({ prefixes }) => prefixes))].map((word) => `${word} ${name}`),
  )
  for (const form of [...mnemonics(), ...prefixed].flatMap((name) => encodableForms(name))) {
    const add = (text: string) => {
      const shape = textShape(text)
      if (!shapes.has(shape)) shapes.set(shape, extensionOf(form))
    }
    if (isBranchForm(form)) {
      add(`${form.printedAs} 0`)
      continue
    }
    for (const operands of samplesOf(form)) add(format({ form, operands }))
    for (let i = 0; i < RANDOM_SAMPLES; i++) {
      const operands = randomSample(form, random)
      if (operands !== null) add(format({ form, operands }))
    }
  }
  return shapes
}

/** Decorations, wide immediates and high registers meet in few samples: chance adds the rest. */
const RANDOM_SAMPLES = 200

/** A shape without the size of its memory operand, which LLVM leaves out where any is right. */
const unsized = (shape: string): string => shape.replace(/\bm\d+\b/g, 'm')

interface Share {
  readonly mnemonics: Set<string>
  readonly ours: Set<string>
  shapes: number
  covered: number
}

function tableOf(shares: ReadonlyMap<string, Share>): string {
  const total: Share = { mnemonics: new Set(), ours: new Set(), shapes: 0, covered: 0 }
  const lines = [['extension', 'mnemonics', 'ours', 'forms', 'ours', 'share']]
  const line = (name: string, { covered, mnemonics, ours, shapes }: Share) => {
    const share = `${((100 * covered) / shapes).toFixed(1)} %`
    lines.push([name, ...[mnemonics.size, ours.size, shapes, covered].map(String), share])
  }
  for (const [name, share] of [...shares].sort(([a], [b]) => (a < b ? -1 : 1))) {
    line(name, share)
    for (const each of share.mnemonics) total.mnemonics.add(each)
    for (const each of share.ours) total.ours.add(each)
    total.shapes += share.shapes
    total.covered += share.covered
  }
  line('all', total)
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((cells) => cells[column]!.length)))
  return lines
    .map((cells) =>
      cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
    )
    .join('\n')
}

export interface Coverage {
  readonly table: string
  readonly missing: readonly string[]
  readonly withdrawn: readonly string[]
  readonly shapes: number
}

/** Holds all that LLVM knows against the tables; null where LLVM's shared library is not installed. */
export async function measureCoverage(oracle: Oracle, progress: Progress): Promise<Coverage | null> {
  const decode = openDisassembler()
  if (decode === null) return null
  const found = await accepted(oracle, shapesOfLlvm(decode, progress))
  const ours = shapesOfTables()
  const anySize = new Map([...ours].map(([shape, extension]) => [unsized(shape), extension]))
  const shares = new Map<string, Share>()
  const missing: string[] = []
  const withdrawn: string[] = []
  for (const { hex, shape, space, text } of found) {
    const extension = ours.get(shape) ?? (/\bm\b/.test(shape) ? anySize.get(unsized(shape)) : undefined)
    const gone = WITHDRAWN.find(({ mnemonic }) => mnemonic.test(mnemonicOf(text)))
    if (extension === undefined && gone !== undefined) {
      withdrawn.push(`${shape}: ${gone.reason}`)
      continue
    }
    const name = extension ?? `(missing, ${space})`
    const share = shares.get(name) ?? { mnemonics: new Set(), ours: new Set(), shapes: 0, covered: 0 }
    shares.set(name, share)
    share.mnemonics.add(mnemonicOf(text))
    share.shapes++
    if (extension === undefined) missing.push(`${shape}  (${hex}  ${text})`)
    else {
      share.ours.add(mnemonicOf(text))
      share.covered++
    }
  }
  return { table: tableOf(shares), missing, withdrawn, shapes: found.length }
}
