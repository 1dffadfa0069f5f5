/** Holds the source to docs/architecture.md: import directions, no cycles, no Node module in the pure layers. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const src = fileURLToPath(new URL('../src/', import.meta.url))

/** Which layers a layer may import, itself apart. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  encoder: [],
  regalloc: ['encoder'],
  schedule: ['encoder', 'regalloc'],
  microkernel: ['encoder', 'regalloc', 'schedule'],
  runtime: ['encoder'],
  emulator: ['encoder'],
  objects: ['encoder'],
  measure: ['encoder', 'runtime'],
  gemm: ['encoder', 'regalloc', 'schedule', 'microkernel', 'runtime', 'emulator', 'measure'],
  cli: [
    'encoder',
    'regalloc',
    'schedule',
    'microkernel',
    'runtime',
    'emulator',
    'objects',
    'measure',
    'gemm',
  ],
}
const PURE = new Set(['encoder', 'regalloc', 'schedule', 'microkernel', 'emulator', 'objects'])

const files = readdirSync(src, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'))
  .sort()

interface Import {
  readonly target: string
  readonly typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8')
  const pattern =
    /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm
  return [...text.matchAll(pattern)].map((match) => ({
    target: match[2] ?? match[3] ?? match[4]!,
    typeOnly: match[1] !== undefined,
  }))
}

const layerOf = (file: string): string => (file.includes(sep) ? file.split(sep)[0]! : '')
const local = (file: string, target: string): string => normalize(join(dirname(file), target))

const architecture = suite('architecture')

architecture('every folder of src is a known layer', () => {
  for (const file of files) if (layerOf(file) !== '') assert.ok(layerOf(file) in ALLOWED, file)
})

architecture('imports go one way', () => {
  const wrong: string[] = []
  for (const file of files) {
    const layer = layerOf(file)
    for (const { target } of importsOf(file)) {
      if (!target.startsWith('.')) continue
      const to = local(file, target)
      if (to === 'index.ts' && layer !== 'cli') wrong.push(`${file} imports the public surface`)
      if (layer === '' || to === 'index.ts') continue
      const toLayer = layerOf(to)
      if (toLayer !== layer && !ALLOWED[layer]!.includes(toLayer)) wrong.push(`${file} → ${to}`)
    }
  }
  assert.equal(wrong, [])
})

architecture('the layers up to machine code use no Node module and no package', () => {
  const wrong: string[] = []
  for (const file of files.filter((f) => PURE.has(layerOf(f)))) {
    const text = readFileSync(join(src, file), 'utf8')
    for (const { target } of importsOf(file))
      if (!target.startsWith('.')) wrong.push(`${file} imports ${target}`)
    if (
      /(?<![.\w])(?:process|Buffer)\s*\.|(?<![.\w])require\(\s*['"`]/.test(
        text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
      )
    )
      wrong.push(`${file} uses a Node global`)
  }
  assert.equal(wrong, [])
})

architecture('no cycles', () => {
  const state = new Map<string, 'open' | 'done'>()
  const visit = (file: string, path: string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      throw new Error(`import cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`)
    }
    state.set(file, 'open')
    for (const { target, typeOnly } of importsOf(file)) {
      if (target.startsWith('.') && !typeOnly) visit(local(file, target), [...path, file])
    }
    state.set(file, 'done')
  }
  for (const file of files) visit(file, [])
})

architecture('files stay readable: at most 420 lines, tables apart', () => {
  const long = files
    .filter((file) => !file.includes(`tables${sep}`))
    .map((file) => [relative('.', file), readFileSync(join(src, file), 'utf8').split('\n').length] as const)
    .filter(([, lines]) => lines > 420)
  assert.equal(long, [])
})

architecture('every file opens by saying what it owns', () => {
  const silent = files.filter((file) => !/^(#!.*\n)?\/\*\*/.test(readFileSync(join(src, file), 'utf8')))
  assert.equal(silent, [])
})

architecture.run()
