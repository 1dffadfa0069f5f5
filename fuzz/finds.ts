/** What a run found: of each kind of fault one case, to be shrunk and filed. */

/** Of each kind the find with the shortest text. */
export class Finds<T> {
  readonly #byKind = new Map<string, { readonly text: string; readonly find: T }>()

  add(kind: string, text: string, find: T): void {
    const known = this.#byKind.get(kind)
    if (known === undefined || text.length < known.text.length) this.#byKind.set(kind, { text, find })
  }

  get all(): readonly T[] {
    return [...this.#byKind.values()].map(({ find }) => find)
  }
}

/** Finds that are shrunk: where everything fails there is no use in waiting for more. */
export const MOST_SHRUNK = 40
