/**
 * `npm run bundle`: dist/index.js, the public surface in one file, made for a quick import.
 *
 * Rows of the instruction tables are in it as one text (src/encoder/tables/packed-rows.ts), in place of
 * src/encoder/tables/rows.ts, which reads the tables themselves. Modules of LATE, and what only they import, are
 * evaluated when one of their functions is first called.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, transform } from 'esbuild'
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

/** Where the package's own URL is asked for, with a name as long as that: columns stay where they are. */
const META = 'import.meta.url'
const META_NAME = 'import_meta_url'

/** The text without what matches, as many columns and lines long, and what was taken out. */
function takeOut(
  text: string,
  pattern: RegExp,
): { readonly rest: string; readonly taken: readonly string[] } {
  const taken: string[] = []
  const rest = text.replace(pattern, (found) => {
    taken.push(found)
    return found.replace(/[^\n]/g, ' ')
  })
  return { rest, taken }
}

/** `var Reg = class _Reg {`, whose own name will be short, with the name that console.log shows. */
function withClassNames(script: string): string {
  return script.replace(
    /\b(\w+) = class _(\w+)( extends [\w.]+)? \{/g,
    (start, _, name) => `${start} static name = "${name}";`,
  )
}

/**
 * The bundle with short names for what is local to functions: V8 reads them in full at each import. Names of functions,
 * classes and properties stay, which stack traces and console.log show. esbuild leaves the outermost names of a
 * script alone, so what only a module can have, import, export and import.meta, is taken out for that time.
 */
async function withShortLocals(module: string, map: string): Promise<{ code: string; map: string }> {
  if (module.includes(META_NAME)) throw new Error(`the bundle has the name ${META_NAME}`)
  const { rest, taken: imports } = takeOut(
    module,
    /^import\s*(\{[^}]*\}\s*from|\* as \w+ from|\w+ from)?\s*"[^"]*";?/gm,
  )
  const { rest: script, taken: exports } = takeOut(rest, /^export\s*\{[^}]*\};?/gm)
  const encoded = Buffer.from(map).toString('base64')
  const input = `${withClassNames(script).replaceAll(META, META_NAME)}\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`
  const short = await transform(input, {
    ...{ loader: 'js', target: 'node20', charset: 'ascii', sourcemap: 'external' },
    // An uncaught error prints the line that it came from.
    lineLimit: 120,
    ...{ minifyIdentifiers: true, minifySyntax: true, minifyWhitespace: true, treeShaking: false },
    tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
  })
  const lines = imports.map((line) => line.trim())
  const shifted = JSON.parse(short.map) as { mappings: string }
  shifted.mappings = ';'.repeat(lines.length) + shifted.mappings
  const body = short.code.replaceAll(META_NAME, META)
  return { code: [...lines, body.trimEnd(), ...exports, ''].join('\n'), map: JSON.stringify(shifted) }
}

const outfile = process.argv[2] ?? 'dist/index.js'
const root = fileURLToPath(new URL('..', import.meta.url))
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['src/index.ts'],
  outfile,
  write: false,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  plugins: [rowsAsText, late],
  // Pure ASCII without comments, which V8 reads as one byte a character.
  charset: 'ascii',
  legalComments: 'none',
  minifySyntax: true,
  sourcemap: 'external',
  logLevel: 'warning',
})
const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))!.text
const { code, map } = await withShortLocals(textOf('js'), textOf('.map'))
const path = resolve(root, outfile)
writeFileSync(path, `${code}//# sourceMappingURL=${basename(path)}.map\n`)
writeFileSync(`${path}.map`, map)
