/** Object files, shared libraries and headers: read by binutils, linked by a compiler, loaded by the loader. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Assembler } from '../src/encoder/assembler.ts'
import { mem, qword } from '../src/encoder/operands.ts'
import { rax, rdi } from '../src/encoder/registers.ts'
import { cHeader, type ExportedFunction, objectFile, sharedLibrary } from '../src/objects/index.ts'
import { rawCode } from './native-support.ts'
import { skip } from './skips.ts'

const objects = suite('objects')

const FIELDS = [
  { name: 'x', type: 'const int64_t *', offset: 0, comment: 'one summand */ here' },
  { name: 'scale', type: 'int32_t', offset: 8 },
  { name: 'sum', type: 'int64_t', offset: 24 },
] as const

/** sum ← *x + 40, from the constant pool. */
function addForty(): ExportedFunction {
  const a = new Assembler()
  a.mov(rax, mem(rdi))
  a.mov(rax, mem(rax))
  a.add(rax, qword(a.constant(Uint8Array.of(40, 0, 0, 0, 0, 0, 0, 0))))
  a.mov(mem(rdi, 24), rax)
  return { name: 'tw_add_forty', code: a.ret().finish(), comment: 'sum = *x + 40.', fields: FIELDS }
}

/** The same with another constant, to have two. */
function store(name: string, value: number): ExportedFunction {
  const a = new Assembler()
  a.mov(qword(rdi), value)
  return { name, code: a.ret().finish() }
}

const MANY: readonly ExportedFunction[] = [addForty(), store('tw_store_7', 7), store('tw_store_8', 8)]

/** Runs the body in a folder of its own, when every tool exists and this is linux-x64. */
function test(name: string, tools: readonly string[], body: (folder: string) => void): void {
  objects(name, () => {
    if (process.platform !== 'linux' || process.arch !== 'x64')
      return skip('object files are run on linux-x64')
    const missing = tools.filter((tool) => spawnSync(tool, ['--version']).status !== 0)
    if (missing.length > 0) return skip(`no ${missing.join(', ')}`)
    const folder = mkdtempSync(join(tmpdir(), 'tilewright-objects-'))
    try {
      body(folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
}

function run(folder: string, tool: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(tool, args, { cwd: folder, encoding: 'utf8' })
  assert.is(status, 0, `${tool} ${args.join(' ')}: ${stderr}`)
  assert.is(stderr, '')
  return stdout
}

const MAIN = `#include <stdio.h>
#include "kernels.h"
int main(void) {
  int64_t x = 2, seven = 0, eight = 0;
  tw_add_forty_arguments arguments = { .x = &x };
  tw_add_forty(&arguments);
  tw_store_7((uint64_t)&seven);
  tw_store_8((uint64_t)&eight);
  printf("%ld %ld %ld", (long)arguments.sum, (long)seven, (long)eight);
  return 0;
}
`

test('readelf has no complaint about either file', ['readelf'], (folder) => {
  writeFileSync(join(folder, 'k.o'), objectFile(MANY))
  writeFileSync(join(folder, 'k.so'), sharedLibrary(MANY, { soname: 'libk.so.1' }))
  const object = run(folder, 'readelf', '--all', '--wide', 'k.o')
  assert.match(object, /REL \(Relocatable file\)/)
  assert.match(object, /FUNC\s+GLOBAL DEFAULT\s+1 tw_add_forty/)
  assert.match(object, /\.note\.GNU-stack/)
  const library = run(folder, 'readelf', '--all', '--wide', 'k.so')
  assert.match(library, /DYN \(Shared object file\)/)
  assert.match(library, /\(SONAME\)\s+Library soname: \[libk\.so\.1\]/)
  assert.match(library, /LOAD .* R E 0x1000/)
  assert.match(library, /LOAD .* RW\s+0x1000/)
  assert.match(library, /GNU_STACK .* RW /)
  assert.not.match(library, /RWE/)
  assert.not.match(library + object, /[Ww]arning|[Ee]rror/)
})

test('a C program links the object, without an executable stack', ['gcc', 'readelf'], (folder) => {
  writeFileSync(join(folder, 'k.o'), objectFile(MANY))
  writeFileSync(join(folder, 'kernels.h'), cHeader(MANY, 'KERNELS_H'))
  writeFileSync(join(folder, 'main.c'), MAIN)
  run(folder, 'gcc', '-std=c11', '-Wall', '-Wextra', '-Werror', '-pedantic', 'main.c', 'k.o', '-o', 'main')
  assert.is(run(folder, './main'), '42 7 8')
  assert.match(run(folder, 'readelf', '--wide', '--segments', 'main'), /GNU_STACK .* RW /)
  run(folder, 'gcc', '-shared', 'k.o', '-o', 'linked.so')
})

test('a C program links the shared library', ['gcc'], (folder) => {
  writeFileSync(join(folder, 'libk.so'), sharedLibrary(MANY))
  writeFileSync(join(folder, 'kernels.h'), cHeader(MANY, 'KERNELS_H'))
  writeFileSync(join(folder, 'main.c'), MAIN)
  run(folder, 'gcc', '-Wall', '-Werror', 'main.c', '-L.', '-lk', '-Wl,-rpath,$ORIGIN', '-o', 'main')
  assert.is(run(folder, './main'), '42 7 8')
})

test('the header is C++ too', ['g++'], (folder) => {
  writeFileSync(join(folder, 'kernels.h'), cHeader(MANY, 'KERNELS_H'))
  writeFileSync(join(folder, 'main.cc'), '#include "kernels.h"\n#include "kernels.h"\n')
  run(folder, 'g++', '-std=c++17', '-Wall', '-Wextra', '-Werror', '-pedantic', '-c', 'main.cc')
})

test('the loader takes a shared library with hundreds of functions', ['python3'], (folder) => {
  const functions = Array.from({ length: 300 }, (_, index) => store(`function_${index}`, index))
  writeFileSync(join(folder, 'many.so'), sharedLibrary(functions))
  const script = [
    'import ctypes',
    "library = ctypes.CDLL('./many.so')",
    'word = ctypes.c_uint64()',
    'for index in range(300):',
    "  library['function_%d' % index](ctypes.c_void_p(ctypes.addressof(word)))",
    '  assert word.value == index',
    "assert not hasattr(library, 'function_300')",
    "print('ok')",
  ].join('\n')
  assert.is(run(folder, 'python3', '-c', script), 'ok\n')
})

/** call callee; mov rax, [rip + label]; ret; label: 5 */
const REFERRING: ExportedFunction = (() => {
  const bytes = [0xe8, 0, 0, 0, 0, 0x48, 0x8b, 0x05, 0, 0, 0, 0, 0xc3, 5, 0, 0, 0, 0, 0, 0, 0]
  const a = new Assembler()
  const end = a.label()
  const { instructions } = a.jmp(end).bind(end).finish()
  return {
    name: 'refers',
    code: rawCode(bytes, {
      symbols: [{ name: 'five', offset: 13 }],
      relocations: [
        { offset: 1, kind: 'rel32', symbol: 'callee', addend: -4 },
        { offset: 8, kind: 'rel32', symbol: 'five', addend: -4 },
      ],
      instructions: [{ ...instructions[0]!, offset: 0, length: 5 }],
    }),
  }
})()

test('references become relocations that a linker fills', ['gcc', 'readelf'], (folder) => {
  writeFileSync(join(folder, 'k.o'), objectFile([store('first', 1), REFERRING]))
  const relocations = run(folder, 'readelf', '--wide', '--relocs', 'k.o')
  assert.match(relocations, /R_X86_64_PLT32\s+0+ callee - 4/)
  assert.match(relocations, /R_X86_64_PC32\s+0+ \.text \+ /)
  const main = 'void callee(void) {}\nlong refers(void);\nint main(void) { return (int)refers(); }\n'
  writeFileSync(join(folder, 'main.c'), main)
  run(folder, 'gcc', 'main.c', 'k.o', '-o', 'main')
  assert.is(spawnSync(join(folder, 'main')).status, 5)
})

objects('a shared library refuses what only a linker can do', () => {
  assert.throws(
    () => sharedLibrary([REFERRING]),
    /refers: .* got one to 'callee'; link the object file instead/,
  )
  const absolute = rawCode([0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xc3], {
    relocations: [{ offset: 2, kind: 'abs64', symbol: 'itself', addend: 0 }],
    symbols: [{ name: 'itself', offset: 0 }],
  })
  assert.throws(() => sharedLibrary([{ name: 'f', code: absolute }]), /got an absolute one to 'itself'/)
  assert.ok(objectFile([{ name: 'f', code: absolute }]).length > 0)
})

objects('the same input gives the same bytes', () => {
  assert.equal(objectFile(MANY), objectFile(MANY))
  assert.equal(sharedLibrary(MANY), sharedLibrary(MANY))
})

objects('names and fields that C cannot have are refused', () => {
  const { code } = store('f', 1)
  for (const make of [objectFile, sharedLibrary, (all: readonly ExportedFunction[]) => cHeader(all, 'H')]) {
    assert.throws(() => make([]), /functions: expected at least one, got none/)
    assert.throws(() => make([{ name: 'two words', code }]), /C identifier, got 'two words'/)
    assert.throws(
      () =>
        make([
          { name: 'f', code },
          { name: 'f', code },
        ]),
      /got 'f' twice/,
    )
    assert.throws(() => make([{ name: 'f', code: rawCode([]) }]), /f: expected code, got no bytes/)
  }
  const header = (offset: number) => () =>
    cHeader([{ name: 'f', code, fields: [FIELDS[0], { name: 'n', type: 'uint64_t', offset }] }], 'H')
  assert.throws(header(4), /f\.n: expected an offset of at least 8 and a multiple of 8, got 4/)
  assert.throws(header(12), /got 12/)
  assert.match(header(16)(), /uint8_t reserved_8\[8\];/)
  assert.throws(() => cHeader([{ name: 'f', code }], '1H'), /guard: expected a C identifier/)
})

objects.run()
