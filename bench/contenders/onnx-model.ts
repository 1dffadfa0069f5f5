/** The smallest ONNX model with a matrix product: encoded by hand, since one node needs no protobuf library. */
import { PRODUCT_TYPES, type ProductType, type Storage } from '../../src/schedule/product-type.ts'
import type { Elements } from '../native/operands.ts'

type Bytes = readonly number[] | Uint8Array

/** A base-128 number, low groups first (protobuf wire format). */
function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
  return bytes
}

function concatenate(parts: readonly Bytes[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

const integer = (field: number, value: number): Bytes => [...varint(field << 3), ...varint(value)]
const bytes = (field: number, content: Bytes): Bytes =>
  concatenate([varint((field << 3) | 2), varint(content.length), content])
const text = (field: number, content: string): Bytes => bytes(field, new TextEncoder().encode(content))
const message = (field: number, parts: readonly Bytes[]): Bytes => bytes(field, concatenate(parts))

/** TensorProto.DataType, of what MatMul and MatMulInteger are asked for here. */
const ELEMENT_TYPE: Readonly<Partial<Record<Storage, number>>> = { f32: 1, f64: 11, u8: 2, s8: 3, s32: 6 }

const elementType = (storage: Storage): number => {
  const type = ELEMENT_TYPE[storage]
  if (type === undefined) throw new RangeError(`no ONNX model of ${storage} is made here`)
  return type
}
const IR_VERSION = 8
const OPERATOR_SET = 13

/** ValueInfoProto: name, then a tensor type of an element type and a shape. */
function valueInfo(field: number, name: string, storage: Storage, sizes: readonly number[]): Bytes {
  const shape = message(
    2,
    sizes.map((size) => message(1, [integer(1, size)])),
  )
  const tensor = message(1, [integer(1, elementType(storage)), shape])
  return message(field, [text(1, name), message(2, [tensor])])
}

/** `c = MatMul(a, b)`, for integers MatMulInteger, of fixed sizes. With `constantB`, b is part of the model and may be packed when it is loaded. */
export function matmulModel(
  type: ProductType,
  { m, n, k }: { readonly m: number; readonly n: number; readonly k: number },
  constantB: Elements | null,
): Uint8Array {
  const facts = PRODUCT_TYPES[type]
  const operator = facts.sum === 's32' ? 'MatMulInteger' : 'MatMul'
  const node = message(1, [text(1, 'a'), text(1, 'b'), text(2, 'c'), text(4, operator)])
  const initializer = (elements: Elements): Bytes =>
    message(5, [
      integer(1, k),
      integer(1, n),
      integer(2, elementType(facts.b)),
      text(8, 'b'),
      bytes(9, new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength)),
    ])
  const graph = message(7, [
    node,
    text(2, 'product'),
    ...(constantB === null ? [] : [initializer(constantB)]),
    valueInfo(11, 'a', facts.a, [m, k]),
    ...(constantB === null ? [valueInfo(11, 'b', facts.b, [k, n])] : []),
    valueInfo(12, 'c', facts.sum, [m, n]),
  ])
  return concatenate([integer(1, IR_VERSION), graph, message(8, [text(1, ''), integer(2, OPERATOR_SET)])])
}
