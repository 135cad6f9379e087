create schema documents;

-- A medical document: prepared (bytes frozen) → signed. Never re-rendered; a correction is a new version of its set.
create table documents.document (
  patient_id uuid not null references patients.patient (patient_id),
  id uuid not null,
  set_id uuid not null,
  version_number integer not null,
  -- СЭМД kind, НСИ 1.2.643.5.1.13.13.11.1520: '119' = Протокол консультации.
  kind text not null,
  title text not null,
  organization_id uuid not null,
  practitioner_role_id uuid not null,
  author_snils text not null,
  author_name text not null,
  visit_id uuid not null,
  state text not null check (state in ('prepared', 'signed')),
  -- The content both renditions were made from.
  content jsonb not null,
  happened_at timestamptz not null,
  prepared_at timestamptz not null,
  signed_at timestamptz,
  primary key (patient_id, id),
  unique (patient_id, set_id, version_number),
  foreign key (patient_id, visit_id) references chart.visit (patient_id, id)
);
create index document_list on documents.document (patient_id, happened_at desc);
-- One signed document of a version per visit.
create unique index document_visit on documents.document (patient_id, visit_id, version_number) where state = 'signed';

-- Frozen bytes, exactly what was signed.
create table documents.rendition (
  patient_id uuid not null,
  document_id uuid not null,
  format text not null check (format in ('cda', 'pdf')),
  bytes bytea not null,
  sha256 bytea not null,
  primary key (patient_id, document_id, format),
  foreign key (patient_id, document_id) references documents.document (patient_id, id)
);

create table documents.signature (
  patient_id uuid not null,
  document_id uuid not null,
  id uuid not null,
  format text not null,
  kind text not null check (kind in ('person', 'organization')),
  cms bytea not null,
  signer_name text not null,
  signer_snils text,
  certificate_serial text not null,
  certificate_issuer text not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  signed_at timestamptz not null,
  -- Verdict at entry; verified again whenever it is shown.
  verified_at timestamptz not null,
  primary key (patient_id, document_id, id),
  foreign key (patient_id, document_id, format) references documents.rendition (patient_id, document_id, format)
);
-- One signature of one person under one rendition.
create unique index signature_once on documents.signature (patient_id, document_id, format, signer_snils);
