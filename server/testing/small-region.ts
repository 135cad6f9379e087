import type { Kysely } from 'kysely'
import type { DB } from '../platform/database/db.generated.ts'
import { actorOf } from '../platform/testing/test-app.ts'
import type { Actor } from '../platform/work.ts'

// A region small enough to know by heart, for the tests of modules: two organisations, four doctors, four patients.
// Rows are inserted as they are, so that a module's tests do not lean on another module's code.

const id = (n: number): string => `0195a000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** Polyclinic № 1 in Moscow's zone: two therapists and a cardiologist. */
export const polyclinic = { id: id(1), departmentId: id(11), rooms: [id(21), id(22), id(23)] as const }
/** A hospital in Novosibirsk's zone (+7): one neurologist. */
export const hospital = { id: id(2), departmentId: id(12), rooms: [id(24)] as const }

/** Codes of НСИ 1.2.643.5.1.13.13.11.1066: Терапия, Кардиология, Неврология. */
export const specialties = { therapy: '27', cardiology: '118', neurology: '14' } as const

/** Members of staff (organizations.practitioner_role). */
export const staff = { therapist: id(41), secondTherapist: id(42), cardiologist: id(43), neurologist: id(44) } as const

/** Petrov is attached to the polyclinic and is the father of Masha; Sidorova and Kim are attached nowhere. */
export const patients = { petrov: id(51), masha: id(52), sidorova: id(53), kim: id(54) } as const
export const accounts = { petrov: id(61) } as const

const doctor = (staffId: string, n: number, organizationId: string, name: string): Actor =>
  actorOf({ role: 'doctor', id: id(n), organizationId, staffId, name })

/** Who acts in tests. */
export const actors = {
  petrov: actorOf({ role: 'citizen', id: accounts.petrov, name: 'Петров Пётр Петрович' }),
  stranger: actorOf({ role: 'citizen', id: id(62), name: 'Чужой Человек Никтович' }),
  therapist: doctor(staff.therapist, 71, polyclinic.id, 'Иванова Анна Сергеевна'),
  cardiologist: doctor(staff.cardiologist, 73, polyclinic.id, 'Орлов Олег Игоревич'),
  neurologist: doctor(staff.neurologist, 74, hospital.id, 'Снегирёва Нина Львовна'),
  registrar: actorOf({
    role: 'registrar',
    id: id(75),
    organizationId: polyclinic.id,
    name: 'Кузнецова Вера Ильинична',
  }),
  hospitalRegistrar: actorOf({
    role: 'registrar',
    id: id(76),
    organizationId: hospital.id,
    name: 'Белова Ада Юрьевна',
  }),
  head: actorOf({ role: 'head', id: id(77), organizationId: polyclinic.id, name: 'Громов Иван Ильич' }),
  administrator: actorOf({ role: 'administrator', id: id(79), name: 'Савина Марина Юрьевна' }),
  securityOfficer: actorOf({ role: 'security-officer', id: id(78), name: 'Стражев Лев Романович' }),
} as const

/** СНИЛС of the therapist: the author of documents in tests. */
export const therapistSnils = '11223344595'

type Person = [
  role: string,
  practitioner: string,
  snils: string,
  last: string,
  first: string,
  middle: string,
  sex: 'male' | 'female',
]

/** Fills an empty migrated database. */
export async function fillSmallRegion(db: Kysely<DB>): Promise<void> {
  await fillOrganizations(db)
  await fillStaff(db)
  await fillPatients(db)
}

async function fillOrganizations(db: Kysely<DB>): Promise<void> {
  const common = { inn: '7707083893', ogrn: '1027700132195', license: 'Л041-00110-00/00000001' }
  await db
    .insertInto('organizations.organization')
    .values([
      {
        ...common,
        id: polyclinic.id,
        oid: '1.2.643.5.1.13.13.12.2.77.1001',
        name: 'Государственное учреждение «Городская поликлиника № 1»',
        short_name: 'Поликлиника № 1',
        kind: 'polyclinic',
        address: 'г. Энск, ул. Садовая, д. 5',
        phone: '+7 495 000-00-01',
        time_zone: 'Europe/Moscow',
        change_deadline_minutes: 120,
      },
      {
        ...common,
        id: hospital.id,
        oid: '1.2.643.5.1.13.13.12.2.54.1002',
        name: 'Государственное учреждение «Городская больница № 2»',
        short_name: 'Больница № 2',
        kind: 'hospital',
        address: 'г. Восточный, ул. Лесная, д. 10',
        phone: null,
        time_zone: 'Asia/Novosibirsk',
        change_deadline_minutes: 60,
      },
    ])
    .execute()
  const department = (organization: { id: string; departmentId: string }, n: number) => ({
    organization_id: organization.id,
    id: organization.departmentId,
    oid: `1.2.643.5.1.13.13.12.2.77.${1000 + n}.0.1`,
    name: 'Терапевтическое отделение',
    address: null,
  })
  await db
    .insertInto('organizations.department')
    .values([department(polyclinic, 1), department(hospital, 2)])
    .execute()
  const room = (organization: { id: string; departmentId: string }, roomId: string, number: string) => ({
    organization_id: organization.id,
    id: roomId,
    department_id: organization.departmentId,
    number,
  })
  await db
    .insertInto('organizations.room')
    .values([
      ...polyclinic.rooms.map((r, i) => room(polyclinic, r, String(101 + i))),
      ...hospital.rooms.map((r) => room(hospital, r, '201')),
    ])
    .execute()
}

async function fillStaff(db: Kysely<DB>): Promise<void> {
  const people: Person[] = [
    [staff.therapist, id(31), therapistSnils, 'Иванова', 'Анна', 'Сергеевна', 'female'],
    [staff.secondTherapist, id(32), '08765430300', 'Соколов', 'Егор', 'Ильич', 'male'],
    [staff.cardiologist, id(33), '16079854199', 'Орлов', 'Олег', 'Игоревич', 'male'],
    [staff.neurologist, id(34), '07712345660', 'Снегирёва', 'Нина', 'Львовна', 'female'],
  ]
  await db
    .insertInto('organizations.practitioner')
    .values(
      people.map(([, practitioner, snils, last_name, first_name, middle_name, sex]) => ({
        id: practitioner,
        snils,
        last_name,
        first_name,
        middle_name,
        sex,
        birth_date: '1980-05-17',
      })),
    )
    .execute()
  const role = (
    n: number,
    organization: { id: string; departmentId: string },
    specialty: string,
    position: string,
  ) => ({
    organization_id: organization.id,
    id: people[n]![0],
    practitioner_id: people[n]![1],
    department_id: organization.departmentId,
    specialty_code: specialty,
    position_code: position,
    since: '2020-01-01',
  })
  // Positions of НСИ 1.2.643.5.1.13.13.11.1002: врач-терапевт 109, врач-кардиолог 34, врач-невролог 45.
  await db
    .insertInto('organizations.practitioner_role')
    .values([
      role(0, polyclinic, specialties.therapy, '109'),
      role(1, polyclinic, specialties.therapy, '109'),
      role(2, polyclinic, specialties.cardiology, '34'),
      role(3, hospital, specialties.neurology, '45'),
    ])
    .execute()
}

async function fillPatients(db: Kysely<DB>): Promise<void> {
  const at = new Date('2026-01-01T00:00:00Z')
  const patient = (
    patientId: string,
    [last_name, first_name, middle_name]: [string, string, string | null],
    birth_date: string,
    sex: 'male' | 'female',
    snils: string | null,
    enp: string | null,
  ) => ({
    patient_id: patientId,
    last_name,
    first_name,
    middle_name,
    birth_date,
    sex,
    snils,
    enp,
    name_search: [last_name, first_name, middle_name].filter(Boolean).join(' ').toLowerCase().replaceAll('ё', 'е'),
    ...(snils === null && { no_snils_reason: 'foreigner' }),
    created_at: at,
    updated_at: at,
  })
  const people = [
    patient(patients.petrov, ['Петров', 'Пётр', 'Петрович'], '1985-04-12', 'male', '00000060006', '2657020837000348'),
    patient(patients.masha, ['Петрова', 'Мария', 'Петровна'], '2018-09-01', 'female', '12345678964', null),
    patient(patients.sidorova, ['Сидорова', 'Алёна', 'Игоревна'], '1990-12-31', 'female', '08765430200', null),
    patient(patients.kim, ['Ким', 'Сергей', null], '1972-02-29', 'male', null, null),
  ]
  await db.insertInto('patients.patient').values(people).execute()
  await db
    .insertInto('patients.name_word')
    .values(
      [...new Set(people.flatMap((p) => p.name_search.split(' ')))].map((word) => ({
        word,
        near: [word, ...[...word].map((_, i) => word.slice(0, i) + word.slice(i + 1))],
      })),
    )
    .execute()
  await db
    .insertInto('patients.identifier')
    .values(
      people.flatMap((p) => [
        ...(p.snils ? [{ system: 'snils', value: p.snils, patient_id: p.patient_id }] : []),
        ...(p.enp ? [{ system: 'enp', value: p.enp, patient_id: p.patient_id }] : []),
      ]),
    )
    .execute()
  await db
    .insertInto('patients.attachment')
    .values({ patient_id: patients.petrov, id: id(81), organization_id: polyclinic.id, area: '3', since: '2020-01-01' })
    .execute()
  await db
    .insertInto('patients.representation')
    .values({
      patient_id: patients.masha,
      id: id(82),
      representative_id: patients.petrov,
      basis: 'parent',
      document: 'Свидетельство о рождении I-АБ 000001',
      since: '2018-09-01',
      until: '2036-08-31',
    })
    .execute()
  await db
    .insertInto('access.account')
    .values({ id: accounts.petrov, kind: 'citizen', display_name: 'Петров Пётр Петрович', created_at: at })
    .execute()
  await db
    .insertInto('patients.account_link')
    .values({ patient_id: patients.petrov, account_id: accounts.petrov, linked_at: at, linked_by: 'esia' })
    .execute()
}
