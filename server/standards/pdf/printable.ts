// What must be done to text before PDF/A (ISO 19005-2) may show it: every character needs a glyph and a meaning.

// Control characters and lone halves of surrogate pairs have no meaning; marks of direction could make a signed text
// read other than it was written; the byte order mark is forbidden outright.
const meaningless =
  /[^\t\n\u{20}-\u{7E}\u{A0}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu
const LONGEST_RUN = 48

/**
 * Text as it can be printed: line ends as LF, signs (graphemes) that no font of ours shows spelled out as «[U+1F600]» so
 * that nothing is lost, and a place to break in runs without spaces, which would leave the page otherwise.
 */
export function printable(text: string, unshowable: ReadonlySet<string> = new Set()): string {
  const cleaned = text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(meaningless, '')
  return withBreaks(
    unshowable.size === 0
      ? cleaned
      : signsOf(cleaned)
          .map((s) => spelledOut(s, unshowable))
          .join(''),
  )
}

const spelledOut = (sign: string, unshowable: ReadonlySet<string>): string =>
  unshowable.has(sign) ? `[${[...sign].map(codePoint).join(' ')}]` : sign

const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

const graphemes = new Intl.Segmenter('ru', { granularity: 'grapheme' })

const signsOf = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment)

const withBreaks = (text: string): string =>
  text.replace(new RegExp(`\\S{${LONGEST_RUN + 1},}`, 'gu'), (run) => {
    const signs = signsOf(run)
    return signs.map((sign, i) => (i > 0 && i % LONGEST_RUN === 0 ? `\u200B${sign}` : sign)).join('')
  })

/**
 * Which signs of the texts an export failed on. The exporter names single characters, and those of a sign with a rare
 * mark include its innocent letter: such signs are blamed first, a character by itself only when no sign is left to blame.
 */
export function signsToSpell(error: unknown, texts: readonly string[], known: ReadonlySet<string>): string[] {
  const named = new Set(charactersIn(error))
  if (named.size === 0) return []
  const signs = new Set(texts.flatMap((text) => signsOf(printable(text))))
  const composed = [...signs].filter((s) => [...s].length > 1 && !known.has(s) && [...s].some((c) => named.has(c)))
  const innocent = new Set(composed.flatMap((sign) => [...sign]))
  return [...composed, ...[...named].filter((c) => signs.has(c) && !innocent.has(c) && !known.has(c))]
}

/** The characters an export error names; they stand in its message only, in Rust's notation of strings within strings. */
function charactersIn(error: unknown): string[] {
  const message = error instanceof Error ? error.message : ''
  return [...message.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].flatMap(([, escaped]) => {
    const quoted = /^PDF\/A\S* error: [^`]*`"((?:[^"\\]|\\.)*)"`/.exec(unescaped(escaped!))?.[1]
    return quoted ? [...unescaped(quoted)] : []
  })
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' }
const unescaped = (rust: string): string =>
  rust.replace(/\\(?:u\{([0-9a-f]+)\}|(.))/g, (_, hex: string | undefined, sign: string) =>
    hex === undefined ? (escapes[sign] ?? sign) : String.fromCodePoint(Number.parseInt(hex, 16)),
  )
