/** The contenders of a run, in processes with a clean environment; those that are missing, with the reason. */
import type { Identity, Setting } from '../contenders/contender.ts'
import { type Entry, KINDS } from '../contenders/registry.ts'
import { cleanEnvironment } from '../processes/environment.ts'
import { Link, ProcessEnded } from '../processes/link.ts'

export interface OpenContender extends Identity {
  readonly name: string
  readonly link: Link
}

export interface MissingContender {
  readonly name: string
  readonly reason: string
  /** How to get it; empty when that is no matter of installing. */
  readonly install: string
}

/** A contender's process ended while it was at work. */
export class ContenderLost extends Error {
  override readonly name = 'ContenderLost'
  readonly contender: string

  constructor(contender: string, reason: string) {
    super(reason)
    this.contender = contender
  }
}

/**
 * One process for all on one thread: then all of them work on the very same memory, whose physical pages
 * decide about cache conflicts. With more threads one process each: idle threads of one library that spin
 * would take the cores from another's.
 */
export class Arena {
  readonly #setting: Setting
  #groups: readonly (readonly Entry[])[]
  readonly missing: MissingContender[] = []
  contenders: readonly OpenContender[] = []

  private constructor(entries: readonly Entry[], setting: Setting) {
    this.#setting = setting
    this.#groups = setting.threads === 1 ? [entries] : entries.map((entry) => [entry])
  }

  static async open(entries: readonly Entry[], setting: Setting): Promise<Arena> {
    const arena = new Arena(entries, setting)
    await arena.#openAll()
    return arena
  }

  /** Every process that holds contenders. */
  get links(): readonly Link[] {
    return [...new Set(this.contenders.map(({ link }) => link))]
  }

  /** Starts over without a contender whose process ended. */
  async dismiss({ contender, message }: ContenderLost): Promise<void> {
    this.#drop(contender, `its process ended: ${message}`, '')
    this.close()
    await this.#openAll()
  }

  close(): void {
    for (const link of this.links) link.close()
    this.contenders = []
  }

  #drop(name: string, reason: string, install: string): void {
    this.missing.push({ name, reason, install })
    this.#groups = this.#groups.map((group) => group.filter((entry) => entry.name !== name))
  }

  async #openAll(): Promise<void> {
    const opened: OpenContender[] = []
    for (const index of this.#groups.keys()) {
      let attempt: readonly OpenContender[] | null = null
      const wishes = new Map<string, Readonly<Record<string, string>>>()
      while (attempt === null) attempt = await this.#openGroup(index, wishes)
      opened.push(...attempt)
    }
    this.contenders = opened
  }

  /** Null when the group must be opened again: with another environment, or without a contender. */
  async #openGroup(
    index: number,
    wishes: Map<string, Readonly<Record<string, string>>>,
  ): Promise<readonly OpenContender[] | null> {
    const { threads, target } = this.#setting
    const variables = Object.assign({}, ...wishes.values()) as Readonly<Record<string, string>>
    const link = new Link(cleanEnvironment(process.env, threads, target, variables))
    const opened: OpenContender[] = []
    for (const entry of this.#groups[index]!) {
      const answer = await link
        .ask({ kind: 'open', entry, setting: this.#setting })
        .catch((error: unknown) => {
          if (error instanceof ProcessEnded) return error
          throw error
        })
      if (answer instanceof ProcessEnded) {
        this.#drop(entry.name, `its process ended: ${answer.message}`, '')
        wishes.delete(entry.name)
        return null
      }
      if (answer.kind === 'wish' && !wishes.has(entry.name)) {
        wishes.set(entry.name, answer.variables)
        link.close()
        return null
      }
      if (answer.kind === 'opened') {
        const { version, kernels } = answer
        opened.push({ name: entry.name, version, kernels, link })
      } else {
        const reason =
          answer.kind === 'missing' ? answer.reason : 'it does not take the variables it asked for'
        this.#drop(entry.name, reason, entry.path === null ? KINDS[entry.kind]!.install : '')
      }
    }
    if (opened.length === 0) link.close()
    return opened
  }
}
