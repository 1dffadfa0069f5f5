/** What a run found: of each kind of fault one case, to be shrunk and filed. */
import type { CorpusLine } from './corpus.ts'

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

/** For so long finds are shrunk. */
const SHRINK_SECONDS = 60

/**
 * Every find as a line for the corpus: shrunk while there is time, and then, since where everything fails it would take
 * hours, as it was found.
 */
export async function shrinkEach<T>(
  finds: Finds<T>,
  shrunk: (find: T) => Promise<CorpusLine> | CorpusLine,
  asFound: (find: T) => CorpusLine,
  seconds: number = SHRINK_SECONDS,
): Promise<CorpusLine[]> {
  const deadline = performance.now() + 1000 * seconds
  const lines: CorpusLine[] = []
  for (const find of finds.all) lines.push(performance.now() < deadline ? await shrunk(find) : asFound(find))
  return lines
}
