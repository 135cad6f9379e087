import type { Work } from '../../platform/work.ts'

/** What ЕСИА says about a person, in our words. `birthDate` is 'YYYY-MM-DD', `snils` 11 digits, `inn` 12 digits. */
export type EsiaIdentity = {
  /** The person's number in ЕСИА (oid). */
  esiaOid: string
  /** The account is confirmed: an office has seen the person with a passport. */
  trusted: boolean
  lastName: string
  firstName: string
  middleName: string | null
  birthDate: string | null
  sex: 'male' | 'female' | null
  snils: string | null
  inn: string | null
  phone: string | null
  email: string | null
  address: string | null
}

const columnsOf = (identity: EsiaIdentity, seenAt: Date) => ({
  trusted: identity.trusted,
  last_name: identity.lastName,
  first_name: identity.firstName,
  middle_name: identity.middleName,
  birth_date: identity.birthDate,
  sex: identity.sex,
  snils: identity.snils,
  inn: identity.inn,
  phone: identity.phone,
  email: identity.email,
  address: identity.address,
  seen_at: seenAt,
})

const nameOf = (i: EsiaIdentity): string => [i.lastName, i.firstName, i.middleName].filter(Boolean).join(' ')

/**
 * The account of an ЕСИА person, made at the first sign-in. Two first sign-ins at once end in one account: the second
 * insert of the identity waits on its primary key, takes the first one's account, and its own spare account is removed.
 */
export async function accountOfIdentity(
  work: Work,
  identity: EsiaIdentity,
  newAccountId: string,
): Promise<{ accountId: string; blocked: boolean; name: string }> {
  const name = nameOf(identity)
  const known = await work.db
    .selectFrom('access.esia_identity')
    .select('account_id')
    .where('esia_oid', '=', identity.esiaOid)
    .executeTakeFirst()
  if (!known) await insertAccount(work, newAccountId, name)
  const { account_id: accountId } = await work.db
    .insertInto('access.esia_identity')
    .values({
      esia_oid: identity.esiaOid,
      account_id: known?.account_id ?? newAccountId,
      ...columnsOf(identity, work.now),
    })
    .onConflict((c) => c.column('esia_oid').doUpdateSet(columnsOf(identity, work.now)))
    .returning('account_id')
    .executeTakeFirstOrThrow()
  if (!known && accountId !== newAccountId)
    await work.db.deleteFrom('access.account').where('id', '=', newAccountId).execute()
  const account = await work.db
    .updateTable('access.account')
    .set({ display_name: name })
    .where('id', '=', accountId)
    .returning('blocked_at')
    .executeTakeFirstOrThrow()
  return { accountId, blocked: account.blocked_at !== null, name }
}

async function insertAccount(work: Work, id: string, name: string): Promise<void> {
  await work.db
    .insertInto('access.account')
    .values({ id, kind: 'citizen', display_name: name, created_at: work.now })
    .execute()
}

/** What ЕСИА said about an account's person at the last sign-in. */
export async function identityOf(work: Work, accountId: string) {
  return work.db.selectFrom('access.esia_identity').selectAll().where('account_id', '=', accountId).executeTakeFirst()
}

/** E-mail and telephone of accounts as ЕСИА gave them; an account without an identity is left out. */
export async function contactsOf(
  work: Work,
  accountIds: readonly string[],
): Promise<Map<string, { email: string | null; phone: string | null }>> {
  if (accountIds.length === 0) return new Map()
  const rows = await work.db
    .selectFrom('access.esia_identity')
    .select(['account_id', 'email', 'phone'])
    .where('account_id', 'in', accountIds)
    .execute()
  return new Map(rows.map(({ account_id, email, phone }) => [account_id, { email, phone }]))
}

/** Remembers a sign-in that leaves for ЕСИА. */
export async function insertEsiaRequest(
  work: Work,
  request: { state: string; browserHash: Buffer; returnTo: string; expiresAt: Date },
): Promise<void> {
  await work.db
    .insertInto('access.esia_request')
    .values({
      state: request.state,
      browser_hash: request.browserHash,
      return_to: request.returnTo,
      created_at: work.now,
      expires_at: request.expiresAt,
    })
    .execute()
}

/** Takes a sign-in that came back, once: it is deleted, and only the browser that started it can take it. */
export async function deleteEsiaRequest(
  work: Work,
  state: string,
  browserHash: Buffer,
): Promise<{ returnTo: string } | undefined> {
  const row = await work.db
    .deleteFrom('access.esia_request')
    .where('state', '=', state)
    .where('browser_hash', '=', browserHash)
    .returning(['return_to', 'expires_at'])
    .executeTakeFirst()
  return row && row.expires_at > work.now ? { returnTo: row.return_to } : undefined
}
