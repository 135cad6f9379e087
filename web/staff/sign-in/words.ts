import { SignInLocked } from '../../../contracts/access.ts'
import type { Refusal } from '../../api/index.ts'

/** Until when no guesses are heard, if that is why one was refused; ISO 8601. */
export function lockedUntil(refusal: Refusal | undefined): string | undefined {
  const problem = refusal?.problem
  return problem?.type === SignInLocked.type && typeof problem['until'] === 'string' ? problem['until'] : undefined
}

/** «123456» → «123 456»: two halves are read out and typed without losing one's place. */
export const codeWords = (code: string): string => code.replace(/^(\d{3})(\d{3})$/, '$1\u00a0$2')

/** The six digits of whatever was typed or pasted: blanks of «123 456» are dropped, more than six cut off. */
export const codeDigits = (text: string): string => text.replace(/\D/g, '').slice(0, 6)
