/** The default host: koffi, with one emitted gate through which all native code is entered. */
import { placeCode } from '../executable-memory.ts'
import { GATE_ARGUMENT, GATE_CODE, GATE_WORDS, gateCode, laterGateCode } from '../gate.ts'
import { type MappedRegion, MemoryError } from '../mapped-region.ts'
import { nodeFs, optionalPackage } from '../node-modules.ts'
import { type Host, HostError, LIBC, type LibcFunction, type LibcResult } from './host.ts'

/** The part of koffi that is used here; its own types are loose. */
interface Koffi {
  readonly version: string
  load(path: null): KoffiLibrary
  proto(result: string, parameters: readonly string[]): KoffiType
  decode(address: number, type: KoffiType): KoffiFunction
  address(view: ArrayBufferView): bigint
  view(address: number, byteLength: number): ArrayBuffer
  errno(): number
}
interface KoffiLibrary {
  func(name: string, result: string, parameters: readonly string[]): KoffiFunction
}
interface KoffiFunction {
  (...args: readonly unknown[]): unknown
  /** The same on another thread; the last argument is called back. */
  async(...args: readonly unknown[]): void
}
interface KoffiType {
  readonly primitive: string
}

const ARITY: Readonly<Record<LibcFunction, number>> = {
  mmap: 6,
  mprotect: 3,
  munmap: 2,
  madvise: 3,
  dlsym: 2,
  syscall: 3,
}

/**
 * How native code is entered. A koffi function per kernel costs 16 ns a call while V8 sees a single one,
 * and 27 ns as soon as a program has several kernels, because the call site turns megamorphic; it also
 * costs 3.4 µs to make. One gate for all code stays monomorphic and has no argument to convert: 12.8 ns,
 * always (Zen 5, Node 20.20, koffi 3.3.4; three koffi pointer parameters instead: 62 ns). It jumps to what
 * its mailbox says, so a call is two stores and a call without arguments. The mailbox belongs to one
 * thread and is read before the code runs, so calls may nest.
 */
class KoffiHost implements Host {
  readonly name = 'koffi'
  readonly #koffi: Koffi
  readonly #libc: Readonly<Record<LibcFunction, KoffiFunction>>
  readonly #copy: KoffiFunction
  // Over a buffer of its own: V8 keeps small arrays without one on its heap, where they move.
  readonly #mailbox = new BigUint64Array(new ArrayBuffer(8 * GATE_WORDS))
  readonly #region: MappedRegion
  #gate: () => void
  #later: { readonly region: MappedRegion; readonly gate: KoffiFunction } | null = null
  #pending = 0
  #closed = false

  constructor(koffi: Koffi) {
    this.#koffi = koffi
    // Every environment must load a library before it decodes an address, or the decoded call crashes.
    const library = koffi.load(null)
    const bind = (name: LibcFunction): KoffiFunction =>
      library.func(name, LIBC[name] === 'int' ? 'int' : 'int64', Array(ARITY[name]).fill('int64'))
    this.#libc = {
      mmap: bind('mmap'),
      mprotect: bind('mprotect'),
      munmap: bind('munmap'),
      madvise: bind('madvise'),
      dlsym: bind('dlsym'),
      syscall: bind('syscall'),
    }
    this.#copy = library.func('memcpy', 'int64', ['int64', 'void *', 'int64'])
    const code = gateCode(this.addressOf(this.#mailbox))
    this.#region = placeCode(this, code.length, () => code, 'gate')
    this.#gate = koffi.decode(this.#region.address, koffi.proto('void', [])) as () => void
  }

  libc(name: LibcFunction, ...args: readonly number[]): LibcResult {
    const value = Number(this.#libc[name](...args))
    return { value, errno: value === -1 ? this.#koffi.errno() : 0 }
  }

  symbol(name: string): number {
    const { value } = this.libc('dlsym', 0, this.addressOf(Buffer.from(`${name}\0`)))
    if (value === 0) throw new HostError(`libc has no symbol '${name}'`)
    return value
  }

  copyIn(address: number, bytes: Uint8Array): void {
    this.#copy(address, bytes, bytes.length)
  }

  addressOf(view: ArrayBufferView): number {
    return Number(this.#koffi.address(view))
  }

  view(address: number, byteLength: number): ArrayBuffer {
    return this.#koffi.view(address, byteLength)
  }

  enter(code: bigint, argument: bigint): void {
    this.#mailbox[GATE_CODE] = code
    this.#mailbox[GATE_ARGUMENT] = argument
    this.#gate()
  }

  enterLater(record: bigint, done: () => void): void {
    if (this.#closed) refuse()
    if (this.#later === null) {
      const code = laterGateCode()
      const region = placeCode(this, code.length, () => code, 'gate')
      const gate = this.#koffi.decode(region.address, this.#koffi.proto('void', ['uint64']))
      this.#later = { region, gate }
    }
    this.#later.gate.async(record, () => {
      this.#pending -= 1
      done()
    })
    this.#pending += 1
  }

  close(): void {
    this.#closed = true
    this.#gate = refuse
    this.#region.dispose()
    // Cancelled calls pass through their gate yet, as soon as libuv has a thread for them.
    if (this.#pending === 0) this.#later?.region.dispose()
  }
}

function refuse(): never {
  throw new HostError('this thread is ending: native code can no longer be entered')
}

const BINARY = '@koromix/koffi-linux-x64/linux_x64/koffi.node'
const VERSION = /^3\./
/** Where it exists, Node may be linked with musl, which has another binary: to find out takes koffi's scripts. */
const MUSL = '/lib/ld-musl-x86_64.so.1'

/**
 * koffi's binary without the scripts that look for it, which are four fifths of what loading it takes: 2.5 of 15 ms in a
 * fresh process on Zen 3. They change nothing that is used here. Null where it is not where npm puts it.
 */
function koffiBinary(): Koffi | null {
  if (process.platform !== 'linux' || process.arch !== 'x64' || nodeFs().existsSync(MUSL)) return null
  try {
    const binary = optionalPackage(BINARY) as Koffi
    return VERSION.test(binary.version) ? binary : null
  } catch {
    return null
  }
}

/** Loads koffi. HostError when it is not installed or has no binary for this machine. */
export function createKoffiHost(): Host {
  try {
    return new KoffiHost(koffiBinary() ?? (optionalPackage('koffi') as Koffi))
  } catch (error) {
    if (error instanceof HostError || error instanceof MemoryError) throw error
    throw new HostError(
      'koffi cannot be loaded: install it with `npm install koffi`, or ffi-rs and set TILEWRIGHT_HOST=ffi-rs',
      { cause: error },
    )
  }
}
