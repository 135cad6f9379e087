create schema terminology;

-- Lets one GIN index lead with the directory's OID.
create extension if not exists btree_gin;

-- A directory of the НСИ in one version. Previous versions are kept: signed records quote them.
-- The row's lock is what imports of one version queue on, batch by batch.
create table terminology.directory (
  oid text not null,
  version text not null,
  name text not null,
  rows_declared integer not null,
  rows_loaded integer not null default 0,
  -- Where the rows come from: a half-loaded version goes on only from the same source.
  source text not null,
  state text not null check (state in ('loading', 'loaded')),
  is_current boolean not null default false,
  published_at date,
  imported_at timestamptz not null,
  primary key (oid, version),
  constraint directory_rows check (rows_loaded between 0 and rows_declared),
  -- A half-loaded version is never the current one.
  constraint directory_current_is_whole check (not is_current or (state = 'loaded' and rows_loaded = rows_declared))
);
-- One current version per directory.
create unique index directory_current on terminology.directory (oid) where is_current;

-- The archive: every row of every version, written once.
create table terminology.concept (
  oid text not null,
  version text not null,
  code text not null,
  name text not null,
  -- The source's own key of the row; rows name their parent by it until the version is whole.
  row_key text not null,
  parent_code text,
  is_selectable boolean not null,
  -- What search compares with: words of the name and synonyms in their plain form, and the code without punctuation.
  search text not null,
  code_key text not null,
  -- The source's rows under this code, as they came; the first is the one in force.
  source_rows jsonb not null,
  primary key (oid, version, code),
  foreign key (oid, version) references terminology.directory (oid, version)
);

-- What can be chosen now: the selectable codes of current versions, made anew when a version becomes current.
create table terminology.term (
  oid text not null,
  code text collate "C" not null,
  version text not null,
  name text not null,
  code_key text collate "C" not null,
  words tsvector not null,
  -- Often used: shown first among equals.
  is_common boolean not null,
  -- Order among equals: often used, then the shorter name, then the code.
  place integer not null,
  primary key (oid, code)
);
create index term_words on terminology.term using gin (oid, words);
create index term_code on terminology.term (oid, code_key);
-- Where so much is found that only the first places matter, they are read in this order.
create unique index term_place on terminology.term (oid, place);

-- The words of what can be chosen now: where word beginnings, endings and typing errors are looked up.
create table terminology.word (
  oid text not null,
  word text collate "C" not null,
  stem text collate "C" not null,
  -- In how many terms.
  uses integer not null,
  primary key (oid, word)
);
create index word_stem on terminology.word (oid, stem);
create index word_alike on terminology.word using gin (oid, word gin_trgm_ops);
