import * as T from 'typebox'
import { endpoint } from './endpoint.ts'
import { Oid, Shape } from './values.ts'

/** OIDs of directories that the code itself refers to (НСИ Минздрава). */
export const directories = {
  positions: '1.2.643.5.1.13.13.11.1002',
  icd10: '1.2.643.5.1.13.13.11.1005',
  specialties: '1.2.643.5.1.13.13.11.1066',
  services: '1.2.643.5.1.13.13.11.1070',
} as const

/** One coded value of a directory, with the version it was taken from: signed records quote all of it. */
export const Concept = Shape({ oid: Oid, version: T.String(), code: T.String(), name: T.String() })
export type Concept = T.Static<typeof Concept>

export const searchConcepts = endpoint({
  name: 'terminology.search',
  summary: 'Поиск по справочнику',
  method: 'GET',
  path: '/api/v1/directories/:oid/concepts',
  who: 'signed-in',
  journal: 'read',
  params: Shape({ oid: Oid }),
  query: Shape({ q: T.String({ maxLength: 200 }), limit: T.Optional(T.Integer({ minimum: 1, maximum: 50 })) }),
  reply: Shape({ concepts: T.Array(Concept) }),
  problems: [],
})
export const listDirectories = endpoint({
  name: 'terminology.list-directories',
  summary: 'Справочники НСИ',
  method: 'GET',
  path: '/api/v1/directories',
  who: 'signed-in',
  journal: 'read',
  reply: Shape({ directories: T.Array(Shape({ oid: Oid, version: T.String(), name: T.String(), rows: T.Integer() })) }),
  problems: [],
})
