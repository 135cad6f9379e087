create schema terminology;

-- A directory of the НСИ in one version. Previous versions are kept: signed records quote them.
create table terminology.directory (
  oid text not null,
  version text not null,
  name text not null,
  rows_declared integer not null,
  rows_loaded integer not null default 0,
  source text not null,
  state text not null check (state in ('loading', 'loaded')),
  is_current boolean not null default false,
  published_at date,
  imported_at timestamptz not null,
  primary key (oid, version)
);
-- One current version per directory.
create unique index directory_current on terminology.directory (oid) where is_current;

create table terminology.concept (
  oid text not null,
  version text not null,
  code text not null,
  name text not null,
  parent_code text,
  -- Text that search compares with: lower case, ё→е, punctuation dropped.
  search text not null,
  -- Part of the current version; only such rows are indexed for search.
  is_current boolean not null,
  is_selectable boolean not null default true,
  extra jsonb not null default '{}',
  primary key (oid, version, code),
  foreign key (oid, version) references terminology.directory (oid, version)
);
create index concept_words on terminology.concept using gin (search gin_trgm_ops) where is_current;
create index concept_code on terminology.concept (oid, code text_pattern_ops) where is_current;
