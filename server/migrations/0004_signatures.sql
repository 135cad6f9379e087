create schema signatures;

-- Certificates that a chain may end in (anchors) or pass through (intermediates). Only the demo's own authority keeps
-- its private key here, sealed with the installation's secret: it issues the certificates of the demo's people.
create table signatures.trusted_certificate (
  fingerprint bytea primary key,
  kind text not null check (kind in ('anchor', 'intermediate')),
  subject text not null,
  certificate bytea not null,
  demo boolean not null default false,
  encrypted_key bytea check (encrypted_key is null or demo),
  added_at timestamptz not null
);
create unique index one_demo_authority on signatures.trusted_certificate (demo) where demo;

-- Lists of revoked certificates. Older lists stay: they tell what was revoked when an old document was signed.
create table signatures.revocation_list (
  issuer_fingerprint bytea not null references signatures.trusted_certificate (fingerprint),
  number bigint not null,
  this_update timestamptz not null,
  next_update timestamptz not null,
  crl bytea not null,
  primary key (issuer_fingerprint, number)
);

-- Keys of the software provider (demo only); the private key is encrypted with the installation's secret.
-- A certified provider keeps keys elsewhere and has no rows here.
create table signatures.software_key (
  id uuid primary key,
  snils text not null,
  owner text not null,
  certificate bytea not null,
  encrypted_key bytea not null,
  not_after timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null
);
create index software_key_snils on signatures.software_key (snils);
