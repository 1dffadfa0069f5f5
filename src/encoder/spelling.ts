/** Which known words a misspelt one may have been meant to be. */

/** Edits that a misspelling has at most: one in every third letter, and not more than two. */
const EDITS = 2
const SUGGESTIONS = 3

/** Edits (insert, delete, replace a letter) between two words; more than EDITS is told as EDITS + 1. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > EDITS) return EDITS + 1
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const edits = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
      next.push(edits)
      least = Math.min(least, edits)
    }
    if (least > EDITS) return EDITS + 1
    row = next
  }
  return row[b.length]!
}

/** The known words that are spelt most alike, the nearest first; ties as they are given. */
export function nearestNames(word: string, known: readonly string[]): readonly string[] {
  const most = Math.min(EDITS, Math.floor(word.length / 3))
  return known
    .map((name) => ({ name, distance: editDistance(word, name) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, SUGGESTIONS)
    .map(({ name }) => name)
}
