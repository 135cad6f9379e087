import type pg from 'pg'

// A region of numbered things, so that pgbench, which only counts, can name them too: thing `n` of a kind has the
// UUID whose first half is the kind's and whose second half is 8000000000000000 + n in decimal digits.

/** First half of the UUIDs of each kind. */
const kinds = {
  organization: '0195a00000017000',
  department: '0195a00000027000',
  room: '0195a00000037000',
  practitioner: '0195a00000047000',
  staff: '0195a00000057000',
  schedule: '0195a00000067000',
  patient: '0195a00000077000',
  account: '0195a00000087000',
  session: '0195a00000097000',
  fact: '0195a000000a7000',
} as const
type Kind = keyof typeof kinds

/** What is added to a number to make the second half of its UUID. */
export const BASE = 8_000_000_000_000_000

export function idOf(kind: Kind, n: number): string {
  const digits = kinds[kind] + String(BASE + n)
  return [8, 12, 16, 20, 32].map((end, i, ends) => digits.slice(ends[i - 1] ?? 0, end)).join('-')
}

/** The UUID of thing `n`, an expression over a whole number, in SQL. */
export const idSql = (kind: Kind, n: string): string => `('${kinds[kind]}' || (${BASE} + ${n}))::uuid`

const TOKEN = 'bench-session-of-citizen-'
/** The session token of citizen `n`. */
export const tokenOf = (n: number): string => `${TOKEN}${BASE + n}`
/** The same token in a script of pgbench, where `:p` is BASE + n. */
export const tokenSql = `('${TOKEN}' || :p)`

/** What each doctor of an organisation does; doctor `j` works at organisation `j % organizations`. */
const SPECIALTIES = ['27', '118', '14', '19', '20', '30', '31', '79', '91', '145']
const TIMES_A_DAY = 20
const DAYS = 14
/** Times of one doctor in the published fortnight. */
export const TIMES = DAYS * TIMES_A_DAY
const LENGTH_SECONDS = 900

export type Region = {
  organizations: number
  doctors: number
  citizens: number
  /** The first day's first time, epoch seconds. */
  firstTime: number
}

export const specialtyOf = (region: Region, doctor: number): string =>
  SPECIALTIES[Math.floor(doctor / region.organizations) % SPECIALTIES.length]!

/** The time that slot `n` is: doctors take turns, so that neighbours in number are rows far from each other. */
export function slotOf(region: Region, n: number) {
  const doctor = n % region.doctors
  const turn = Math.floor(n / region.doctors)
  const startsAt = region.firstTime + Math.floor(turn / TIMES_A_DAY) * 86_400 + (turn % TIMES_A_DAY) * LENGTH_SECONDS
  return { doctor, organization: doctor % region.organizations, startsAt, endsAt: startsAt + LENGTH_SECONDS }
}

// The same in scripts of pgbench: `:p` is the citizen, `:d` the doctor, `:o` the organisation, each with BASE added, `:s` the
// specialty, and a time lasts from `:t` to `:u`, epoch seconds.

/** Variables of a doctor whose number is the given expression. */
export const doctorVariables = ({ organizations }: Region, doctor: string): string[] => [
  `\\set d ${BASE} + ${doctor}`,
  `\\set o ${BASE} + ${doctor} % ${organizations}`,
  `\\set specialty ${doctor} / ${organizations} % ${SPECIALTIES.length}`,
  `\\set s case ${SPECIALTIES.map((code, i) => `when :specialty = ${i} then ${code}`).join(' ')} end`,
]

/** Variables of the time whose number is `:n`. */
export const slotVariables = (region: Region): string[] => [
  `\\set doctor :n % ${region.doctors}`,
  `\\set turn :n / ${region.doctors}`,
  ...doctorVariables(region, ':doctor'),
  `\\set t ${region.firstTime} + :turn / ${TIMES_A_DAY} * 86400 + :turn % ${TIMES_A_DAY} * ${LENGTH_SECONDS}`,
  `\\set u :t + ${LENGTH_SECONDS}`,
]

/** A value of a recorded conversation, and the expression that stands for it in every other one. */
export type Known = { value: string; sql: string }

const varies = (kind: Kind, n: number, variable: string): Known => ({
  value: idOf(kind, n),
  sql: `('${kinds[kind]}' || ${variable})`,
})

/** What stands for citizen `n` in another conversation. */
export const citizenVaries = (n: number): Known[] => [
  varies('patient', n, ':p'),
  varies('account', n, ':p'),
  varies('session', n, ':p'),
]

/** What stands for a doctor and their place in another conversation. */
export const doctorVaries = (region: Region, doctor: number): Known[] => [
  varies('schedule', doctor, ':d'),
  varies('staff', doctor, ':d'),
  varies('room', doctor, ':d'),
  varies('organization', doctor % region.organizations, ':o'),
]

/** Fills a migrated database: organisations, doctors with their fortnight from tomorrow, citizens with open sessions. */
export async function fillRegion(
  client: pg.Client,
  size: { organizations: number; doctors: number; citizens: number; booked: boolean },
): Promise<Region> {
  const tomorrow = Math.floor(Date.now() / 86_400_000) * 86_400 + 86_400
  const region: Region = { ...size, firstTime: tomorrow + 5 * 3600 }
  for (const statement of [...doctorsSql(region), slotsSql(region, size.booked), ...citizensSql(region)])
    await client.query(statement)
  return region
}

function doctorsSql({ organizations, doctors }: Region): string[] {
  const organization = `j % ${organizations}`
  const specialty = `(array['${SPECIALTIES.join("','")}'])[j / ${organizations} % ${SPECIALTIES.length} + 1]`
  return [
    `insert into organizations.organization (id, oid, name, short_name, kind, address, phone, inn, ogrn, time_zone)
      select ${idSql('organization', 'i')}, '1.2.643.5.1.13.13.12.2.99.' || i, 'Государственное учреждение «Поликлиника № ' || i || '»',
        'Поликлиника № ' || i, 'polyclinic', 'г. Энск, ул. Садовая, д. ' || i, '+7 495 000-00-00', '7707083893', '1027700132195',
        'Europe/Moscow' from generate_series(0, ${organizations} - 1) i`,
    `insert into organizations.department (organization_id, id, oid, name)
      select ${idSql('organization', 'i')}, ${idSql('department', 'i')}, '1.2.643.5.1.13.13.12.2.99.' || i || '.0.1',
        'Поликлиническое отделение' from generate_series(0, ${organizations} - 1) i`,
    `insert into organizations.room (organization_id, id, department_id, number)
      select ${idSql('organization', organization)}, ${idSql('room', 'j')}, ${idSql('department', organization)}, j::text
      from generate_series(0, ${doctors} - 1) j`,
    `insert into organizations.practitioner (id, snils, last_name, first_name, middle_name, sex, birth_date)
      select ${idSql('practitioner', 'j')}, lpad(j::text, 11, '0'), 'Иванова', 'Анна', 'Сергеевна', 'female', '1980-05-17'
      from generate_series(0, ${doctors} - 1) j`,
    `insert into organizations.practitioner_role (organization_id, id, practitioner_id, department_id, specialty_code, position_code, since)
      select ${idSql('organization', organization)}, ${idSql('staff', 'j')}, ${idSql('practitioner', 'j')},
        ${idSql('department', organization)}, ${specialty}, '109', '2020-01-01' from generate_series(0, ${doctors} - 1) j`,
    `insert into schedules.schedule (organization_id, id, practitioner_role_id, specialty_code, room_id, slot_minutes, channels,
        valid_from, published_until, created_at)
      select ${idSql('organization', organization)}, ${idSql('schedule', 'j')}, ${idSql('staff', 'j')}, ${specialty},
        ${idSql('room', 'j')}, ${LENGTH_SECONDS / 60}, array['portal', 'registrar', 'doctor'], current_date,
        current_date + ${DAYS}, now() from generate_series(0, ${doctors} - 1) j`,
  ]
}

/** Every time of every doctor; with `booked`, every second one is taken, as in the middle of an ordinary week. */
const slotsSql = ({ firstTime }: Region, booked: boolean): string => `
  insert into schedules.slot (organization_id, schedule_id, starts_at, practitioner_role_id, specialty_code, ends_at, channels,
    age_from, age_to, status, appointment_id, version)
  select t.organization_id, t.id, at.starts_at, t.practitioner_role_id, t.specialty_code,
    at.starts_at + interval '${LENGTH_SECONDS} seconds', t.channels, t.age_from, t.age_to,
    case when at.taken then 'booked' else 'free' end, case when at.taken then gen_random_uuid() end, at.taken::int
  from schedules.schedule t
  cross join lateral (
    select to_timestamp(${firstTime} + turn / ${TIMES_A_DAY} * 86400 + turn % ${TIMES_A_DAY} * ${LENGTH_SECONDS}) as starts_at,
      ${booked} and hashtext(t.id::text || turn) % 2 = 0 as taken
    from generate_series(0, ${TIMES} - 1) turn
  ) at`

/** Adults with an account and a session in which they have just looked for a time: it need not be marked as used. */
const citizensSql = ({ citizens }: Region): string[] => [
  `insert into patients.patient (patient_id, last_name, first_name, middle_name, birth_date, sex, name_search, no_snils_reason,
      created_at, updated_at)
    select ${idSql('patient', 'n')}, 'Петрова' || n % 997, 'Мария', 'Ильинична', date '1950-01-01' + n % 18000, 'female',
      'петрова' || n % 997 || ' мария ильинична', 'foreigner', now(), now() from generate_series(0, ${citizens} - 1) n`,
  `insert into access.account (id, kind, display_name, created_at)
    select ${idSql('account', 'n')}, 'citizen', 'Петрова Мария Ильинична', now() from generate_series(0, ${citizens} - 1) n`,
  `insert into patients.account_link (patient_id, account_id, linked_at, linked_by)
    select ${idSql('patient', 'n')}, ${idSql('account', 'n')}, now(), 'esia' from generate_series(0, ${citizens} - 1) n`,
  `insert into access.session (id, token_hash, account_id, method, complete, created_at, seen_at, expires_at)
    select ${idSql('session', 'n')}, sha256(('${TOKEN}' || ${BASE} + n)::bytea), ${idSql('account', 'n')}, 'esia', true, now(),
      now() + interval '2 hours', now() + interval '12 hours' from generate_series(0, ${citizens} - 1) n`,
]
