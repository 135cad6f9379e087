create schema patients;

create table patients.patient (
  patient_id uuid primary key,
  last_name text not null,
  first_name text not null,
  middle_name text,
  birth_date date not null,
  sex text not null check (sex in ('male', 'female')),
  snils text check (snils ~ '^\d{11}$'),
  enp text check (enp ~ '^\d{16}$'),
  inn text check (inn ~ '^\d{12}$'),
  phone text,
  email text,
  address text,
  -- Words of the name, surname first, lower case, ё→е, one space between: what search and the duplicate check compare.
  name_search text not null,
  -- Why there is no СНИЛС: a newborn, a foreigner, documents not at hand.
  no_snils_reason text check (no_snils_reason in ('newborn', 'foreigner', 'no-documents')),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (snils is not null or no_snils_reason is not null)
);
-- A search names whole words: posting lists of the rare ones are short, however many people there are.
create index patient_words on patients.patient using gin (string_to_array(name_search, ' '));
create index patient_birth on patients.patient (birth_date, name_search text_pattern_ops);

-- Every word that occurs in a name, once: beginnings and misspelt words are looked up here, among some hundred thousand
-- words, and not among millions of people. `near` holds the word and what is left of it without any one letter, so two
-- words that differ by one slip of the finger share an entry. Never deleted from; small, so a cluster copies it everywhere.
create table patients.name_word (
  word text collate "C" primary key,
  near text[] not null
);
create index name_word_near on patients.name_word using gin (near);

-- «One person per СНИЛС / ЕНП / ИНН»: this primary key. A table of its own, keyed by the number, because a unique
-- index that does not lead with patient_id cannot live on a table sharded by patient.
create table patients.identifier (
  system text not null check (system in ('snils', 'enp', 'inn')),
  value text not null,
  patient_id uuid not null references patients.patient (patient_id),
  primary key (system, value)
);
create index identifier_patient on patients.identifier (patient_id);

create table patients.attachment (
  patient_id uuid not null references patients.patient (patient_id),
  id uuid not null,
  organization_id uuid not null references organizations.organization (id),
  area text,
  since date not null,
  until date,
  primary key (patient_id, id)
);
-- One live attachment per patient.
create unique index attachment_live on patients.attachment (patient_id) where until is null;
create index attachment_organization on patients.attachment (organization_id) where until is null;

-- A parent or guardian acts for a child or ward: on what basis and until when (a child: the 18th birthday).
create table patients.representation (
  patient_id uuid not null references patients.patient (patient_id),
  id uuid not null,
  representative_id uuid not null references patients.patient (patient_id),
  basis text not null check (basis in ('parent', 'guardian')),
  document text not null,
  since date not null,
  until date not null check (until >= since),
  revoked_at timestamptz,
  primary key (patient_id, id)
);
create index representation_representative on patients.representation (representative_id);
create unique index representation_live on patients.representation (patient_id, representative_id) where revoked_at is null;

-- The citizen's portal account and the card: one card per account and one account per card.
create table patients.account_link (
  patient_id uuid primary key references patients.patient (patient_id),
  account_id uuid not null unique,
  linked_at timestamptz not null,
  linked_by text not null check (linked_by in ('esia', 'registrar'))
);

-- Accounts whose data did not agree with a card: a registrar's queue.
create table patients.link_request (
  id uuid primary key,
  account_id uuid not null,
  -- What ЕСИА said, kept as it was when the mismatch was found.
  claimed jsonb not null,
  reason text not null check (reason in ('snils-unknown', 'name-differs', 'birth-date-differs', 'already-linked')),
  candidate_id uuid references patients.patient (patient_id),
  state text not null check (state in ('waiting', 'linked', 'refused')),
  decided_by uuid,
  decided_at timestamptz,
  decision_note text,
  created_at timestamptz not null
);
-- An account waits in the queue once.
create unique index link_request_waiting on patients.link_request (account_id) where state = 'waiting';
create index link_request_account on patients.link_request (account_id, created_at);
