import { generateSecret, generateSync, generateURI, verifySync } from 'otplib'

/** Length of a step in seconds (RFC 6238 §4.1, X). */
export const STEP_SECONDS = 30

const seconds = (now: Date): number => Math.floor(now.getTime() / 1000)

/** The number of the step a moment lies in (RFC 6238 §4.2, T). */
export const stepOf = (now: Date): number => Math.floor(seconds(now) / STEP_SECONDS)

/** A new secret for an authenticator app: 160 random bits in Base32 (RFC 4226 §4, R6). */
export const newTotpSecret = (): string => generateSecret({ length: 20 })

/** The six digits of a step. */
export const codeOfStep = (secret: string, step: number): string =>
  generateSync({ secret, epoch: step * STEP_SECONDS, period: STEP_SECONDS })

/**
 * The step a code belongs to, when it is the current one or a neighbour (clocks of phones differ, RFC 6238 §5.2);
 * undefined when the code is wrong. Whether that step was used already is for the caller to decide in the database.
 */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  // Exactly one step to each side, wherever in its step the moment lies.
  const found = verifySync({
    secret,
    token: code,
    epoch: stepOf(now) * STEP_SECONDS,
    period: STEP_SECONDS,
    epochTolerance: STEP_SECONDS,
  })
  return found.valid && 'timeStep' in found ? found.timeStep : undefined
}

/** The address an authenticator app reads from a QR code (Key URI format). */
export const totpUri = (secret: string, login: string): string => generateURI({ issuer: 'РМИС', label: login, secret })
