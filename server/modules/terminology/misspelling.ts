/**
 * Edits between two words: letters added, dropped, changed, or two neighbours swapped (optimal string alignment).
 * Stops counting at `most` + 1. With `unfinished` the second word may go on after where the first one ends.
 */
export function editsBetween(asked: string, word: string, most: number, unfinished = false): number {
  if (!unfinished && Math.abs(asked.length - word.length) > most) return most + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: word.length + 1 }, (_, j) => j)
  for (let i = 1; i <= asked.length; i++) {
    const row = [i]
    for (let j = 1; j <= word.length; j++) {
      const same = asked[i - 1] === word[j - 1]
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && asked[i - 1] === word[j - 2] && asked[i - 2] === word[j - 1])
        edits = Math.min(edits, beforeLast[j - 2]! + 1)
      row.push(edits)
    }
    if (Math.min(...row) > most) return most + 1
    beforeLast = last
    last = row
  }
  return Math.min(most + 1, unfinished ? Math.min(...last) : last[word.length]!)
}

/** How many slips of the keys a word of this length is forgiven: none in a short one, where each makes another word. */
export const forgivenEdits = (length: number): number => (length < 4 ? 0 : length < 6 ? 1 : length < 9 ? 2 : 3)
