import { hash, verify } from '@node-rs/argon2'

/**
 * argon2id (RFC 9106) with 19 MiB, two passes, one lane: the first choice of OWASP's Password Storage Cheat Sheet for
 * servers that check many passwords; 10–20 ms here. The parameters stand in every hash, so they can grow later.
 */
const passwordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const
/** Argon2id in the package's numbering; its const enum cannot be imported by a compiler that looks at one file. */
const ARGON2ID = 2

/** What a login that does not exist is checked against, so that the answer takes as long; nobody's password. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$CyWLF95Wc0/cq6L0Um99EA$AS5zI/UpJfoY8qsOF6urW8JPCGEmFWcTMBwSA4LX6rk'

/** A PHC string of the password with a salt of its own. Throws when the password is shorter than 8 characters. */
export async function hashPassword(password: string): Promise<string> {
  if ([...password].length < 8) throw new Error('a password is at least 8 characters')
  return hash(password.normalize('NFC'), { ...passwordCost, algorithm: ARGON2ID })
}

/** Whether the password is the one of the hash; without a hash the same work is done and the answer is no. */
export async function passwordFits(passwordHash: string | undefined, password: string): Promise<boolean> {
  const fits = await verify(passwordHash ?? nobody, password.normalize('NFC'))
  return fits && passwordHash !== undefined
}
