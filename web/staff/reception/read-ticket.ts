/** What was typed or scanned: a ticket's token, a confirmation code, or neither. */
type TicketWords = { token: string } | { code: string } | undefined

// A scanner types like a keyboard: under the Russian layout Latin letters come out as these.
const russian = 'йцукенгшщзхъфывапролджэячсмитьбю.ё'
const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"

/** Text as the same keys would have typed it under the Latin layout. */
function asLatin(text: string): string {
  return [...text]
    .map((letter) => {
      const lower = letter.toLocaleLowerCase('ru')
      const place = russian.indexOf(lower)
      if (place < 0) return letter
      const typed = latin[place]!
      return letter === lower ? typed : typed.toUpperCase()
    })
    .join('')
}

/** Letters of a code that Cyrillic and Latin share by their look: the code is read out and typed in either. */
const alike: Record<string, string> = { С: 'C', Н: 'H', К: 'K', М: 'M', Р: 'P', Т: 'T', Х: 'X' }
const codePattern = /^[0-9CHKMPTX]{6}$/

/**
 * Reads one line: the address in a ticket's QR code (the scanner may have typed it under the Russian layout), its token
 * alone, or the six characters of the confirmation code with or without blanks.
 */
export function readTicket(text: string): TicketWords {
  const line = text.trim()
  const code = line
    .replace(/[\s-]/g, '')
    .toLocaleUpperCase('ru')
    .replace(/[А-Я]/g, (letter) => alike[letter] ?? letter)
  if (codePattern.test(code)) return { code }
  for (const way of [line, asLatin(line)]) {
    const token = /(?:^|\/staff\/tickets\/)([\w-]{20,64})$/.exec(way)?.[1]
    if (token) return { token }
  }
  return undefined
}
