/** The command `tilewright`: finds the subcommand and turns errors into exit statuses. */
import { UsageError } from './arguments.ts'
import { ASM_HELP, asmCommand } from './asm-command.ts'
import { CPU_HELP, cpuCommand } from './cpu-command.ts'
import { DISASM_HELP, disasmCommand } from './disasm-command.ts'
import { GEMM_HELP, gemmCommand } from './gemm-command.ts'
import { ISA_HELP, isaCommand } from './isa-command.ts'
import { TUNE_HELP, tuneCommand } from './tune-command.ts'

interface Command {
  readonly help: string
  run(args: readonly string[]): void | Promise<void>
}

const COMMANDS: Readonly<Record<string, Command>> = {
  gemm: { help: GEMM_HELP, run: gemmCommand },
  tune: { help: TUNE_HELP, run: tuneCommand },
  asm: { help: ASM_HELP, run: asmCommand },
  disasm: { help: DISASM_HELP, run: disasmCommand },
  isa: { help: ISA_HELP, run: isaCommand },
  cpu: { help: CPU_HELP, run: cpuCommand },
}

const HELP = `tilewright: from a matrix problem to x86-64 machine code

  tilewright gemm MxNxK   generate, run, check and time a matrix product
  tilewright tune MxNxK   search for faster plans on this CPU, and save them
  tilewright asm FILE     Intel text to machine code
  tilewright disasm FILE  machine code to Intel text
  tilewright isa NAME     the instruction reference
  tilewright cpu          features, caches and the measured FMA peak of this CPU

tilewright COMMAND --help explains one.
`

async function find(args: readonly string[]): Promise<void> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP)
    return
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) {
    throw new UsageError(`no command '${name}'; there are ${Object.keys(COMMANDS).join(', ')}`)
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.help)
    return
  }
  await command.run(rest)
}

/** Runs `tilewright` with these arguments. What goes wrong is printed, and becomes the exit status of the process. */
export async function runCommand(args: readonly string[]): Promise<void> {
  // The reader of what we print may have seen enough, as head has.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
  try {
    await find(args)
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`tilewright: ${error.message}\n(tilewright --help lists the commands)\n`)
      process.exitCode = 2
    } else if (
      error instanceof RangeError ||
      error instanceof TypeError ||
      (error instanceof Error && error.name === 'HostError')
    ) {
      process.stderr.write(`tilewright: ${error.message}\n`)
      process.exitCode = 1
    } else throw error
  }
}
