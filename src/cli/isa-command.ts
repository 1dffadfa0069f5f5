/** `tilewright isa`: the instruction reference, printed from the tables. */
import type { EncodableForm } from '../encoder/encodable.ts'
import type { OperandSpec } from '../encoder/form.ts'
import { encodableForms, mnemonics } from '../encoder/forms.ts'
import { meaningsOf, textNames } from '../encoder/parse-names.ts'
import { nearestNames } from '../encoder/spelling.ts'
import { expandRow } from '../encoder/tables/expand.ts'
import { aliases } from '../encoder/tables/index.ts'
import { TUPLES } from '../encoder/tables/notation.ts'
import { rowsOf } from '../encoder/tables/rows.ts'
import { readArguments, UsageError } from './arguments.ts'
import { meaningOf, tableOf } from './isa-meaning.ts'
import { strong } from './terminal.ts'

export const ISA_HELP = `tilewright isa [NAME] [--json]
tilewright isa --features [FEATURE] [--json]

Prints the instruction reference. With a name (or an alias, or a part of a name) all forms of the
instruction: operands, how each is accessed (r, w, rw; - for an address that is not), the encoding
in the SDM's notation, the CPUID features it needs, the status flags it reads and writes.

  --features    the instructions of each CPUID feature, or of one
  --json        everything as JSON
`

/** A form with what only its row says. */
interface ReferenceForm {
  readonly form: EncodableForm
  readonly encoding: string
  readonly tuple: string
}

const tupleNames: ReadonlySet<string> = new Set(TUPLES)

function referenceForms(mnemonic: string): ReferenceForm[] {
  return rowsOf(mnemonic).flatMap((row, index) => {
    const encoding = row[2]
    const tuple = encoding.split(' ').find((word) => tupleNames.has(word)) ?? ''
    return expandRow(mnemonic, row, index + 1).map((form) => ({ form, encoding, tuple }))
  })
}

function operandText({ access, token }: OperandSpec): string {
  return `${access === 'none' ? (/^(s?imm|ib|rel|1$)/.test(token) ? '' : '- ') : `${access} `}${token}`
}

function flagsText({ flagsRead, flagsWritten }: EncodableForm): string {
  return [flagsRead && `reads ${flagsRead}`, flagsWritten && `writes ${flagsWritten}`]
    .filter((text) => text !== '')
    .join(', ')
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd())
    .join('\n')
}

function otherNames(mnemonic: string): string {
  const names = Object.entries(aliases).flatMap(([alias, name]) => (name === mnemonic ? [alias] : []))
  return names.length === 0 ? '' : `  also: ${names.join(', ')}\n`
}

function printInstruction(mnemonic: string): void {
  const forms = referenceForms(mnemonic)
  const heading = ['operands', 'encoding', 'features', 'flags']
  const rows = forms.map(({ encoding, form }) => [
    form.operands.map(operandText).join(', '),
    encoding,
    form.features.join(' '),
    flagsText(form),
  ])
  console.log(`${strong(mnemonic)}  ${meaningOf(mnemonic)}`)
  process.stdout.write(otherNames(mnemonic))
  console.log(`${columns([heading, ...rows])}\n`)
}

function jsonOf(mnemonic: string): object {
  return {
    mnemonic,
    meaning: meaningOf(mnemonic),
    table: tableOf(mnemonic),
    aliases: Object.entries(aliases).flatMap(([alias, name]) => (name === mnemonic ? [alias] : [])),
    forms: referenceForms(mnemonic).map(({ encoding, form, tuple }) => ({
      text: form.text,
      operands: form.operands.map(({ access, implicit, token }) => ({ token, access, implicit })),
      encoding,
      features: form.features,
      flagsRead: form.flagsRead,
      flagsWritten: form.flagsWritten,
      control: form.control,
      zeroIdiom: form.zeroIdiom,
      tuple: tuple === '' ? null : tuple,
    })),
  }
}

/** The instructions that a word names, by themselves or as a part of their names. */
function found(word: string): readonly string[] {
  const name = word.toLowerCase()
  const meanings = meaningsOf(name)
  if (meanings !== undefined) return meanings.map(({ mnemonic }) => mnemonic)
  const containing = mnemonics().filter((mnemonic) => mnemonic.includes(name))
  if (containing.length > 0) return containing
  const near = nearestNames(name, textNames())
  throw new UsageError(
    `isa: no instruction '${word}'${near.length === 0 ? '' : `; near to it are ${near.join(', ')}`}`,
  )
}

function byFeature(): ReadonlyMap<string, readonly string[]> {
  const features = new Map<string, Set<string>>()
  for (const mnemonic of mnemonics()) {
    for (const { features: needed } of encodableForms(mnemonic)) {
      for (const feature of needed.length === 0 ? ['(none)'] : needed) {
        const known = features.get(feature)
        if (known === undefined) features.set(feature, new Set([mnemonic]))
        else known.add(mnemonic)
      }
    }
  }
  const sorted = [...features].sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(sorted.map(([feature, names]) => [feature, [...names]]))
}

const TEXT_WIDTH = 96

function wrapped(words: readonly string[]): string {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line.length + word.length > TEXT_WIDTH) {
      lines.push(line)
      line = ''
    }
    line += `  ${word}`
  }
  return [...lines, line].join('\n')
}

function printFeatures(wanted: string | undefined, asJson: boolean): void {
  const all = byFeature()
  const name = wanted?.toUpperCase()
  const names = name === undefined ? undefined : all.get(name)
  if (name !== undefined && names === undefined) {
    const near = nearestNames(name, [...all.keys()])
    throw new UsageError(
      `isa: no feature '${wanted}'; ${near.length === 0 ? `there are ${[...all.keys()].join(', ')}` : `near to it are ${near.join(', ')}`}`,
    )
  }
  const shown = names === undefined ? [...all] : [[name!, names] as const]
  if (asJson) {
    console.log(JSON.stringify(Object.fromEntries(shown), null, 2))
    return
  }
  for (const [feature, mnemonics] of shown) {
    console.log(`${strong(feature)}  ${mnemonics.length}\n${wrapped(mnemonics)}`)
  }
}

export function isaCommand(args: readonly string[]): void {
  const { values, words } = readArguments(args, { json: { type: 'boolean' }, features: { type: 'boolean' } })
  if (words.length > 1) throw new UsageError(`isa: expected one name; given ${words.length}`)
  const [word] = words
  const asJson = values.json === true
  if (values.features === true) {
    printFeatures(word, asJson)
    return
  }
  const names = word === undefined ? mnemonics() : found(word)
  if (asJson) console.log(JSON.stringify(names.map(jsonOf), null, 2))
  else if (word !== undefined && (names.length <= 3 || meaningsOf(word.toLowerCase()) !== undefined)) {
    for (const name of names) printInstruction(name)
  } else console.log(columns(names.map((name) => [name, meaningOf(name)])))
}
