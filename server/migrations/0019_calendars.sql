create schema calendars;

-- The secret address of a calendar: of a citizen (everybody they act for) or of a doctor in one position. One row for one
-- owner: a new address takes the place of the old one, so at most one works. Only the SHA-256 of the token is kept.
create table calendars.feed (
  account_id uuid not null references access.account (id),
  -- The position; of a citizen the account itself.
  place_id uuid not null,
  organization_id uuid,
  token_hash bytea not null unique,
  -- A doctor's choice: initials of the patient in the event. A citizen's calendar never has them.
  shows_initials boolean not null default false,
  created_at timestamptz not null,
  revoked_at timestamptz,
  fetched_at timestamptz,
  -- What it held when it was fetched last (SHA-256, hex), and since when it holds that.
  content_tag text,
  content_since timestamptz,
  primary key (account_id, place_id),
  check ((organization_id is null) = (place_id = account_id))
) with (fillfactor = 70);
