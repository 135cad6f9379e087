import * as T from 'typebox'
import { endpoint, type ProblemType } from './endpoint.ts'
import { PatientNotFound, Sex } from './patients.ts'
import { Id, Instant, Line, Nullable, Shape } from './values.ts'

export const CategoryNotFound = {
  type: '/problems/category-not-found',
  status: 404,
  title: 'Такой цели визита нет',
} as const satisfies ProblemType
export const CategoryChangedMeanwhile = {
  type: '/problems/category-changed-meanwhile',
  status: 409,
  title: 'Эту цель визита уже изменил другой сотрудник',
  advice: 'Откройте её ещё раз и внесите изменения поверх новых.',
} as const satisfies ProblemType
export const CategoryDoesNotFit = {
  type: '/problems/category-does-not-fit',
  status: 422,
  title: 'С этой целью к выбранному врачу не записывают',
  advice: 'Выберите другую цель визита или запишитесь просто к врачу.',
} as const satisfies ProblemType

const age = T.Integer({ minimum: 0, maximum: 150 })
const LongLine = T.String({ minLength: 1, maxLength: 1000, pattern: '^[^\\u0000-\\u001f]*$' })
const decided = {
  /** In plain words: «Справка 086/у для учёбы». */
  name: Line,
  about: Nullable(Line),
  /** Whoever of them has a time serves it. */
  specialtyCodes: T.Array(Line, { minItems: 1, maxItems: 50, uniqueItems: true }),
  /** Codes of the nomenclature of medical services, приказ Минздрава 804н: «B04.047.004». */
  serviceCodes: T.Array(T.String({ pattern: '^[A-Z]\\d{2}(\\.\\d{2,3}){1,3}$' }), { maxItems: 50, uniqueItems: true }),
  /** Full years, both included. */
  ageFrom: age,
  ageTo: age,
  sex: Nullable(Sex),
  bring: Nullable(LongLine),
  order: T.Integer({ minimum: 0, maximum: 9999 }),
}
export const CategoryDecision = Shape(decided)
export type CategoryDecision = T.Static<typeof CategoryDecision>

/** What people come for; the version that stands now. */
export const ServiceCategory = Shape({ id: Id, version: T.Integer(), ...decided })
export type ServiceCategory = T.Static<typeof ServiceCategory>

/** Those in force, in their order; with a patient, only those for the patient's age and sex. */
export const listServiceCategories = endpoint({
  name: 'booking.list-categories',
  summary: 'Цели визита',
  method: 'GET',
  path: '/api/v1/service-categories',
  who: 'signed-in',
  journal: 'read',
  query: Shape({ patientId: T.Optional(Id) }),
  reply: Shape({ categories: T.Array(ServiceCategory) }),
  problems: [PatientNotFound],
})
export const CategoryVersion = Shape({
  ...decided,
  version: T.Integer(),
  withdrawn: T.Boolean(),
  changedAt: Instant,
  changedBy: T.String(),
  reason: T.String(),
})
/** Every version, the newest first. */
export const showCategoryHistory = endpoint({
  name: 'booking.show-category-history',
  summary: 'История цели визита',
  method: 'GET',
  path: '/api/v1/service-categories/:categoryId/versions',
  who: ['administrator', 'head', 'registrar'],
  journal: 'read',
  params: Shape({ categoryId: Id }),
  reply: Shape({ versions: T.Array(CategoryVersion) }),
  problems: [CategoryNotFound],
})
export const createCategory = endpoint({
  name: 'booking.create-category',
  summary: 'Новая цель визита',
  method: 'POST',
  path: '/api/v1/service-categories',
  who: ['administrator'],
  journal: 'change',
  body: Shape({ ...decided, reason: Line }),
  reply: ServiceCategory,
  problems: [],
})
/** A new version over the one that was read; `withdrawn` takes it off the list. */
export const changeCategory = endpoint({
  name: 'booking.change-category',
  summary: 'Изменение цели визита',
  method: 'PUT',
  path: '/api/v1/service-categories/:categoryId',
  who: ['administrator'],
  journal: 'change',
  params: Shape({ categoryId: Id }),
  body: Shape({ ...decided, version: T.Integer({ minimum: 1 }), withdrawn: T.Boolean(), reason: Line }),
  reply: ServiceCategory,
  problems: [CategoryNotFound, CategoryChangedMeanwhile],
})
