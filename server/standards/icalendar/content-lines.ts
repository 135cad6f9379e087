const FOLD_AT = 75

/**
 * Breaks a content line so that no line has more than 75 octets besides its end (RFC 5545 §3.1). A character of UTF-8 is
 * never split, though the standard would let it be: readers that decode line by line exist.
 */
export function foldLine(line: string): string {
  if (Buffer.byteLength(line) <= FOLD_AT) return line
  const lines: string[] = []
  let [part, octets] = ['', 0]
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > FOLD_AT) {
      lines.push(part)
      // The blank that begins a continued line counts as well.
      ;[part, octets] = [' ', 1]
    }
    part += character
    octets += size
  }
  return [...lines, part].join('\r\n')
}

/** A TEXT value (RFC 5545 §3.3.11): separators escaped, line breaks as \n; other control characters are left out. */
export const escapeText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // oxlint-disable-next-line no-control-regex -- these are what the grammar forbids (§3.1, CONTROL)
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n')

/** An instant as a UTC date-time (RFC 5545 §3.3.5, form 2): 20260303T021500Z. */
export const utcTime = (instant: Date): string => `${wallTime(instant.getTime())}Z`

/** A wall clock given as if it were UTC, epoch milliseconds: 20260303T091500. */
export const wallTime = (wall: number): string => new Date(wall).toISOString().slice(0, 19).replace(/[-:]/g, '')
