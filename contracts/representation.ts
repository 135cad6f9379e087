import * as T from 'typebox'
import { endpoint, type ProblemType } from './endpoint.ts'
import { PatientNotFound, PatientRow } from './patients.ts'
import { Id, Instant, Line, Nullable, OneOf, PlainDate, Shape } from './values.ts'

export const RepresentationThere = {
  type: '/problems/representation-there',
  status: 409,
  title: 'Такое представительство уже есть',
  advice: 'Чтобы изменить срок или документ, прекратите прежнее и внесите новое.',
} as const satisfies ProblemType
export const RepresentationNotFound = {
  type: '/problems/representation-not-found',
  status: 404,
  title: 'Такого представительства нет',
} as const satisfies ProblemType
export const RepresentationIsOver = {
  type: '/problems/representation-is-over',
  status: 409,
  title: 'Представительство уже прекращено',
} as const satisfies ProblemType
export const AuthorityThere = {
  type: '/problems/authority-there',
  status: 409,
  title: 'Орган опеки с таким названием уже есть',
} as const satisfies ProblemType

export const RepresentationBasis = OneOf('parent', 'guardian', 'authority')
export const DocumentKind = OneOf(
  'birth-certificate',
  'adoption',
  'paternity',
  'guardianship-act',
  'court-decision',
  'esia',
  'other',
)

/** The document one acts by. `number` is its series and number, or how it was called when nothing else is known. */
export const BasisDocument = Shape({
  kind: DocumentKind,
  number: T.String(),
  date: Nullable(PlainDate),
  issuer: Nullable(T.String()),
})

/** One who acts for another, as the registrar's office keeps it; both days are included. */
export const Representation = Shape({
  id: Id,
  /** The child or ward. */
  patientId: Id,
  basis: RepresentationBasis,
  /** The other person of the pair: who acts on the ward's page, the ward on the page of who acts. Null: an authority. */
  person: Nullable(PatientRow),
  authorityName: Nullable(T.String()),
  document: BasisDocument,
  since: PlainDate,
  /** The last day: of a child the one before the 18th birthday, whatever was written. */
  until: PlainDate,
  state: OneOf('live', 'ahead', 'over', 'ended'),
  addedBy: Nullable(T.String()),
  addedAt: Nullable(Instant),
  endedBy: Nullable(T.String()),
  endedAt: Nullable(Instant),
  endReason: Nullable(T.String()),
})
export type Representation = T.Static<typeof Representation>

/** Who acts for this person, and for whom this person acts; what is over stays in the list. */
export const listRepresentations = endpoint({
  name: 'patients.list-representations',
  summary: 'Просмотр законных представителей',
  method: 'GET',
  path: '/api/v1/patients/:patientId/representations',
  who: ['registrar', 'administrator', 'guardianship-officer'],
  journal: 'patient-read',
  params: Shape({ patientId: Id }),
  reply: Shape({ representatives: T.Array(Representation), wards: T.Array(Representation) }),
  problems: [PatientNotFound],
})
/**
 * Enters who acts for the person. A parent or guardian is named by their card, an authority by its id. `until` null: of a
 * child until the 18th birthday; a grown-up ward needs a day.
 */
export const addRepresentation = endpoint({
  name: 'patients.add-representation',
  summary: 'Внесение законного представителя',
  method: 'POST',
  path: '/api/v1/patients/:patientId/representations',
  who: ['registrar', 'administrator'],
  journal: 'patient-change',
  params: Shape({ patientId: Id }),
  body: Shape({
    basis: RepresentationBasis,
    representativeId: Nullable(Id),
    authorityId: Nullable(Id),
    document: Shape({
      kind: OneOf('birth-certificate', 'adoption', 'paternity', 'guardianship-act', 'court-decision', 'other'),
      number: Line,
      date: PlainDate,
      issuer: Line,
    }),
    until: Nullable(PlainDate),
  }),
  reply: Shape({ id: Id, since: PlainDate, until: PlainDate }),
  problems: [RepresentationThere, PatientNotFound],
})
/** Ends it at once; why is kept, and the one who acted reads it. */
export const endRepresentation = endpoint({
  name: 'patients.end-representation',
  summary: 'Прекращение законного представительства',
  method: 'POST',
  path: '/api/v1/patients/:patientId/representations/:representationId/end',
  who: ['registrar', 'administrator'],
  journal: 'patient-change',
  params: Shape({ patientId: Id, representationId: Id }),
  body: Shape({ reason: Line }),
  reply: Shape({ ended: T.Literal(true) }),
  problems: [RepresentationNotFound, RepresentationIsOver, PatientNotFound],
})

export const Authority = Shape({
  id: Id,
  name: T.String(),
  address: Nullable(T.String()),
  phone: Nullable(T.String()),
})
export type Authority = T.Static<typeof Authority>
export const listAuthorities = endpoint({
  name: 'patients.list-authorities',
  summary: 'Органы опеки и попечительства',
  method: 'GET',
  path: '/api/v1/guardianship-authorities',
  who: ['registrar', 'administrator', 'guardianship-officer'],
  journal: 'read',
  reply: Shape({ authorities: T.Array(Authority) }),
  problems: [],
})
export const addAuthority = endpoint({
  name: 'patients.add-authority',
  summary: 'Внесение органа опеки и попечительства',
  method: 'POST',
  path: '/api/v1/guardianship-authorities',
  who: ['administrator'],
  journal: 'change',
  body: Shape({ name: Line, address: Nullable(Line), phone: Nullable(Line) }),
  reply: Authority,
  problems: [AuthorityThere],
})

/** The wards of the officer's own authority, by name. */
export const listMyWards = endpoint({
  name: 'patients.list-my-wards',
  summary: 'Подопечные органа опеки',
  method: 'GET',
  path: '/api/v1/me/wards',
  who: ['guardianship-officer'],
  journal: 'patient-read',
  reply: Shape({
    authority: T.String(),
    wards: T.Array(Shape({ patient: PatientRow, since: PlainDate, until: PlainDate, document: BasisDocument })),
  }),
  problems: [],
})
