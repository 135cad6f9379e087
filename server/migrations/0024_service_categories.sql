-- What people come for in their own words («вакцинация», «справка 086/у»): which specialties serve it, whom, what to bring.
-- A category is its versions; nothing is changed or deleted here, so who changed what, when and why stays.
create table booking.service_category_version (
  category_id uuid not null,
  version integer not null check (version > 0),
  name text not null,
  -- One sentence for people.
  about text,
  specialty_codes text[] not null check (cardinality(specialty_codes) > 0),
  -- Codes of the nomenclature of medical services (приказ 804н) that are rendered under it.
  service_codes text[] not null,
  age_from smallint not null check (age_from between 0 and 150),
  age_to smallint not null check (age_to between age_from and 150),
  sex text check (sex in ('male', 'female')),
  -- What to bring and how to prepare.
  bring text,
  place smallint not null,
  withdrawn boolean not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  changed_by_name text not null,
  reason text not null,
  primary key (category_id, version)
);

-- What a visit is for, in the version that the person has read. Written with the hold, whose id the appointment keeps.
create table booking.visit_category (
  organization_id uuid not null,
  appointment_id uuid not null,
  category_id uuid not null,
  category_version integer not null,
  primary key (organization_id, appointment_id),
  foreign key (category_id, category_version) references booking.service_category_version (category_id, version)
);
