/** The commands asm and isa as processes: formats, streams, errors, exit statuses. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { UsageError } from '../src/cli/arguments.ts'
import { asmCommand } from '../src/cli/asm-command.ts'
import { isaCommand } from '../src/cli/isa-command.ts'
import { meaningOf } from '../src/cli/isa-meaning.ts'
import { mnemonics } from '../src/encoder/forms.ts'

const cli = suite('cli-asm')

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const NODE_ARGUMENTS = ['--import', 'tsx', MAIN]

interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function tilewright(args: readonly string[], input = ''): Run {
  return spawnSync(process.execPath, [...NODE_ARGUMENTS, ...args], { input, encoding: 'utf8' })
}

const KERNEL = 'f: vaddps zmm0, zmm1, zmm2\n  jmp f # again\n.byte 1\n'
const KERNEL_HEX = '62f1744858c2ebf801'

let folder = ''
cli.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'tilewright-asm-'))
})
cli.after(() => {
  rmSync(folder, { recursive: true })
})

cli('a file becomes a listing', () => {
  const file = join(folder, 'a.s')
  writeFileSync(file, KERNEL)
  const { status, stderr, stdout } = tilewright(['asm', file])
  assert.is(stderr, '')
  assert.is(status, 0)
  assert.match(stdout, /^f:\n000000 {2}62 f1 74 48 58 c2 +vaddps zmm0, zmm1, zmm2\n000006 {2}eb f8 +jmp f\n/)
})

cli('standard input becomes hex, with - and without', () => {
  for (const words of [[], ['-']]) {
    assert.is(tilewright(['asm', '--hex', ...words], KERNEL).stdout, `${KERNEL_HEX}\n`)
  }
})

cli('-e becomes JSON', () => {
  const { stdout } = tilewright(['asm', '--json', '-e', 'f: vaddps zmm0, zmm1, zmm2', '-e', 'jmp f'])
  const code = JSON.parse(stdout)
  assert.is(code.bytes, '62f1744858c2ebf8')
  assert.equal(code.symbols, [{ name: 'f', offset: 0 }])
  assert.equal(code.features, ['AVX512F'])
  assert.equal(code.instructions[1], { offset: 6, hex: 'ebf8', text: 'jmp f', form: 'jmp rel8' })
})

cli('-o writes the bytes, or the format that is asked for', () => {
  const file = join(folder, 'out')
  tilewright(['asm', '-o', file, '-e', 'ret'])
  assert.equal([...readFileSync(file)], [0xc3])
  tilewright(['asm', '-o', file, '--hex', '-e', 'ret'])
  assert.is(readFileSync(file, 'utf8'), 'c3\n')
})

cli('mistakes are told with file, line and column, and the status is 1', () => {
  const file = join(folder, 'wrong.s')
  writeFileSync(file, 'nop\nmov [rax], 1\nfoo\n')
  const { status, stderr, stdout } = tilewright(['asm', file])
  assert.is(status, 1)
  assert.is(stdout, '')
  assert.match(stderr, /wrong\.s:\nline 2, column 5, '\[rax\]': the size .*say which/)
  assert.match(stderr, /\nline 3, column 1, 'foo': there is no such instruction/)
})

cli('mistakes in the call are told, and the status is 2', async () => {
  const { status, stderr } = tilewright(['asm', '--hex', '--json'])
  assert.is(status, 2)
  assert.match(stderr, /^tilewright: asm: --hex and --json exclude each other/)
  for (const [args, reason] of [
    [['a', 'b'], /expected one file; given 2/],
    [['/nowhere/a.s'], /no file '\/nowhere\/a\.s'/],
    [['--lines', '--json'], /--lines prints hex/],
    [['-e', 'nop', 'a.s'], /-e is given, and the file 'a.s' too/],
  ] as const) {
    const error = await asmCommand(args).catch((error: unknown) => error)
    assert.instance(error, UsageError)
    assert.match((error as UsageError).message, reason)
  }
  assert.throws(() => isaCommand(['vaddpss']), /no instruction 'vaddpss'; near to it are vaddps/)
  assert.throws(() => isaCommand(['--features', 'avx512fp17']), /near to it are AVX512_?FP16/)
})

cli('--lines answers every line by itself, and mistakes are answers', () => {
  const { status, stdout } = tilewright(
    ['asm', '--lines'],
    'vaddps zmm0, zmm1, zmm2\n\nmov [rax], 1\njne 5\nfoo\r\n  ret # x',
  )
  assert.is(status, 0)
  const answers = stdout.split('\n')
  assert.is(answers[0], '62f1744858c2')
  assert.is(answers[1], '')
  assert.match(answers[2]!, /^error: column 5, '\[rax\]': the size .*nearest: mov m8, ib \| /)
  assert.is(answers[3], '7505')
  assert.match(answers[4]!, /^error: column 1, 'foo': there is no such instruction/)
  assert.equal(answers.slice(5), ['c3', ''])
})

/** A process that answers lines, and what it has said so far. */
function conversation() {
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, 'asm', '--lines'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  let wake = () => {}
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
    wake()
  })
  const until = async (isEnough: () => boolean): Promise<void> => {
    while (!isEnough()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { child, until, answers: () => said.split('\n').slice(0, -1) }
}

cli('--lines answers at once, while its input stays open', async () => {
  const { answers, child, until } = conversation()
  for (const [line, answer] of [
    ['nop', '90'],
    ['ret', 'c3'],
  ]) {
    const before = answers().length
    child.stdin.write(`${line}\n`)
    await until(() => answers().length > before)
    assert.is(answers().at(-1), answer)
  }
  child.stdin.end()
})

cli('--lines keeps the order over 50,000 lines, however they are cut', async () => {
  const { answers, child, until } = conversation()
  const count = 50_000
  const text = Array.from({ length: count }, (_, i) => `mov eax, ${i}\n`).join('')
  for (let at = 0; at < text.length; at += 65_537) child.stdin.write(text.slice(at, at + 65_537))
  child.stdin.end()
  await until(() => answers().length === count)
  const little = (i: number) => Buffer.from(new Uint32Array([i]).buffer).toString('hex')
  answers().forEach((answer, i) => {
    if (answer !== `b8${little(i)}`) assert.is(answer, `b8${little(i)}`)
  })
})

cli('--lines ends quietly when nobody reads on', () => {
  const command = `yes nop | '${process.execPath}' --import tsx '${MAIN}' asm --lines | head -n 2`
  const { stderr, stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
  assert.is(stdout, '90\n90\n')
  assert.is(stderr, '')
})

cli('disasm prints addresses, bytes, instructions and where branches go', () => {
  const file = join(folder, 'a.bin')
  writeFileSync(file, Buffer.from('62f1744858c2ebf8', 'hex'))
  const { status, stdout } = tilewright(['disasm', file, '--address', '0x401000'])
  assert.is(status, 0)
  assert.is(
    stdout,
    '401000  62 f1 74 48 58 c2                 vaddps zmm0, zmm1, zmm2\n' +
      '401006  eb f8                             jmp -8  # 0x401000\n',
  )
})

cli('disasm --lines answers every line by itself, and bytes that are no code are answers', () => {
  const input = '62f1744858c2\n90 c3\n\n0x66, 0x90\n06\nxyz\n0f'
  const answers = tilewright(['disasm', '--lines'], input).stdout.split('\n')
  assert.equal(answers.slice(0, 3), ['vaddps zmm0, zmm1, zmm2', 'nop; ret', ''])
  assert.match(answers[4]!, /^error: byte 1: /)
  assert.match(answers[5]!, /^error: not hex/)
  assert.match(answers[6]!, /^error: byte 1: the bytes end before the instruction does/)
})

cli('isa prints an instruction, by its name or an alias', () => {
  const { stdout } = tilewright(['isa', 'vfmadd231ps'])
  assert.match(stdout, /^vfmadd231ps {2}`dst ← src2 · src3 \+ dst`, packed f32\.\n/)
  assert.match(stdout, / {2}rw zmm\{kz\}, r zmm, r zmm\{er\} +EVEX\.66\.0F38\.W0 B8 \/r full +AVX512F\n/)
  assert.match(tilewright(['isa', 'jz']).stdout, /^je .*\n {2}also: jz\n/)
})

cli('isa prints JSON, and the instructions of a feature', () => {
  const [adcx] = JSON.parse(tilewright(['isa', 'adcx', '--json']).stdout)
  assert.is(adcx.table, 'integer')
  assert.equal(adcx.forms[0].features, ['ADX'])
  assert.is(adcx.forms[0].flagsWritten, 'C')
  assert.match(tilewright(['isa', '--features', 'adx']).stdout, /^ADX {2}2\n {2}adcx {2}adox\n$/)
})

cli('every mnemonic has a meaning, read from its table', () => {
  const silent = mnemonics().filter((mnemonic) => meaningOf(mnemonic) === '')
  assert.equal(silent, [])
})

cli('a reader that has seen enough, as head has, ends the command quietly', async () => {
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, 'isa', '--features'])
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const [status] = await once(child, 'close')
  assert.is(stderr, '')
  assert.is(status, 0)
})

cli.run()
