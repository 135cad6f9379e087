import { formatSnils } from '../../../../contracts/values.ts'
import type { EsiaChild } from '../person.ts'
import type { DemoCitizen } from './demo-citizen.ts'
import { partsOf, type Part } from './scopes.ts'

/** The collections the relying party reads. */
export type Collection = 'contacts' | 'addresses' | 'documents' | 'kids'
const collections: readonly Collection[] = ['contacts', 'addresses', 'documents', 'kids']

/** Whether an address names one of them. */
export const isCollection = (name: string): name is Collection => collections.some((known) => known === name)

type Field = [part: Part, name: string, value: string | null]
type Element = { id: number } & Record<string, unknown>

/** «2000-05-26» → «26.05.2000», as ЕСИА writes days. */
const dayOf = (date: string | null): string | null => date && date.split('-').toReversed().join('.')

const fieldsOf = (person: EsiaChild): Field[] => [
  ['name', 'lastName', person.lastName],
  ['name', 'firstName', person.firstName],
  ['name', 'middleName', person.middleName],
  ['birthDate', 'birthDate', dayOf(person.birthDate)],
  ['sex', 'gender', person.sex && (person.sex === 'male' ? 'M' : 'F')],
  ['snils', 'snils', person.snils && formatSnils(person.snils)],
]

/** Fields as JSON; those nobody filled in are left out, as ЕСИА does. */
const written = (fields: Field[]): Record<string, unknown> =>
  Object.fromEntries(fields.filter(([, , value]) => value !== null).map(([, name, value]) => [name, value]))

const contact = (id: number, type: string, value: string): Element => ({ id, type, vrfStu: 'VERIFIED', value })

function elementsOf(citizen: DemoCitizen, collection: Collection, may: Set<Part>): Element[] {
  const { phone, email, address, enp, children } = citizen
  switch (collection) {
    case 'contacts':
      return [
        ...(phone !== null && may.has('phone') ? [contact(1, 'MBT', phone)] : []),
        ...(email !== null && may.has('email') ? [contact(2, 'EML', email)] : []),
      ]
    case 'addresses':
      return address !== null && may.has('addresses')
        ? [{ id: 3, type: 'PLV', addressStr: address, countryId: 'RUS' }]
        : []
    case 'documents':
      return enp !== null && may.has('policy')
        ? [{ id: 4, type: 'MDCL_PLCY', vrfStu: 'VERIFIED', unitedNumber: enp }]
        : []
    case 'kids':
      return may.has('kids')
        ? children.map((child, i) => ({ id: 10 + i, trusted: true, ...written(fieldsOf(child)) }))
        : []
  }
}

/** GET /rs/prns/{oid}/{collection}; elements are only addresses unless they are asked to be embedded. */
export function collectionAnswer(
  citizen: DemoCitizen,
  collection: Collection,
  access: { scope: string; embedded: boolean; address: string },
): object {
  const elements = elementsOf(citizen, collection, partsOf(access.scope))
  return {
    stateFacts: ['hasSize'],
    size: elements.length,
    elements: access.embedded ? elements : elements.map(({ id }) => `${access.address}/${id}`),
  }
}

/** GET /rs/prns/{oid}: what the token's scopes open; `embed` is «(contacts.elements,kids.elements)». */
export function personAnswer(citizen: DemoCitizen, access: { scope: string; embed: unknown; address: string }): object {
  const may = partsOf(access.scope)
  const embed = typeof access.embed === 'string' ? access.embed : ''
  return {
    stateFacts: ['EntityRoot'],
    ...written([...fieldsOf(citizen), ['inn', 'inn', citizen.inn] satisfies Field].filter(([part]) => may.has(part))),
    trusted: citizen.trusted,
    citizenship: 'RUS',
    status: 'REGISTERED',
    verifying: false,
    ...Object.fromEntries(
      collections.map((name) => [
        name,
        collectionAnswer(citizen, name, {
          scope: access.scope,
          embedded: embed.includes(`${name}.elements`),
          address: `${access.address}/${name}`,
        }),
      ]),
    ),
  }
}
