/** Shared libraries of peers: opened by path or soname, their symbols as addresses and as JavaScript functions. */
import koffi, { type TypeObject } from 'koffi'

const RTLD_NOW = 2

/** What koffi takes for a C type: its name, or one that was made. */
export type CType = string | TypeObject

interface DynamicLinker {
  dlopen(path: string, flags: number): bigint | number
  dlsym(handle: bigint | number, name: string): bigint | number
  dlerror(): string | null
}

let linker: DynamicLinker | null = null

function dynamicLinker(): DynamicLinker {
  if (linker === null) {
    const libc = koffi.load(null)
    linker = {
      dlopen: libc.func('dlopen', 'int64', ['str', 'int']),
      dlsym: libc.func('dlsym', 'int64', ['int64', 'str']),
      dlerror: libc.func('dlerror', 'str', []),
    }
  }
  return linker
}

/** A library that stays loaded. Its symbols stay its own: two libraries may define the same ones. */
export class SharedObject {
  readonly path: string
  readonly #handle: bigint | number

  private constructor(path: string, handle: bigint | number) {
    this.path = path
    this.#handle = handle
  }

  /** The first of some paths or sonames that loads. Error with the linker's reasons when none does. */
  static open(candidates: readonly string[]): SharedObject {
    const { dlopen, dlerror } = dynamicLinker()
    const reasons: string[] = []
    for (const path of candidates) {
      const handle = dlopen(path, RTLD_NOW)
      if (BigInt(handle) !== 0n) return new SharedObject(path, handle)
      reasons.push(dlerror() ?? path)
    }
    throw new Error(reasons.join('; '))
  }

  /** The address of the first of some symbols that is there, or null. */
  find(...names: readonly string[]): number | null {
    const { dlsym } = dynamicLinker()
    for (const name of names) {
      const address = Number(dlsym(this.#handle, name))
      if (address !== 0) return address
    }
    return null
  }

  /** The address of the first of some symbols. Error when none is there. */
  address(...names: readonly string[]): number {
    const found = this.find(...names)
    if (found === null) throw new Error(`${this.path} has no symbol ${names.join(' or ')}`)
    return found
  }

  /** The first of some symbols as a function of that C type. Error when none is there. */
  function<F>(result: CType, parameters: readonly CType[], ...names: readonly string[]): F {
    return koffi.decode(this.address(...names), koffi.proto(result, [...parameters])) as F
  }
}

/** A structure of 32-bit integers, to be passed by value. */
export function integerStructure(fields: readonly string[]): CType {
  return koffi.struct(Object.fromEntries(fields.map((field) => [field, 'int32'])))
}
