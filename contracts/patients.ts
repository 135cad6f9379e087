import * as T from 'typebox'
import { endpoint, type ProblemType } from './endpoint.ts'
import { Enp, Id, Inn, Instant, Line, Nullable, OneOf, PlainDate, Shape, Snils } from './values.ts'

export const PatientNotFound = {
  type: '/problems/patient-not-found',
  status: 404,
  title: 'Пациент не найден',
} as const satisfies ProblemType
/** A person with this СНИЛС, ЕНП or ИНН is already there: a hard stop. `patientId` and `field` come with it. */
export const IdentifierTaken = {
  type: '/problems/identifier-taken',
  status: 409,
  title: 'Человек с таким номером уже зарегистрирован',
  advice: 'Откройте найденную карту или проверьте номер.',
} as const satisfies ProblemType
/** Similar people were found: a soft warning; `candidates` come with it, `confirmedNew: true` goes on. */
export const PossibleDuplicate = {
  type: '/problems/possible-duplicate',
  status: 409,
  title: 'Возможно, этот человек уже зарегистрирован',
  advice: 'Посмотрите похожие карты. Если это другой человек, подтвердите создание новой.',
} as const satisfies ProblemType
export const BirthDateAhead = {
  type: '/problems/birth-date-ahead',
  status: 422,
  title: 'Дата рождения ещё не наступила',
} as const satisfies ProblemType
export const SnilsOrReason = {
  type: '/problems/snils-or-reason',
  status: 422,
  title: 'Укажите СНИЛС или причину, почему его нет',
} as const satisfies ProblemType
/** The citizen has no card yet: why, in `reason`, and what happens next, in `advice`. */
export const CardNotLinked = {
  type: '/problems/card-not-linked',
  status: 409,
  title: 'Ваша карта ещё не подключена',
} as const satisfies ProblemType
export const LinkAlreadyDecided = {
  type: '/problems/link-already-decided',
  status: 409,
  title: 'Заявку уже рассмотрел другой сотрудник',
} as const satisfies ProblemType
export const CardLinkedElsewhere = {
  type: '/problems/card-linked-elsewhere',
  status: 409,
  title: 'Эта карта уже подключена к другой учётной записи',
  advice: 'Проверьте, ту ли карту вы выбрали.',
} as const satisfies ProblemType

export const Sex = OneOf('male', 'female')
export const NoSnilsReason = OneOf('newborn', 'foreigner', 'no-documents')

const personal = {
  lastName: Line,
  firstName: Line,
  middleName: Nullable(Line),
  birthDate: PlainDate,
  sex: Sex,
  snils: Nullable(Snils),
  enp: Nullable(Enp),
  inn: Nullable(Inn),
  phone: Nullable(Line),
  email: Nullable(Line),
  address: Nullable(Line),
}
export const Patient = Shape({
  id: Id,
  ...personal,
  noSnilsReason: Nullable(NoSnilsReason),
  version: T.Integer(),
  attachment: Nullable(
    Shape({ organizationId: Id, organizationName: T.String(), area: Nullable(T.String()), since: PlainDate }),
  ),
})
export type Patient = T.Static<typeof Patient>

/** A line in a list of people: enough to tell them apart. */
export const PatientRow = Shape({
  id: Id,
  name: T.String(),
  birthDate: PlainDate,
  sex: Sex,
  snils: Nullable(Snils),
  enp: Nullable(Enp),
  address: Nullable(T.String()),
})
export type PatientRow = T.Static<typeof PatientRow>

export const registerPatient = endpoint({
  name: 'patients.register',
  summary: 'Регистрация пациента',
  method: 'POST',
  path: '/api/v1/patients',
  who: ['registrar', 'administrator'],
  journal: 'patient-change',
  body: Shape({ ...personal, noSnilsReason: Nullable(NoSnilsReason), confirmedNew: T.Optional(T.Boolean()) }),
  reply: Patient,
  problems: [IdentifierTaken, PossibleDuplicate, BirthDateAhead, SnilsOrReason],
})
/** Any of: ФИО (part), birth date (any usual form), СНИЛС, ЕНП, in one line, tolerant of ё/е and typing errors. */
export const searchPatients = endpoint({
  name: 'patients.search',
  summary: 'Поиск пациента',
  method: 'GET',
  path: '/api/v1/patients',
  who: ['registrar', 'call-centre', 'doctor', 'head', 'administrator'],
  journal: 'patient-read',
  query: Shape({ q: T.String({ minLength: 2, maxLength: 200 }) }),
  reply: Shape({ patients: T.Array(PatientRow), more: T.Boolean() }),
  problems: [],
})
export const showPatient = endpoint({
  name: 'patients.show',
  summary: 'Просмотр данных пациента',
  method: 'GET',
  path: '/api/v1/patients/:patientId',
  who: 'signed-in',
  journal: 'patient-read',
  params: Shape({ patientId: Id }),
  reply: Patient,
  problems: [PatientNotFound],
})

/** For whom this citizen may act: themselves first, then children and wards. */
export const Charge = Shape({
  id: Id,
  name: T.String(),
  firstName: T.String(),
  birthDate: PlainDate,
  sex: Sex,
  relation: OneOf('self', 'child', 'ward'),
  until: Nullable(PlainDate),
})
export type Charge = T.Static<typeof Charge>
/** Somebody the citizen acted for until lately: why no longer, and from which day. */
export const FormerCharge = Shape({
  id: Id,
  firstName: T.String(),
  why: OneOf('grown-up', 'term-over', 'ended'),
  from: PlainDate,
  note: Nullable(T.String()),
})
export type FormerCharge = T.Static<typeof FormerCharge>
export const listMyCharges = endpoint({
  name: 'patients.list-my-charges',
  summary: 'За кого я действую',
  method: 'GET',
  path: '/api/v1/me/patients',
  who: ['citizen'],
  journal: 'read',
  reply: Shape({
    state: OneOf('linked', 'waiting', 'refused', 'untrusted'),
    reason: Nullable(OneOf('snils-unknown', 'name-differs', 'birth-date-differs', 'already-linked')),
    /** What the registrar wrote when refusing. */
    note: Nullable(T.String()),
    patients: T.Array(Charge),
    former: T.Array(FormerCharge),
  }),
  problems: [],
})

export const LinkRequest = Shape({
  id: Id,
  createdAt: Instant,
  reason: OneOf('snils-unknown', 'name-differs', 'birth-date-differs', 'already-linked'),
  claimed: Shape({
    lastName: T.String(),
    firstName: T.String(),
    middleName: Nullable(T.String()),
    birthDate: Nullable(PlainDate),
    sex: Nullable(Sex),
    snils: Nullable(T.String()),
  }),
  candidate: Nullable(PatientRow),
})
export type LinkRequest = T.Static<typeof LinkRequest>
export const listLinkRequests = endpoint({
  name: 'patients.list-link-requests',
  summary: 'Очередь подключения карт',
  method: 'GET',
  path: '/api/v1/link-requests',
  who: ['registrar', 'administrator'],
  journal: 'patient-read',
  reply: Shape({ requests: T.Array(LinkRequest) }),
  problems: [],
})
/** Link to the given card, or refuse with a note the citizen will read. */
export const decideLinkRequest = endpoint({
  name: 'patients.decide-link-request',
  summary: 'Решение о подключении карты',
  method: 'POST',
  path: '/api/v1/link-requests/:requestId/decision',
  who: ['registrar', 'administrator'],
  journal: 'patient-change',
  params: Shape({ requestId: Id }),
  body: Shape({ link: T.Boolean(), patientId: Nullable(Id), note: Nullable(Line) }),
  reply: Shape({ state: OneOf('linked', 'refused') }),
  problems: [LinkAlreadyDecided, CardLinkedElsewhere, PatientNotFound],
})
