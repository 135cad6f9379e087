create schema openings;

-- The opening of a new day of an organisation's times, to which many people come at once. `seed` decides the order of
-- those who came before the opening; nobody can know it earlier, and it cannot be chosen after: it is made with the row,
-- by the first guest, and never changes.
create table openings.opening (
  organization_id uuid not null references organizations.organization (id),
  opens_at timestamptz not null,
  seed bytea not null check (length(seed) = 32),
  created_at timestamptz not null,
  primary key (organization_id, opens_at)
);

-- Who has come. One person has one place, however many tabs and devices they use: the primary key.
create table openings.guest (
  organization_id uuid not null,
  opens_at timestamptz not null,
  account_id uuid not null,
  joined_at timestamptz not null,
  primary key (organization_id, opens_at, account_id),
  foreign key (organization_id, opens_at) references openings.opening (organization_id, opens_at) on delete cascade
);
