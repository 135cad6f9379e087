/** The word and what is left of it without any one letter: two words one slip apart have one of these in common. */
export function nearKeys(word: string): string[] {
  const letters = [...word]
  if (letters.length < 3) return [word]
  return [...new Set([word, ...letters.map((_, i) => letters.toSpliced(i, 1).join(''))])]
}

/**
 * How many slips of the finger make one word of another: a wrong, missing or extra letter, or two neighbours swapped
 * (restricted Damerau–Levenshtein distance).
 */
export function slipsBetween(a: string, b: string): number {
  const [x, y] = [[...a], [...b]]
  let beforePrevious: number[] = []
  let previous = Array.from({ length: y.length + 1 }, (_, j) => j)
  for (let i = 1; i <= x.length; i++) {
    const row = [i]
    for (let j = 1; j <= y.length; j++) {
      const changed = previous[j - 1]! + (x[i - 1] === y[j - 1] ? 0 : 1)
      let best = Math.min(changed, previous[j]! + 1, row[j - 1]! + 1)
      if (i > 1 && j > 1 && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1])
        best = Math.min(best, beforePrevious[j - 2]! + 1)
      row.push(best)
    }
    beforePrevious = previous
    previous = row
  }
  return previous[y.length]!
}

/** Whether two words may be one with typing errors: one in a word of 4–7 letters, two in a longer one, none in a shorter. */
export function isNearWord(a: string, b: string): boolean {
  if (a === b) return true
  const length = Math.max(a.length, b.length)
  const allowed = length < 4 ? 0 : length < 8 ? 1 : 2
  return Math.abs(a.length - b.length) <= allowed && slipsBetween(a, b) <= allowed
}
