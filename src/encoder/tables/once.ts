/** Answers that are computed once for each question: the same tokens and attributes occur in hundreds of rows. */

/** The function, with its answers kept. What it throws is not. */
export function oncePerText<V>(answer: (text: string) => V): (text: string) => V {
  const answers = new Map<string, V>()
  return (text) => {
    let known = answers.get(text)
    if (known === undefined) {
      known = answer(text)
      answers.set(text, known)
    }
    return known
  }
}
