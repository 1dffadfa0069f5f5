/** The bundle that is shipped: the same surface and bytes as the sources, and an import that does next to no work. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cacheOf } from '../scripts/load-core.ts'
import { tables } from '../src/encoder/tables/index.ts'
import { packRows, unpackRows } from '../src/encoder/tables/packed-rows.ts'
import * as rows from '../src/encoder/tables/rows.ts'
import * as sources from '../src/index.ts'

/** Most calls of functions of the package that an import may make: 2,918 when this was written, most of them for registers. */
const MOST_CALLS = 3500

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tilewright-bundle-'))
const entry = join(folder, 'index.js')
const core = join(folder, 'core.cjs')

/** What a script prints that finds the bundle as `bundle`, as a fresh process runs it. */
function inBundle(script: string, flags: readonly string[] = []): unknown {
  const args = [...flags, '--input-type=module', '-e', script, entry]
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }))
}

const bundle = suite('bundle')

bundle.before(() => {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json')
  const tsc = join(dirname(compiler), 'bin', 'tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', folder], { cwd: root })
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/bundle.ts', folder], { cwd: root })
})

bundle.after(() => rmSync(folder, { recursive: true, force: true }))

bundle('rows as text are the rows of the tables', () => {
  const packed = unpackRows(packRows(tables))
  assert.equal(packed.mnemonics(), rows.mnemonics())
  for (const mnemonic of rows.mnemonics()) {
    assert.equal(packed.rowsOf(mnemonic), tables[mnemonic])
    assert.ok(packed.hasRows(mnemonic) && rows.hasRows(mnemonic))
  }
  for (const none of ['', 'nonsense', 'constructor', '__proto__', 'add|', 'add~']) {
    assert.equal(packed.rowsOf(none), [])
    assert.equal(rows.rowsOf(none), [])
    assert.not.ok(packed.hasRows(none) || rows.hasRows(none), none)
  }
})

bundle('rows are found in the text before it is taken apart', () => {
  const text = packRows(tables)
  const names = rows.mnemonics()
  const searched = unpackRows(text)
  for (const mnemonic of names) {
    assert.ok(searched.hasRows(mnemonic), mnemonic)
    // Next to it in the alphabet, and in no table.
    for (const none of [`${mnemonic}!`, `${mnemonic}~`, mnemonic.slice(0, -1)]) {
      assert.is(searched.hasRows(none), rows.hasRows(none), none)
    }
  }
  // Each asks for so few that they are searched for.
  for (let first = 0; first < names.length; first += 50) {
    const few = unpackRows(text)
    for (const mnemonic of names.slice(first, first + 50))
      assert.equal(few.rowsOf(mnemonic), tables[mnemonic])
  }
})

bundle('a row with a character that separates rows is refused', () => {
  assert.throws(() => packRows({ odd: [['r:q', 'M', 'a;b', 'X']] }), /odd: 'a;b' has a character/)
})

/** What the command prints, and its exit status. */
function command(...args: readonly string[]): readonly [string, number | null] {
  const { status, stdout } = spawnSync(process.execPath, [join(folder, 'cli/main.js'), ...args], {
    encoding: 'utf8',
  })
  return [stdout, status]
}

bundle('the command is a script of its own, and does what it does in the source tree', () => {
  assert.equal(readdirSync(join(folder, 'cli')).filter((file) => file.endsWith('.cache')).length, 1)
  for (const args of [
    ['asm', '-e', 'vaddps zmm0, zmm1, [rax]'],
    ['isa', 'vpdpbusd'],
    ['gemm', '64x64x64', '--emit', 'asm', '--isa', 'avx512'],
    ['nonsense'],
  ]) {
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
      ...{ cwd: root, encoding: 'utf8' },
    })
    assert.equal(command(...args), [stdout, status], args.join(' '))
  }
})

bundle('is ASCII, without comments', () => {
  const text = readFileSync(core, 'utf8')
  assert.not.match(text, /[^\t\n -~]/)
  // The C header that is written has comments of its own.
  assert.not.match(text, /^ *\/\*\*|^ *\/\/(?!# sourceMappingURL)/m)
})

bundle('exports what the sources do', () => {
  const names = inBundle('console.log(JSON.stringify(Object.keys(await import(process.argv[1]))))')
  assert.equal(names, Object.keys(sources).sort())
})

bundle('an import calls few functions, and loads none of the larger modules of Node', () => {
  const { calls, loaded } = inBundle(`
    import { Session } from 'node:inspector'
    const session = new Session()
    session.connect()
    const ask = (method, options) => {
      let answer
      session.post(method, options, (error, result) => {
        if (error) throw error
        answer = result
      })
      return answer
    }
    const before = new Set(process.moduleLoadList)
    ask('Profiler.enable')
    ask('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
    await import(process.argv[1])
    const { result } = ask('Profiler.takePreciseCoverage')
    const { functions } = result.find(({ url }) => url.endsWith('/core.cjs'))
    const calls = functions.reduce((sum, { ranges }) => sum + ranges[0].count, 0)
    console.log(JSON.stringify({ calls, loaded: process.moduleLoadList.filter((name) => !before.has(name)) }))
  `) as { readonly calls: number; readonly loaded: readonly string[] }
  assert.ok(calls <= MOST_CALLS, `${calls} calls`)
  assert.equal(
    loaded.filter((name) => /worker|stream|child_process|net|http/.test(name)),
    [],
  )
})

/** The files in which what V8 made of the script is kept. */
const caches = (): readonly string[] => readdirSync(folder).filter((file) => file.endsWith('.cache'))

const PRODUCT = `
  const { generateGemm, planGemm } = await import(process.argv[1])
  const { code } = generateGemm(planGemm({ m: 17, n: 33, k: 9 }, { target: 'avx2' }))
  console.log(JSON.stringify(Buffer.from(code.bytes).toString('hex')))
`

bundle('V8 takes what is kept beside the script', () => {
  const digest = createHash('sha256').update(readFileSync(core)).digest('hex').slice(0, 8)
  assert.equal(
    caches().map((file) => join(folder, file)),
    [cacheOf(core, digest)],
  )
  // In a process of its own: other tests change V8's flags.
  const refused = inBundle(`
    import { createRequire } from 'node:module'
    const vm = createRequire(process.argv[1])('node:vm')
    const refused = []
    vm.Script = class extends vm.Script {
      constructor(...options) {
        super(...options)
        refused.push(this.cachedDataRejected)
      }
    }
    await import(process.argv[1])
    console.log(JSON.stringify(refused))
  `)
  assert.equal(refused, [false])
})

bundle('works the same with other flags of V8, which refuses what is kept then', () => {
  assert.equal(inBundle(PRODUCT, ['--no-lazy', '--max-lazy']), inBundle(PRODUCT))
})

bundle('works the same where what is kept is damaged, or was made by another version, or lacks', () => {
  const expected = inBundle(PRODUCT)
  const file = join(folder, caches()[0]!)
  const whole = readFileSync(file)
  for (const damaged of [whole.subarray(0, 1000), whole.subarray(0, 3), Buffer.alloc(5000, 0xa5)]) {
    writeFileSync(file, damaged)
    assert.equal(inBundle(PRODUCT), expected)
  }
  rmSync(file)
  assert.equal(inBundle(PRODUCT), expected)
  writeFileSync(file, whole)
})

bundle('emits the same bytes as the sources', () => {
  const problems: sources.GemmProblem[] = [
    { m: 17, n: 33, k: 9 },
    { m: 8, n: 40, k: 64, type: 'u8s8' },
    { m: 'runtime', n: 'runtime', k: 'runtime', transB: true, type: 'f64' },
  ]
  const found = inBundle(`
    const { generateGemm, planGemm } = await import(process.argv[1])
    const codes = ${JSON.stringify(problems)}.flatMap((problem) =>
      ['avx2', 'avx512'].map((target) => Buffer.from(generateGemm(planGemm(problem, { target })).code.bytes).toString('hex')))
    console.log(JSON.stringify(codes))
  `)
  const expected = problems.flatMap((problem) =>
    (['avx2', 'avx512'] as const).map((target) =>
      Buffer.from(sources.generateGemm(sources.planGemm(problem, { target })).code.bytes).toString('hex'),
    ),
  )
  assert.equal(found, expected)
})

bundle('keeps the names of functions and classes, and maps lines to the sources', () => {
  const [names, stack] = inBundle(`
    const { Assembler, compileGemm, EncodeError, mem, rax, Recorder, zmm } = await import(process.argv[1])
    process.setSourceMapsEnabled(true)
    const { Assembler: Mapped } = await import(process.argv[1] + '?mapped')
    const names = [zmm(1), mem(rax), new Recorder('f')].map((each) => each.constructor.name)
    names.push(compileGemm.name, EncodeError.name)
    let stack = ''
    try {
      new Mapped().vaddps(zmm(1))
    } catch (error) {
      stack = error.stack
    }
    console.log(JSON.stringify([names, stack]))
  `) as [string[], string]
  assert.equal(names, ['Reg', 'Mem', 'Recorder', 'compileGemm', 'EncodeError'])
  assert.match(stack, /at explain \(.*encoder\/explain\.ts:\d+:\d+\)/)
  assert.match(stack, /at choose \(.*encoder\/select\.ts:\d+:\d+\)/)
})

bundle('has each class once, also where modules are evaluated late', () => {
  const results = inBundle(`
    const { Assembler, emulate, Fault, mem, rdi, zmm } = await import(process.argv[1])
    const code = new Assembler().vmovups(zmm(0), mem(rdi)).ret().finish()
    const data = new Uint8Array(63)
    try {
      emulate(code, { regions: [{ name: 'short', data }], arguments: [data] })
    } catch (error) {
      console.log(JSON.stringify([error instanceof Fault, error.name]))
    }
  `)
  assert.equal(results, [true, 'Fault'])
})

bundle.run()
