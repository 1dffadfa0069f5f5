/**
 * What dist/index.js and dist/cli/main.js do: they run the script beside them, which has all of the package or of the
 * command in it, and give what it exports.
 *
 * V8 reads the script in full before it runs any of it, which is most of what an import takes. Beside the script
 * lies what V8 had made of it on this machine when it was installed (scripts/code-cache.ts). That is read instead where
 * it was made by this version of Node for this very script; V8 itself refuses what was made with other flags. Without
 * it, all works as well and starts later.
 */
import { createRequire } from 'node:module'
import type { Script } from 'node:vm'

// As an import node:fs would load its streams too.
const load = createRequire(import.meta.url)
const { readFileSync } = load('node:fs') as typeof import('node:fs')
const { fileURLToPath } = load('node:url') as typeof import('node:url')
const vm = load('node:vm') as typeof import('node:vm')

/** The parameters of a CommonJS module that the script uses, as Node would give them. */
const BEFORE = '(function (module, require, __filename) {'
const AFTER = '\n})'

/** The file of `folder` that holds what this Node has made of the script that `name` is a digest of. */
export const cacheOf = (core: string, digest: string): string =>
  core.replace(/\.cjs$/, `.${digest}.${process.version}.${process.arch}.cache`)

function contentsOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** The script, not yet run. */
export function scriptOf(core: string, cachedData?: Buffer): Script {
  // The script is ASCII: a byte is a character.
  return new vm.Script(BEFORE + readFileSync(core, 'latin1') + AFTER, {
    filename: core,
    columnOffset: -BEFORE.length,
    ...(cachedData === undefined ? {} : { cachedData }),
  })
}

type Core = Readonly<Record<string, unknown>>

/** Runs the script and gives its exports. */
export function runCore(core: string, script: Script): Core {
  const run = script.runInThisContext() as (
    module: { exports: Core },
    require: NodeJS.Require,
    file: string,
  ) => void
  const module = { exports: {} }
  run(module, createRequire(core), core)
  return module.exports
}

/** What the script `name` beside the module `url` exports. */
export function loadCore(url: string, name: string, digest: string): Core {
  const core = fileURLToPath(new URL(name, url))
  // Node maps the lines of modules to their sources, not those of scripts.
  const mapped = (process as { readonly sourceMapsEnabled?: boolean }).sourceMapsEnabled === true
  const cached = mapped ? undefined : contentsOf(cacheOf(core, digest))
  if (cached === undefined) return createRequire(url)(core) as Core
  return runCore(core, scriptOf(core, cached))
}
