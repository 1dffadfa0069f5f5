/** oneDNN's matmul primitive through its C interface, that of 2.x and that of 3.x. */
import { host } from '../../src/runtime/hosts/select.ts'
import type { ProductType, Storage } from '../../src/schedule/product-type.ts'
import { CallLoop } from '../native/call-loop.ts'
import type { Operands } from '../native/operands.ts'
import type { CType, SharedObject } from '../native/shared-object.ts'
import { Declined, type Prepared } from './contender.ts'

/** A handle or address as koffi's int64 takes and gives it. */
type Word = number | bigint
type Layout = 'row-major' | 'transposed' | 'any'
type Call = (...args: readonly (Word | ArrayBufferView)[]) => number

const ENGINE_CPU = 1
const STREAM_DEFAULT = 1
/** dnnl_data_type_t. */
const DATA_TYPES: Readonly<Partial<Record<Storage, number>>> = {
  f16: 1,
  bf16: 2,
  f32: 3,
  s32: 4,
  s8: 5,
  u8: 6,
  f64: 7,
}
/** dnnl_invalid_arguments and dnnl_unimplemented: nothing for such a product. */
const NOTHING: readonly number[] = [2, 3]
const FORMAT_ANY = 1
const QUERY_WEIGHTS = 131
/** DNNL_MEMORY_ALLOCATE: oneDNN allocates. */
const MEMORY_ALLOCATE = -1
const ARGUMENT = { source: 1, destination: 17, weights: 33 } as const
/** More than dnnl_memory_desc_t and dnnl_matmul_desc_t of 2.x take. */
const DESCRIPTOR_BYTES = 8192

/** A status other than 0 is an error of oneDNN's; 3 is `unimplemented` in every version. */
function succeed(status: number, what: string): void {
  if (status !== 0) throw new OneDnnError(status, what)
}

class OneDnnError extends Error {
  override readonly name = 'OneDnnError'
  readonly status: number

  constructor(status: number, what: string) {
    super(`oneDNN: ${what} failed with status ${status}`)
    this.status = status
  }
}

/** Everything is passed as 64-bit integers or as arrays that take results. */
export class MatmulPrimitives {
  readonly #library: SharedObject
  readonly #engine: bigint
  readonly #stream: bigint
  /** Memory that oneDNN refers to by address for as long as the process runs: descriptors, arguments. */
  readonly #kept: ArrayBufferView[] = []

  constructor(library: SharedObject) {
    this.#library = library
    this.#engine = this.#create('dnnl_engine_create', [ENGINE_CPU, 0])
    this.#stream = this.#create('dnnl_stream_create', [this.#engine, STREAM_DEFAULT])
  }

  /** `status f(result *, …)`: what is written to the result. */
  #create(name: string, args: readonly (Word | ArrayBufferView)[]): bigint {
    const result = new BigUint64Array(1)
    this.#call(name, [result, ...args])
    return result[0]!
  }

  #call(name: string, args: readonly (Word | ArrayBufferView)[]): void {
    const types: CType[] = args.map((arg) => (typeof arg === 'object' ? 'void *' : 'int64'))
    succeed(this.#library.function<Call>('int', types, name)(...args), name)
  }

  #keep<T extends ArrayBufferView>(memory: T): T {
    this.#kept.push(memory)
    return memory
  }

  /** A row-major matrix, one that is stored transposed, or one whose layout oneDNN may choose. */
  #descriptor(storage: Storage, rows: number, columns: number, layout: Layout): Word | ArrayBufferView {
    const type = DATA_TYPES[storage]
    if (type === undefined) throw new Declined(`no ${storage}`)
    const sizes = BigInt64Array.of(BigInt(rows), BigInt(columns))
    const strides =
      layout === 'transposed' ? BigInt64Array.of(1n, BigInt(rows)) : BigInt64Array.of(BigInt(columns), 1n)
    const [suffix, last] = layout === 'any' ? (['tag', FORMAT_ANY] as const) : (['strides', strides] as const)
    if (this.#library.find('dnnl_memory_desc_create_with_tag') !== null) {
      return this.#create(`dnnl_memory_desc_create_with_${suffix}`, [2, sizes, type, last])
    }
    const descriptor = this.#keep(new Uint8Array(DESCRIPTOR_BYTES))
    this.#call(`dnnl_memory_desc_init_by_${suffix}`, [descriptor, 2, sizes, type, last])
    return descriptor
  }

  #matmul(
    source: Word | ArrayBufferView,
    weights: Word | ArrayBufferView,
    destination: Word | ArrayBufferView,
  ) {
    if (this.#library.find('dnnl_matmul_primitive_desc_create') !== null) {
      const args = [this.#engine, source, weights, 0, destination, 0]
      return this.#create('dnnl_matmul_primitive_desc_create', args)
    }
    const description = this.#keep(new Uint8Array(DESCRIPTOR_BYTES))
    this.#call('dnnl_matmul_desc_init', [description, source, weights, 0, destination])
    return this.#create('dnnl_primitive_desc_create', [description, 0, this.#engine, 0])
  }

  #matmulOrDecline(
    source: Word | ArrayBufferView,
    weights: Word | ArrayBufferView,
    destination: Word | ArrayBufferView,
    type: ProductType,
  ): bigint {
    try {
      return this.#matmul(source, weights, destination)
    } catch (error) {
      if (error instanceof OneDnnError && NOTHING.includes(error.status))
        throw new Declined(`no products of ${type} on this CPU, or in this version`)
      throw error
    }
  }

  #memory(descriptor: Word | ArrayBufferView, address: Word): bigint {
    return this.#create('dnnl_memory_create', [descriptor, this.#engine, address])
  }

  /** dnnl_exec_arg_t[]: a number in the low half of a word, then a memory object. */
  #arguments(list: readonly (readonly [number, bigint])[]): BigUint64Array {
    // Over a buffer of its own: V8 keeps small arrays without one on its heap, where they move.
    const words = this.#keep(new BigUint64Array(new ArrayBuffer(16 * list.length)))
    for (const [index, [number, memory]] of list.entries()) words.set([BigInt(number), memory], 2 * index)
    return words
  }

  prepare(operands: Operands, packed: boolean): Prepared {
    const { shape, transA, transB, problems, a, b, c } = operands
    const { m, n, k } = shape
    const layout = (transposed: boolean): Layout => (transposed ? 'transposed' : 'row-major')
    const source = this.#descriptor(a.storage, m, k, layout(transA))
    const plainWeights = this.#descriptor(b.storage, k, n, layout(transB))
    const destination = this.#descriptor(c.storage, m, n, 'row-major')
    const wanted = packed ? this.#descriptor(b.storage, k, n, 'any') : plainWeights
    const description = this.#matmulOrDecline(source, wanted, destination, operands.type)
    const primitive = this.#create('dnnl_primitive_create', [description])
    const query = this.#library.function<(...args: readonly Word[]) => Word>(
      'int64',
      ['int64', 'int', 'int'],
      'dnnl_primitive_desc_query_md',
    )
    const chosen = query(description, QUERY_WEIGHTS, 0)

    const loop = new CallLoop({
      passing: { integers: 4, scalars: 0 },
      address: this.#library.address('dnnl_primitive_execute'),
      recordBytes: 32,
      records: problems,
      kept: [operands, this],
    })
    // Everything else is small and stays until the process ends.
    const copies: bigint[] = []
    for (let problem = 0; problem < problems; problem++) {
      const plain = this.#memory(plainWeights, b.addressOf(problem))
      const weights = packed ? this.#reorder(plain, plainWeights, chosen) : plain
      if (packed) copies.push(weights)
      const list = this.#arguments([
        [ARGUMENT.source, this.#memory(source, a.addressOf(problem))],
        [ARGUMENT.weights, weights],
        [ARGUMENT.destination, this.#memory(destination, c.addressOf(problem))],
      ])
      const record = [primitive, this.#stream, 3n, BigInt(host().addressOf(list))]
      for (const [word, value] of record.entries()) loop.setInteger(problem, word, value)
    }
    return {
      packed,
      problemsPerCall: 1,
      timing: 'kernel',
      synchronous: true,
      time: (calls) => loop.time(calls),
      dispose: () => {
        loop.dispose()
        for (const copy of copies) this.#call('dnnl_memory_destroy', [copy])
      },
    }
  }

  /** B in the layout that oneDNN chose, in memory of its own. */
  #reorder(plain: bigint, from: Word | ArrayBufferView, to: Word): bigint {
    const packed = this.#memory(to, MEMORY_ALLOCATE)
    const args = [from, this.#engine, to, this.#engine, 0]
    const description = this.#create('dnnl_reorder_primitive_desc_create', args)
    const primitive = this.#create('dnnl_primitive_create', [description])
    const list = this.#arguments([
      [ARGUMENT.source, plain],
      [ARGUMENT.destination, packed],
    ])
    this.#call('dnnl_primitive_execute', [primitive, this.#stream, 2, list])
    this.#call('dnnl_stream_wait', [this.#stream])
    return packed
  }
}
