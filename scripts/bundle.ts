/**
 * `npm run bundle`: the package as it is imported, made for a quick start. dist/core.cjs is everything in one script,
 * which dist/index.js loads (load-core.ts), dist/cli/main.cjs and main.js the same for the command, and
 * dist/code-cache.js keeps what V8 makes of both (code-cache.ts).
 *
 * Rows of the instruction tables are in it as one text (src/encoder/tables/packed-rows.ts), in place of
 * src/encoder/tables/rows.ts, which reads the tables themselves. Modules of LATE, and what only they import, are
 * evaluated when one of their functions is first called.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Plugin, transform } from 'esbuild'
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

/** `var Reg = class _Reg {`, whose own name will be short, with the name that console.log shows. */
function withClassNames(script: string): string {
  return script.replace(
    /\b(\w+) = class _(\w+)( extends [\w.]+)? \{/g,
    (start, _, name) => `${start} static name = "${name}";`,
  )
}

/**
 * The script with short names for what is local to functions: V8 reads them in full. Names of functions, classes and
 * properties stay, which stack traces and console.log show; esbuild leaves the outermost names of a script alone.
 */
async function withShortLocals(script: string, map: string): Promise<{ code: string; map: string }> {
  const encoded = Buffer.from(map).toString('base64')
  const input = `${withClassNames(script)}\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`
  return await transform(input, {
    ...{ loader: 'js', target: 'node20', charset: 'ascii', sourcemap: 'external' },
    // An uncaught error prints the line that it came from.
    lineLimit: 120,
    ...{ minifyIdentifiers: true, minifySyntax: true, minifyWhitespace: true, treeShaking: false },
    tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
  })
}

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = resolve(root, process.argv[2] ?? 'dist')

const shared: BuildOptions & { readonly write: false } = {
  ...{ absWorkingDir: root, bundle: true, write: false, packages: 'external' },
  ...{ platform: 'node', target: 'node20', logLevel: 'warning' },
  // Pure ASCII without comments, which V8 reads as one byte a character.
  ...{ charset: 'ascii', legalComments: 'none', minifySyntax: true },
}

interface WrittenScript {
  readonly exports: readonly string[]
  /** The arguments of loadCore and writeCodeCache after the URL of who calls them. */
  readonly found: string
}

/** The module `entry` and what it needs as one CommonJS script. */
async function writeScript(entry: string, file: string): Promise<WrittenScript> {
  const { outputFiles } = await build({
    ...shared,
    ...{ entryPoints: [entry], outfile: file, format: 'cjs', sourcemap: 'external' },
    define: { 'import.meta.url': '__url' },
    banner: { js: 'const __url = require("node:url").pathToFileURL(__filename).href;' },
    plugins: [rowsAsText, late],
  })
  const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))!.text
  const { code, map } = await withShortLocals(textOf('js'), textOf('.map'))
  const text = `${code}//# sourceMappingURL=${basename(file)}.map\n`
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  writeFileSync(`${path}.map`, map)
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8)
  return {
    exports: Object.keys(createRequire(path)(path) as object),
    found: [basename(file), digest].map((each) => JSON.stringify(each)).join(', '),
  }
}

/** A module of the package that is written here, in place of the compiler's, with what it needs of scripts/ in it. */
async function writeModule(name: string, contents: string): Promise<void> {
  const { outputFiles } = await build({
    ...shared,
    stdin: { contents, resolveDir: join(root, 'scripts'), loader: 'ts' },
    format: 'esm',
  })
  writeFileSync(join(folder, name), outputFiles[0]!.text)
  rmSync(join(folder, `${name}.map`), { force: true })
}

const core = await writeScript('src/index.ts', 'core.cjs')
const command = await writeScript('src/cli/command.ts', 'cli/main.cjs')
await writeModule(
  'index.js',
  `import { loadCore } from './load-core.ts'
export const { ${core.exports.join(', ')} } = loadCore(import.meta.url, ${core.found})`,
)
await writeModule(
  'cli/main.js',
  `#!/usr/bin/env node
import { loadCore } from './load-core.ts'
await loadCore(import.meta.url, ${command.found}).runCommand(process.argv.slice(2))`,
)
await writeModule(
  'code-cache.js',
  `import { useCommand, usePackage, writeCodeCache } from './code-cache.ts'
await writeCodeCache(import.meta.url, ${core.found}, usePackage)
await writeCodeCache(new URL('cli/', import.meta.url), ${command.found}, useCommand)`,
)
// In a process of its own: V8 takes such a file only with the flags that it was made with.
execFileSync(process.execPath, [join(folder, 'code-cache.js')], { stdio: 'inherit' })
