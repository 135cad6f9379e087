-- Who acts for a person, in full: by which document, who entered it and who ended it; the guardianship authority (орган
-- опеки) where nobody else acts; and the two roles that came with it.

-- Guardianship authorities of the region: few and rarely written, copied everywhere on a cluster.
create table patients.guardianship_authority (
  id uuid primary key,
  name text not null unique,
  address text,
  phone text,
  added_by uuid,
  added_at timestamptz not null
);

alter table patients.representation
  alter column representative_id drop not null,
  add column authority_id uuid references patients.guardianship_authority (id),
  add column document_kind text not null default 'other'
    check (document_kind in ('birth-certificate', 'adoption', 'paternity', 'guardianship-act', 'court-decision', 'esia', 'other')),
  add column document_date date,
  add column document_issuer text,
  -- Null: from an import or from ЕСИА, as the document says.
  add column added_by uuid,
  add column added_by_name text,
  add column added_at timestamptz,
  add column ended_by uuid,
  add column ended_by_name text,
  add column end_reason text,
  drop constraint representation_basis_check,
  add constraint representation_basis_check check (basis in ('parent', 'guardian', 'authority')),
  add constraint representation_who_check check (
    (basis = 'authority') = (authority_id is not null) and (basis = 'authority') = (representative_id is null)
  );
update patients.representation set document_kind = 'esia' where document = 'Сведения ЕСИА о ребёнке';
create unique index representation_live_authority on patients.representation (patient_id) where revoked_at is null and basis = 'authority';
create index representation_authority on patients.representation (authority_id) where revoked_at is null;

alter table access.assignment
  drop constraint assignment_role_check,
  add constraint assignment_role_check check (
    role in ('citizen', 'registrar', 'call-centre', 'doctor', 'head', 'guardianship-officer', 'administrator', 'security-officer')
  );
