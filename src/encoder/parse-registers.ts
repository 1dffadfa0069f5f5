/** Registers by the names that text gives them. */
import { physical, REGISTER_COUNT, type Reg, type RegKind, registerName } from './registers.ts'

/** Names that only text has: nasm's r8l for r8b and st1 for st(1), and st for st(0). */
const EXTRA_NAMES: Readonly<Record<string, string>> = Object.fromEntries([
  ...Array.from({ length: 24 }, (_, i) => [`r${i + 8}l`, `r${i + 8}b`]),
  ...Array.from({ length: 8 }, (_, i) => [`st${i}`, `st(${i})`]),
  ['st', 'st(0)'],
])

/** Made when text is first parsed, since importing the package must stay cheap. */
let byName: Map<string, Reg> | undefined

function makeNames(): Map<string, Reg> {
  const names = new Map<string, Reg>()
  for (const kind of Object.keys(REGISTER_COUNT) as RegKind[]) {
    for (let id = kind === 'r8h' ? 4 : 0; id < REGISTER_COUNT[kind]; id++) {
      names.set(registerName(kind, id), physical(kind, id))
    }
  }
  for (const [extra, name] of Object.entries(EXTRA_NAMES)) {
    const reg = names.get(name)
    if (reg !== undefined) names.set(extra, reg)
  }
  return names
}

/** The register of this name, in any case; undefined when there is none. */
export function registerNamed(word: string): Reg | undefined {
  byName ??= makeNames()
  return byName.get(word) ?? byName.get(word.toLowerCase())
}

/** Every register name, for suggestions. */
export function registerNames(): readonly string[] {
  byName ??= makeNames()
  return [...byName.keys()]
}
