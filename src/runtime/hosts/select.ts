/** Chooses the foreign-function host, once per name and thread, at the first use and not before. */
import { releaseMappedMemory } from '../mapped-region.ts'
import { isMainThread } from '../node-modules.ts'
import { createFfiRsHost } from './ffi-rs.ts'
import { type Host, HostError, type HostName } from './host.ts'
import { createKoffiHost } from './koffi.ts'

const FACTORIES: Readonly<Record<HostName, () => Host>> = {
  koffi: createKoffiHost,
  'ffi-rs': createFfiRsHost,
}

const created = new Map<HostName, Host>()

/** Whether this system can run native code at all. */
export function runsNative(): boolean {
  return process.arch === 'x64' && process.platform === 'linux'
}

/** The name that TILEWRIGHT_HOST gives, or koffi. RangeError when it names no host. */
export function defaultHostName(): HostName {
  const name = process.env.TILEWRIGHT_HOST
  if (name === undefined || name === '') return 'koffi'
  if (Object.hasOwn(FACTORIES, name)) return name as HostName
  throw new RangeError(
    `TILEWRIGHT_HOST: '${name}' is no host; allowed are ${Object.keys(FACTORIES).join(', ')}`,
  )
}

/**
 * The host by that name, or the default one. Loads its library on the first call.
 * @throws HostError on another architecture or system, or when the library cannot be loaded.
 */
export function host(name: HostName = defaultHostName()): Host {
  const existing = created.get(name)
  if (existing !== undefined) return existing
  if (!runsNative()) {
    throw new HostError(
      `native code runs on linux-x64, this is ${process.platform}-${process.arch}; ` +
        "planning, generating, listing, exporting and { run: 'emulated' } work everywhere",
    )
  }
  if (!Object.hasOwn(FACTORIES, name)) {
    throw new RangeError(`host: '${name}' is no host; allowed are ${Object.keys(FACTORIES).join(', ')}`)
  }
  const made = FACTORIES[name]()
  if (created.size === 0 && !isMainThread()) process.once('exit', releaseThread)
  created.set(name, made)
  return made
}

/** A host for what any of them does alike: one that is loaded already, or else the default. */
export function anyHost(): Host {
  return created.get('koffi') ?? created.get('ffi-rs') ?? host()
}

const closing: (() => void)[] = []

/**
 * Calls back when this Worker ends by itself, before its memory is released; the latest first. In the main
 * thread never: what it leaves ends with the process.
 */
export function atThreadEnd(close: () => void): void {
  closing.push(close)
}

/**
 * A Worker's mappings would outlive it, since no finalizer runs when its heap goes. Afterwards kernels throw
 * as disposed ones do. (worker.terminate() gives no chance to do this: dispose kernels before it.)
 */
function releaseThread(): void {
  for (const close of closing.toReversed()) close()
  releaseMappedMemory()
  for (const each of created.values()) each.close()
}
