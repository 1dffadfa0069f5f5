/** What a fresh process pays for the import, and then for the first instruction and for all forms of each mnemonic. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isBranchForm, samplesOf } from '../fuzz/samples.ts'
import type { EncodableForm } from '../src/encoder/encodable.ts'
import { EncodeError } from '../src/encoder/errors.ts'
import { encodableForms, mnemonics } from '../src/encoder/forms.ts'
import { Label, Mem, type Operand } from '../src/encoder/operands.ts'
import { Reg } from '../src/encoder/registers.ts'
import { selectForm } from '../src/encoder/select.ts'

const RUNS = 7
/** Operands of a form that are tried at most until some choose it. */
const TRIES = 8

/** An operand as JSON; the process that is measured makes it again by the package's own functions. */
type Described =
  | { readonly reg: readonly [kind: string, id: number, opmask: number, zeroing: boolean, rounding: string] }
  | { readonly mem: DescribedMemory }
  | { readonly number: string }
  | { readonly label: true }

interface DescribedMemory {
  readonly width: number
  readonly base: readonly [kind: string, id: number] | null
  readonly index: readonly [kind: string, id: number] | null
  readonly scale: number
  readonly disp: number
  /** {1toN}: N, 0 where it is not stated, −1 without. */
  readonly repeats: number
  readonly opmask: number
  readonly segment: number
  readonly offset: string | null
}

const pair = (reg: Reg | null): readonly [string, number] | null => (reg === null ? null : [reg.kind, reg.id])

function describe(operand: Operand): Described {
  if (operand instanceof Reg) {
    const { id, kind, opmask, rounding, zeroing } = operand
    return { reg: [kind, id, opmask?.id ?? -1, zeroing, rounding ?? ''] }
  }
  if (operand instanceof Label) return { label: true }
  if (!(operand instanceof Mem)) return { number: String(operand) }
  const { base, disp, index, isBroadcast, offset, opmask, repeats, scale, segment, width } = operand
  return {
    mem: {
      ...{ width, scale, disp },
      base: pair(base),
      index: pair(index),
      repeats: isBroadcast ? repeats : -1,
      opmask: opmask?.id ?? -1,
      segment: segment?.id ?? -1,
      offset: offset === null ? null : String(offset),
    },
  }
}

/** Operands that select the form; null when none of the first do. */
function operandsOf(form: EncodableForm): readonly Operand[] | null {
  if (isBranchForm(form)) return form.slots.length === 1 ? [new Label(0, 'here')] : null
  let tries = 0
  for (const operands of samplesOf(form)) {
    if (operands.some((operand) => operand instanceof Mem && operand.label !== null)) continue
    try {
      if (selectForm(form.mnemonic, operands) === form) return operands
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error
    }
    if (++tries === TRIES) return null
  }
  return null
}

/** An instruction of each mnemonic, in forms taken from all places of their lists. */
function samples(): (readonly [mnemonic: string, operands: readonly Described[]])[] {
  return mnemonics().flatMap((mnemonic, number) => {
    const forms = encodableForms(mnemonic)
    const start = (7 * number) % forms.length
    for (const form of [...forms.slice(start), ...forms.slice(0, start)]) {
      const operands = operandsOf(form)
      if (operands !== null) return [[mnemonic, operands.map(describe)] as const]
    }
    return []
  })
}

const PROLOGUE = `
const started = performance.now()
const tilewright = await import(process.argv[1])
const imported = performance.now() - started
const time = (use) => {
  const start = performance.now()
  use()
  return performance.now() - start
}
`

const LIST_SCRIPT = `${PROLOGUE}
const uses = tilewright.mnemonics().map((name) => time(() => tilewright.formsOf(name)))
console.log(JSON.stringify({ imported, uses }))
`

const USE_SCRIPT = `${PROLOGUE}
const { Assembler, ah, bh, ch, cs, dh, ds, es, fs, gs, k, mem, ss } = tilewright
const register = (kind, id) =>
  kind === 'r8h' ? [ah, ch, dh, bh][id - 4]
  : kind === 'sreg' ? [es, cs, ss, ds, fs, gs][id]
  : tilewright[kind](id)
const a = new Assembler()
const here = a.label()
a.bind(here)
const makeRegister = ([kind, id, opmask, zeroing, rounding]) => {
  const reg = register(kind, id)
  if (opmask >= 0) return zeroing ? reg.mask(k(opmask)).zero() : reg.mask(k(opmask))
  return rounding === '' ? reg : rounding === 'sae' ? reg.sae() : reg.round(rounding)
}
const makeMemory = ({ width, base, index, scale, disp, repeats, opmask, segment, offset }) => {
  const first = base === null ? null : register(...base)
  let made =
    offset !== null ? mem(BigInt(offset))
    : index !== null ? mem(first, register(...index), scale, disp)
    : first === null ? mem(disp)
    : mem(first, disp)
  if (width > 0) made = made.sized(width)
  if (repeats >= 0) made = made.broadcast(repeats)
  if (opmask >= 0) made = made.mask(k(opmask))
  return segment < 0 ? made : made.in(register('sreg', segment))
}
const make = ({ reg, mem, number, label }) =>
  reg !== undefined ? makeRegister(reg)
  : mem !== undefined ? makeMemory(mem)
  : label === true ? here
  : Number.isSafeInteger(Number(number)) ? Number(number) : BigInt(number)
let text = ''
for await (const part of process.stdin) text += part
const instructions = JSON.parse(text).map(([name, operands]) => [name, operands.map(make)])
const uses = instructions.map(([name, operands]) => time(() => a[name](...operands)))
console.log(JSON.stringify({ imported, uses }))
`

interface Start {
  readonly imported: number
  readonly uses: readonly number[]
}

function startOnce(script: string, entry: string, input: string): Start {
  const args = ['--input-type=module', '-e', script, entry]
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', input })
  if (status !== 0) throw new Error(`node ended with status ${status}: ${stderr.trim()}`)
  return JSON.parse(stdout) as Start
}

/** Prints what is usual, and the worst. The first of a process is apart, for the code itself is new to it then. */
function printUses(name: string, starts: readonly Start[]): void {
  // Of each the best of all processes, since other work only slows it.
  const [first, ...rest] = starts[0]!.uses.map((_, index) =>
    Math.min(...starts.map(({ uses }) => uses[index]!)),
  )
  rest.sort((a, b) => a - b)
  const at = (share: number) => rest[Math.min(rest.length - 1, Math.floor(share * rest.length))]!.toFixed(3)
  console.log(
    `${name.padEnd(33)}  ${at(0.5)} ms (median of ${rest.length + 1} mnemonics), ${at(0.99)} (99 of 100), ` +
      `${at(1)} (the worst); the first of all ${first!.toFixed(1)}`,
  )
}

/** Starts processes by turns and prints what they measured; needs dist/. */
export function printFirstUse(): void {
  const entry = fileURLToPath(new URL('../dist/index.js', import.meta.url))
  if (!existsSync(entry)) {
    console.log('import and first use: there is no dist/; run npm run build first')
    return
  }
  const instructions = JSON.stringify(samples())
  const used: Start[] = []
  const listed: Start[] = []
  for (let run = 0; run < RUNS; run++) {
    used.push(startOnce(USE_SCRIPT, entry, instructions))
    listed.push(startOnce(LIST_SCRIPT, entry, ''))
  }
  const imports = [...used, ...listed].map(({ imported }) => imported).sort((a, b) => a - b)
  console.log(
    `import ${imports[imports.length >> 1]!.toFixed(1)} ms (median of ${imports.length} processes), ` +
      `${imports[0]!.toFixed(1)} (the best)`,
  )
  console.log(`the best of ${RUNS} processes each:`)
  printUses('first instruction of a mnemonic', used)
  printUses('all forms of a mnemonic (formsOf)', listed)
}
