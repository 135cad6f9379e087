create schema organizations;

-- Small, rarely written, read everywhere: on a cluster these tables are copied to every node.
create table organizations.organization (
  id uuid primary key,
  oid text not null unique,
  name text not null,
  short_name text not null,
  kind text not null check (kind in ('polyclinic', 'children-polyclinic', 'hospital', 'dental', 'women-health', 'dispensary', 'rural-clinic')),
  address text not null,
  latitude double precision,
  longitude double precision,
  phone text,
  inn text not null,
  ogrn text not null,
  license text,
  time_zone text not null,
  -- How long before the visit a patient may still cancel or move it, minutes.
  change_deadline_minutes integer not null default 120 check (change_deadline_minutes >= 0),
  closed_at timestamptz
);

create table organizations.department (
  organization_id uuid not null references organizations.organization (id),
  id uuid not null,
  oid text not null unique,
  name text not null,
  address text,
  primary key (organization_id, id)
);

create table organizations.room (
  organization_id uuid not null,
  id uuid not null,
  department_id uuid not null,
  number text not null,
  floor smallint,
  primary key (organization_id, id),
  foreign key (organization_id, department_id) references organizations.department (organization_id, id),
  unique (organization_id, department_id, number)
);

-- A person who works in medicine; one person per СНИЛС.
create table organizations.practitioner (
  id uuid primary key,
  snils text not null unique,
  last_name text not null,
  first_name text not null,
  middle_name text,
  sex text not null check (sex in ('male', 'female')),
  birth_date date not null
);

-- A position held: who, where, in which specialty (НСИ 1.2.643.5.1.13.13.11.1066) and position (…11.1002).
create table organizations.practitioner_role (
  organization_id uuid not null references organizations.organization (id),
  id uuid not null unique,
  practitioner_id uuid not null references organizations.practitioner (id),
  department_id uuid not null,
  specialty_code text,
  position_code text not null,
  since date not null,
  until date,
  primary key (organization_id, id),
  foreign key (organization_id, department_id) references organizations.department (organization_id, id)
);
create index practitioner_role_person on organizations.practitioner_role (practitioner_id);
create index practitioner_role_specialty on organizations.practitioner_role (specialty_code, organization_id);
