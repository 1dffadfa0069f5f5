/** LLVM's disassembler in this process, by its C interface: a thousand times as fast as asking llvm-mc. */
import koffi from 'koffi'

/** What stands at the start of some bytes. */
export interface Decoded {
  readonly length: number
  /** Intel text, tabs as single spaces. */
  readonly text: string
}

/** Decodes the first instruction; null where the bytes are none. */
export type FirstInstruction = (bytes: Uint8Array) => Decoded | null

const CANDIDATES = ['libLLVM.so.22.1', 'libLLVM.so.22', 'libLLVM-22.so', 'libLLVM-22.so.1']
const LONGEST_TEXT = 512
/** LLVMDisassembler_Option_AsmPrinterVariant: Intel syntax. */
const INTEL_SYNTAX = 4

function loadLibrary(): ReturnType<typeof koffi.load> | null {
  for (const name of CANDIDATES) {
    try {
      return koffi.load(name)
    } catch {
      // Not by this name; null says that there is none at all.
    }
  }
  return null
}

/** The disassembler of this machine's LLVM 22, or null where its shared library is not installed. */
export function openDisassembler(): FirstInstruction | null {
  const library = loadLibrary()
  if (library === null) return null
  for (const part of ['TargetInfo', 'Target', 'TargetMC', 'Disassembler']) {
    library.func(`LLVMInitializeX86${part}`, 'void', [])()
  }
  const create = library.func('LLVMCreateDisasmCPUFeatures', 'void*', [
    'str',
    'str',
    'str',
    'void*',
    'int',
    'void*',
    'void*',
  ])
  const context = create('x86_64-unknown-linux-gnu', '', '', null, 0, null, null)
  library.func('LLVMSetDisasmOptions', 'int', ['void*', 'uint64'])(context, INTEL_SYNTAX)
  const decode = library.func('LLVMDisasmInstruction', 'size_t', [
    'void*',
    'void*',
    'uint64',
    'uint64',
    'void*',
    'size_t',
  ])
  const text = Buffer.alloc(LONGEST_TEXT)
  return (bytes) => {
    const length = Number(decode(context, bytes, bytes.length, 0, text, LONGEST_TEXT))
    if (length === 0) return null
    const line = text.toString('latin1', 0, text.indexOf(0))
    return { length, text: line.trim().replace(/\s+/g, ' ') }
  }
}
