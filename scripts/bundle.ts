/**
 * `npm run bundle`: dist/index.js, the public surface in one file, made for a quick import.
 *
 * Rows of the instruction tables are in it as one text (src/encoder/tables/packed-rows.ts), in place of
 * src/encoder/tables/rows.ts, which reads the tables themselves. Modules of LATE, and what only they import, are
 * evaluated when one of their functions is first called.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { tables } from '../src/encoder/tables/index.ts'
import { packRows } from '../src/encoder/tables/packed-rows.ts'

const src = fileURLToPath(new URL('../src/', import.meta.url))

/** Modules that a product needs nothing of. They export functions only. */
const LATE = ['emulator/semantics.ts'].map((file) => join(src, file))

const rowsAsText: Plugin = {
  name: 'rows as text',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]encoder[\\/]tables[\\/]rows\.ts$/ }, () => ({
      contents: `import { unpackRows } from './packed-rows.ts'
export const { hasRows, mnemonics, rowsOf } = unpackRows(${JSON.stringify(packRows(tables))})`,
    }))
  },
}

/** The names of the functions that a module exports; nothing else can be had late. */
function exportedFunctions(file: string): string[] {
  const exports = [...readFileSync(file, 'utf8').matchAll(/^export (?!type |interface )(.*)$/gm)]
  return exports.map(([line, rest]) => {
    const [, name] = /^(?:async )?function (\w+)/.exec(rest!) ?? []
    if (name === undefined) throw new Error(`${file} is to be evaluated late, so only functions: ${line}`)
    return name
  })
}

/**
 * What is imported from a late module are functions that pass their arguments on. esbuild evaluates a module
 * that is required at its first `require`, in the same scope as everything else: classes stay the same ones.
 */
const late: Plugin = {
  name: 'late',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      const file = join(resolveDir, path)
      return kind === 'import-statement' && LATE.includes(file) ? { path: file, namespace: 'late' } : null
    })
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      resolveDir: src,
      contents: [
        'let module',
        `const late = () => module ??= require(${JSON.stringify(path)})`,
        ...exportedFunctions(path).map(
          (name) => `export const ${name} = (...args) => late().${name}(...args)`,
        ),
      ].join('\n'),
    }))
  },
}

await build({
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  entryPoints: ['src/index.ts'],
  outfile: process.argv[2] ?? 'dist/index.js',
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  plugins: [rowsAsText, late],
  // Pure ASCII without comments, which V8 reads as one byte a character. Names stay, for stack traces.
  charset: 'ascii',
  legalComments: 'none',
  minifyWhitespace: true,
  minifySyntax: true,
  // An uncaught error prints the line that it came from.
  lineLimit: 120,
  sourcemap: true,
  logLevel: 'warning',
})
