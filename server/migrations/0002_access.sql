create schema access;

-- Somebody who can sign in. Citizens come from ЕСИА, employees are made by an administrator.
create table access.account (
  id uuid primary key,
  kind text not null check (kind in ('citizen', 'employee')),
  display_name text not null,
  blocked_at timestamptz,
  demo boolean not null default false,
  created_at timestamptz not null
);

-- What ЕСИА said about a citizen at the last sign-in. One account per ЕСИА person: the primary key.
create table access.esia_identity (
  esia_oid text primary key,
  account_id uuid not null unique references access.account (id),
  trusted boolean not null,
  last_name text not null,
  first_name text not null,
  middle_name text,
  birth_date date,
  sex text check (sex in ('male', 'female')),
  snils text,
  inn text,
  phone text,
  email text,
  address text,
  seen_at timestamptz not null
);
create index esia_identity_snils on access.esia_identity (snils);

-- Sign-ins on their way through ЕСИА: the state is ours, random, one use.
create table access.esia_request (
  state uuid primary key,
  browser_hash bytea not null,
  return_to text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table access.employee_login (
  account_id uuid primary key references access.account (id),
  login text not null unique check (login = lower(login)),
  password_hash text not null,
  -- Sealed with AES-256-GCM under the installation's secret; opened only to check a code.
  totp_secret text not null,
  -- A TOTP code works once: the step of the last accepted code (RFC 6238 §5.2).
  totp_last_step bigint not null default 0
);

-- Guesses of a password or a code: how many in a row and until when no more are heard. A row is written before the
-- guess is judged, outside the operation's transaction, so that a refusal's rollback does not forget it. The subject is
-- the hash of «login:…» (whether such a login exists or not) or «session:…»; the hash keeps mistyped secrets out.
create table access.attempt (
  subject_hash bytea primary key,
  failures integer not null,
  locked_until timestamptz,
  last_at timestamptz not null
);

-- The demo only: logins shown beside the sign-in form with their passwords. Production keeps no row here.
create table access.demo_login (
  account_id uuid primary key references access.account (id),
  password text not null,
  about text not null,
  place integer not null
);

-- In what capacity an account acts: a role, where, and as which member of staff (organizations.practitioner_role).
create table access.assignment (
  id uuid primary key,
  account_id uuid not null references access.account (id),
  role text not null check (role in ('citizen', 'registrar', 'doctor', 'head', 'administrator', 'security-officer')),
  organization_id uuid,
  staff_id uuid,
  since timestamptz not null,
  until timestamptz
);
create index assignment_account on access.assignment (account_id);

create table access.session (
  id uuid primary key,
  token_hash bytea not null unique,
  account_id uuid not null references access.account (id),
  assignment_id uuid references access.assignment (id),
  method text not null check (method in ('esia', 'password', 'password+totp')),
  -- A half-open session (password given, second factor not yet) may only finish signing in.
  complete boolean not null,
  user_agent text,
  address text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  -- When the person last proved presence by a second factor: signing asks for a fresh one.
  stepped_up_at timestamptz,
  revoked_at timestamptz
);
create index session_account on access.session (account_id, created_at desc);
