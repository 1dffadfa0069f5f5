/** Lets operands remember their last array without keeping it alive: all forget at each full collection. */

/** Something that holds on to a user's object for speed only. */
export interface Forgetful {
  forget(): void
}

const remembering = new Set<Forgetful>()

/** Fires after a full collection, when the object that arm() dropped has been found dead. */
const collections = new FinalizationRegistry<undefined>(() => {
  for (const each of remembering) each.forget()
  remembering.clear()
})

/**
 * Calls `holder.forget()` once, after the next full collection. What it holds until then survives that
 * collection and goes with the next one.
 */
export function forgetAtCollection(holder: Forgetful): void {
  if (remembering.size === 0) collections.register({}, undefined)
  remembering.add(holder)
}
