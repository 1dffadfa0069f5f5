/**
 * `npm run bundle`: the package as it is imported, made for a quick start. dist/core.cjs is everything in one script,
 * dist/index.js loads it (load-core.ts) and dist/code-cache.js keeps what V8 makes of it (code-cache.ts).
 *
 * Rows of the instruction tables are in it as one text (src/encoder/tables/packed-rows.ts), in place of
 * src/encoder/tables/rows.ts, which reads the tables themselves. Modules of LATE, and what only they import, are
 * evaluated when one of their functions is first called.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
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
const CORE = 'core.cjs'

const shared: BuildOptions & { readonly write: false } = {
  ...{ absWorkingDir: root, bundle: true, write: false, packages: 'external' },
  ...{ platform: 'node', target: 'node20', logLevel: 'warning' },
  // Pure ASCII without comments, which V8 reads as one byte a character.
  ...{ charset: 'ascii', legalComments: 'none', minifySyntax: true },
}

/** Everything as one CommonJS script. Returns the names that it exports and a digest of it. */
async function writeCore(): Promise<{ readonly names: readonly string[]; readonly digest: string }> {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: ['src/index.ts'],
    ...{ outfile: CORE, format: 'cjs', sourcemap: 'external' },
    define: { 'import.meta.url': '__filename' },
    plugins: [rowsAsText, late],
  })
  const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))!.text
  const { code, map } = await withShortLocals(textOf('js'), textOf('.map'))
  const text = `${code}//# sourceMappingURL=${CORE}.map\n`
  const path = join(folder, CORE)
  writeFileSync(path, text)
  writeFileSync(`${path}.map`, map)
  const names = Object.keys(createRequire(path)(path) as object)
  return { names, digest: createHash('sha256').update(text).digest('hex').slice(0, 8) }
}

/** A module of the package that is written here, with what it needs of scripts/ in it. */
async function writeModule(name: string, contents: string): Promise<void> {
  const { outputFiles } = await build({
    ...shared,
    stdin: { contents, resolveDir: join(root, 'scripts'), loader: 'ts' },
    format: 'esm',
  })
  writeFileSync(join(folder, name), outputFiles[0]!.text)
}

const { names, digest } = await writeCore()
const found = `import.meta.url, ${JSON.stringify(CORE)}, ${JSON.stringify(digest)}`
// The compiler wrote one of that name, with a map.
rmSync(join(folder, 'index.js.map'), { force: true })
await writeModule(
  'index.js',
  `import { loadCore } from './load-core.ts'\nexport const { ${names.join(', ')} } = loadCore(${found})`,
)
await writeModule(
  'code-cache.js',
  `import { writeCodeCache } from './code-cache.ts'\nwriteCodeCache(${found})`,
)
// In a process of its own: V8 takes such a file only with the flags that it was made with.
execFileSync(process.execPath, [join(folder, 'code-cache.js')], { stdio: 'inherit' })
