/** What the tests of native code share: hand-made machine code, memory maps, forced collections, children. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { MachineCode } from '../src/encoder/machine-code.ts'

/** True where native code can run at all; tests skip and count otherwise. */
export const NATIVE: boolean = process.arch === 'x64' && process.platform === 'linux'

/** Machine code from bare bytes. */
export function rawCode(bytes: readonly number[], more: Partial<MachineCode> = {}): MachineCode {
  return {
    bytes: Uint8Array.from(bytes),
    alignment: 16,
    poolOffset: bytes.length,
    symbols: [],
    relocations: [],
    features: [],
    instructions: [],
    ...more,
  }
}

/** `mov dword ptr [rdi], value; ret` */
export const storeCode = (value: number): MachineCode =>
  rawCode([0xc7, 0x07, value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >> 24) & 0xff, 0xc3])

/** The permissions (`r-xp`) of the mapping that holds an address, or null when nothing is mapped there. */
export function permissionsAt(address: number): string | null {
  for (const line of readFileSync('/proc/self/maps', 'utf8').split('\n')) {
    const match = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line)
    if (match === null) continue
    if (Number.parseInt(match[1]!, 16) <= address && address < Number.parseInt(match[2]!, 16))
      return match[3]!
  }
  return null
}

setFlagsFromString('--expose-gc')
export const collect: () => void = runInNewContext('gc')

/** Collects garbage, letting finalizers run, until `done` holds or some rounds have passed; says which. */
export async function collectUntil(done: () => boolean): Promise<boolean> {
  for (let round = 0; round < 20 && !done(); round++) {
    // In a turn of its own: `done` may have looked at a WeakRef, which keeps its target for the turn.
    await sleep(1)
    collect()
    await sleep(5)
  }
  return done()
}

/** Runs a script in a Node process of its own; `import` specifiers are relative to this folder. */
export function runChild(script: string, environment: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    timeout: 60_000,
  })
}
