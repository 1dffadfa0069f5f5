/** The second host: ffi-rs. Far slower a call than koffi; a fall-back where koffi cannot be had. */
import { optionalPackage } from '../node-modules.ts'
import { type Host, HostError, LIBC, type LibcFunction, type LibcResult } from './host.ts'

/** The part of ffi-rs that is used here; its own types are too narrow for mixed arguments. */
interface FfiRs {
  readonly DataType: Readonly<Record<'I32' | 'I64' | 'BigInt' | 'U8Array' | 'External' | 'Void', number>>
  open(library: { readonly library: string; readonly path: string }): void
  load(call: FfiRsCall): unknown
  createExternalBuffer(pointer: unknown, byteLength: number): Uint8Array
}
interface FfiRsCall {
  readonly library: string
  readonly funcName: string
  readonly retType: number
  readonly paramsType: readonly number[]
  readonly paramsValue: readonly unknown[]
  readonly errno?: boolean
}

const LIBRARY = 'tilewright-libc'

/** The bytes of a view as the Buffer that ffi-rs insists on; no copy. */
function bufferOver(view: ArrayBufferView): Buffer {
  return Buffer.from(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength)
}

class FfiRsHost implements Host {
  readonly name = 'ffi-rs'
  readonly #ffi: FfiRs
  #closed = false

  constructor(ffi: FfiRs) {
    this.#ffi = ffi
    ffi.open({ library: LIBRARY, path: '' })
  }

  libc(name: LibcFunction, ...args: readonly number[]): LibcResult {
    const { I32, I64 } = this.#ffi.DataType
    const result = this.#ffi.load({
      library: LIBRARY,
      funcName: name,
      retType: LIBC[name] === 'int' ? I32 : I64,
      paramsType: args.map(() => I64),
      paramsValue: args,
      errno: true,
    }) as { readonly value: number; readonly errnoCode: number }
    return { value: Number(result.value), errno: Number(result.value) === -1 ? result.errnoCode : 0 }
  }

  symbol(name: string): number {
    const { value } = this.libc('dlsym', 0, this.addressOf(Buffer.from(`${name}\0`)))
    if (value === 0) throw new HostError(`libc has no symbol '${name}'`)
    return value
  }

  copyIn(address: number, bytes: Uint8Array): void {
    const { I64, U8Array } = this.#ffi.DataType
    this.#ffi.load({
      library: LIBRARY,
      funcName: 'memcpy',
      retType: I64,
      paramsType: [I64, U8Array, I64],
      paramsValue: [address, bufferOver(bytes), bytes.length],
    })
  }

  /** ffi-rs shows no addresses, but memmove returns its destination. */
  addressOf(view: ArrayBufferView): number {
    const { I64, U8Array } = this.#ffi.DataType
    const buffer = bufferOver(view)
    const address = this.#ffi.load({
      library: LIBRARY,
      funcName: 'memmove',
      retType: I64,
      paramsType: [U8Array, U8Array, I64],
      paramsValue: [buffer, buffer, 0],
    })
    return Number(address)
  }

  view(address: number, byteLength: number): ArrayBuffer {
    const { External, I64 } = this.#ffi.DataType
    const pointer = this.#ffi.load({
      library: LIBRARY,
      funcName: 'memmove',
      retType: External,
      paramsType: [I64, I64, I64],
      paramsValue: [address, address, 0],
    })
    return this.#ffi.createExternalBuffer(pointer, byteLength).buffer as ArrayBuffer
  }

  /**
   * ffi-rs can call functions of a library only. libc's bsearch(key, base, 1, 1, compare) calls
   * compare(key, element) exactly once, whatever it returns: with the argument as key, that is our call.
   */
  enter(code: bigint, argument: bigint): void {
    if (this.#closed) throw new HostError('this thread is ending: native code can no longer be entered')
    const { BigInt: Int, Void } = this.#ffi.DataType
    this.#ffi.load({
      library: LIBRARY,
      funcName: 'bsearch',
      retType: Void,
      paramsType: [Int, Int, Int, Int, Int],
      paramsValue: [argument, argument, 1n, 1n, code],
    })
  }

  enterLater(): never {
    throw new HostError('asynchronous calls need koffi; this kernel was loaded with the host ffi-rs')
  }

  close(): void {
    this.#closed = true
  }
}

/** Loads ffi-rs. HostError when it is not installed. */
export function createFfiRsHost(): Host {
  try {
    return new FfiRsHost(optionalPackage('ffi-rs') as FfiRs)
  } catch (error) {
    throw new HostError('ffi-rs cannot be loaded: install it with `npm install ffi-rs`', { cause: error })
  }
}
