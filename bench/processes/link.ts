/** The command's end of a process that holds contenders: started clean, asked one thing at a time, ended. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answers, Failure, Request } from './protocol.ts'

/** The process ended before it answered. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded'
}

export class Link {
  readonly #child: ChildProcess
  #said = ''
  #ended: string | null = null

  constructor(environment: NodeJS.ProcessEnv) {
    const script = fileURLToPath(new URL('./contender-process.ts', import.meta.url))
    this.#child = fork(script, [], {
      env: environment,
      execArgv: process.execArgv,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    // What libraries print would spoil the report; the last of it explains a sudden end.
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said = (this.#said + text).slice(-2000)
      })
    }
    this.#child.on('exit', (code, signal) => {
      this.#ended = signal ?? `exit status ${code}`
    })
  }

  /** Asks and waits for the answer. ProcessEnded when there will be none; Error for a failure over there. */
  async ask<R extends Request>(request: R): Promise<Answers[R['kind']]> {
    if (this.#ended !== null) throw new ProcessEnded(this.#ended)
    const answer = await new Promise<Answers[R['kind']] | Failure>((resolve, reject) => {
      const ended = (): void => {
        this.#child.off('message', answered)
        // The pipes are drained by then; what was printed last is the best explanation.
        const lines = this.#said.trim().split('\n').slice(-2).join(' / ')
        reject(new ProcessEnded(`${this.#ended}${lines === '' ? '' : `: ${lines}`}`))
      }
      const answered = (message: unknown): void => {
        this.#child.off('close', ended)
        resolve(message as Answers[R['kind']] | Failure)
      }
      this.#child.once('message', answered)
      this.#child.once('close', ended)
      this.#child.send(request, (error) => {
        // The channel breaks when the process ends; 'close' then says why.
        if (error !== null && this.#ended !== null) ended()
      })
    })
    if (answer.kind === 'failure') throw new Error((answer as Failure).message)
    return answer as Answers[R['kind']]
  }

  /** Lets the process end. */
  close(): void {
    if (this.#ended === null) this.#child.kill()
  }
}
