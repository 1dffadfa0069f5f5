/** Finds npm packages that are not dependencies: beside this project, or in a folder that is given. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A package that was found: its version, and a way to import it or what belongs to it. */
export interface FoundPackage {
  readonly version: string
  /** Its folder. */
  readonly folder: string
  /** Imports a module as seen from the folder that the package is installed in. */
  load(specifier: string): Promise<unknown>
}

/** Looks for a package in a folder's node_modules, or with null where this file's imports are looked for. */
export function findPackage(name: string, folder: string | null): FoundPackage {
  const from = folder === null ? import.meta.url : pathToFileURL(join(resolve(folder), 'package.json')).href
  const require = createRequire(from)
  const root = (require.resolve.paths(name) ?? [])
    .map((path) => join(path, name))
    .find((path) => versionIn(path) !== null)
  if (root === undefined) throw new Error(`the package ${name} is not installed`)
  return {
    version: versionIn(root)!,
    folder: root,
    load: (specifier) => import(pathToFileURL(require.resolve(specifier)).href),
  }
}

function versionIn(folder: string): string | null {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8')
    return (JSON.parse(text) as { readonly version: string }).version
  } catch {
    return null
  }
}
