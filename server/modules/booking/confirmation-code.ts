import { randomInt } from 'node:crypto'

/**
 * Digits and the consonants that Latin and Cyrillic letters share, as on Russian number plates: the code reads the same
 * and is found on either keyboard. O and B would look like 0 and 8; without vowels no words come out.
 */
export const CODE_ALPHABET = '0123456789CHKMPTX'
const CODE_LENGTH = 6

/** A new confirmation code, to be read out and written down. It is no secret and need not be unique: the token is both. */
export const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('')
