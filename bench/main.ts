/** `npm run bench -- COMMAND`: everything that is measured, from the assembler to the comparison with peers. */
import { UsageError } from '../src/cli/arguments.ts'
import { GEMM_HELP, gemmCommand, JS_HELP, jsCommand } from './gemm/command.ts'
import { STARTUP_HELP, startupCommand } from './startup.ts'

interface Command {
  readonly summary: string
  readonly help: string
  run(args: readonly string[]): Promise<unknown>
}

/** A bench that takes no options and prints as it is imported. */
const script = (summary: string, load: () => Promise<unknown>): Command => ({
  summary,
  help: `${summary}\n`,
  async run(args) {
    if (args.length > 0) throw new UsageError(`expected no options; given '${args.join(' ')}'`)
    await load()
  },
})

const COMMANDS: Readonly<Record<string, Command>> = {
  gemm: {
    summary: 'kernel time of matrix products, beside OpenBLAS, BLIS, oneDNN, LIBXSMM and others',
    help: GEMM_HELP,
    run: gemmCommand,
  },
  js: {
    summary: 'matrix products as called from JavaScript, beside the peers from npm',
    help: JS_HELP,
    run: jsCommand,
  },
  'first-use': script('a fresh process: import, the first instruction of each mnemonic', async () =>
    (await import('./first-use.ts')).printFirstUse(),
  ),
  startup: {
    summary: 'a fresh process: import, compile, the first result',
    help: STARTUP_HELP,
    run: startupCommand,
  },
  convert: script('numbers a second from one floating-point format to another', () => import('./convert.ts')),
  assembler: script(
    'encoder, decoder and text in one run, iced-x86 beside them; import and first use',
    async () => (await import('./assembler.ts')).printAll(),
  ),
  encode: script('instructions a second that the assembler encodes', async () => {
    const [{ encodeRates }, { printRates }] = [await import('./encode.ts'), await import('./rate.ts')]
    printRates(encodeRates())
  }),
  decode: script('instructions a second that the decoder reads', async () => {
    const [{ decodeRates }, { printRates }] = [await import('./decode.ts'), await import('./rate.ts')]
    printRates(decodeRates())
  }),
  parse: script('lines a second that the text assembler reads', async () => {
    const [{ parseRates }, { printRates }] = [await import('./parse.ts'), await import('./rate.ts')]
    printRates(parseRates())
  }),
  emulate: script('instructions and multiply-adds a second of the emulator', () => import('./emulate.ts')),
  editor: script(
    'how long an editor waits for the typed methods: completion, signature, hover',
    () => import('./editor.ts'),
  ),
  allocate: script('recording, allocating and assembling a kernel', () => import('./allocate.ts')),
}

const HELP = `npm run bench -- COMMAND

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join('\n')}

npm run bench -- COMMAND --help explains one.
`

async function main([name, ...rest]: readonly string[]): Promise<void> {
  if (name === undefined || name === '--help' || name === '-h') {
    process.stdout.write(HELP)
    return
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) {
    throw new UsageError(`no command '${name}'; there are ${Object.keys(COMMANDS).join(', ')}`)
  }
  if (rest.includes('--help') || rest.includes('-h')) process.stdout.write(command.help)
  else await command.run(rest)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const expected =
    error instanceof UsageError || error instanceof RangeError || (error as Error).name === 'HostError'
  if (!expected) throw error
  process.stderr.write(`bench: ${(error as Error).message}\n`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
