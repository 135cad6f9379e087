import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'

/** Whose calendar: an account, in a position (`placeId`); of a citizen the account itself, without an organisation. */
export type FeedOwner = { accountId: string; placeId: string; organizationId: string | null }

export type FeedRow = FeedOwner & {
  showsInitials: boolean
  createdAt: Date
  fetchedAt: Date | null
  contentTag: string | null
  contentSince: Date | null
}

const columns = sql`f.account_id as "accountId", f.place_id as "placeId", f.organization_id as "organizationId",
  f.shows_initials as "showsInitials", f.created_at as "createdAt", f.fetched_at as "fetchedAt",
  f.content_tag as "contentTag", f.content_since as "contentSince"`

/** The live address of an owner. */
export async function findFeed(work: Work, owner: FeedOwner): Promise<FeedRow | undefined> {
  const { rows } = await sql<FeedRow>`select ${columns} from calendars.feed f
    where f.account_id = ${owner.accountId} and f.place_id = ${owner.placeId} and f.revoked_at is null`.execute(work.db)
  return rows[0]
}

/** The live address of a token. */
export async function feedByToken(db: Kysely<DB>, tokenHash: Buffer): Promise<FeedRow | undefined> {
  const { rows } = await sql<FeedRow>`select ${columns} from calendars.feed f
    where f.token_hash = ${tokenHash} and f.revoked_at is null`.execute(db)
  return rows[0]
}

/** Gives an owner a new token in the place of the one there was; what the owner chose stays. */
export async function putFeed(work: Work, owner: FeedOwner, tokenHash: Buffer): Promise<FeedRow> {
  const { rows } = await sql<FeedRow>`
    insert into calendars.feed as f (account_id, place_id, organization_id, token_hash, created_at)
    values (${owner.accountId}, ${owner.placeId}, ${owner.organizationId}, ${tokenHash}, ${work.now})
    on conflict (account_id, place_id) do update set token_hash = excluded.token_hash, created_at = excluded.created_at,
      revoked_at = null, fetched_at = null, content_tag = null, content_since = null
    returning ${columns}`.execute(work.db)
  return rows[0]!
}

/** False when there is no live address. */
export async function setShowsInitials(work: Work, owner: FeedOwner, showsInitials: boolean): Promise<boolean> {
  const done = await sql`update calendars.feed f set shows_initials = ${showsInitials}
    where f.account_id = ${owner.accountId} and f.place_id = ${owner.placeId} and f.revoked_at is null`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** False when there is no live address. */
export async function revokeToken(work: Work, owner: FeedOwner): Promise<boolean> {
  const done = await sql`update calendars.feed f set revoked_at = ${work.now}
    where f.account_id = ${owner.accountId} and f.place_id = ${owner.placeId} and f.revoked_at is null`.execute(work.db)
  return done.numAffectedRows === 1n
}

/**
 * Remembers that it was asked for and what it held. Answers since when it holds that; of two who ask at once the first
 * decides, and one who was slower never goes back in time.
 */
export async function noteFetched(work: Work, owner: FeedOwner, contentTag: string): Promise<Date> {
  const { rows } = await sql<{ since: Date }>`update calendars.feed f
    set fetched_at = greatest(f.fetched_at, ${work.now}), content_tag = ${contentTag},
      content_since = case when f.content_tag = ${contentTag} then f.content_since
        else greatest(f.content_since + interval '1 second', ${work.now}) end
    where f.account_id = ${owner.accountId} and f.place_id = ${owner.placeId} returning f.content_since as since`.execute(
    work.db,
  )
  return rows[0]!.since
}
