import { digitsOf, isEnp, isInn, isPlainDate, isSnils } from '../../../contracts/values.ts'
import type { EsiaIdentity } from '../../modules/access/index.ts'

/** A child as the parent's ЕСИА account knows them. */
export type EsiaChild = {
  lastName: string
  firstName: string
  middleName: string | null
  birthDate: string | null
  sex: 'male' | 'female' | null
  snils: string | null
}

/** Everything ЕСИА says that we understand: the identity that is kept, and what only linking the card looks at. */
export type EsiaPerson = EsiaIdentity & { enp: string | null; children: EsiaChild[] }

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A line of text as people wrote it, cut to what we keep and cleaned of what is not text: control characters and halves
 * of surrogate pairs, which PostgreSQL refuses. Null when nothing is left.
 */
function line(value: unknown): string | null {
  if (typeof value !== 'string') return null
  // oxlint-disable-next-line no-control-regex -- removing them is the purpose
  const notText = /[\u0000-\u001f\u007f\p{Surrogate}]+/gu
  const text = value.trim().slice(0, 200).replace(notText, ' ').trim()
  return text === '' ? null : text
}

/** «26.05.2000» → «2000-05-26»; null when it is not a day that exists. */
export function plainDateOf(value: unknown): string | null {
  const m = typeof value === 'string' ? /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(value) : null
  const date = m && `${m[3]}-${m[2]}-${m[1]}`
  return date && isPlainDate(date) ? date : null
}

const sexOf = (value: unknown): 'male' | 'female' | null => (value === 'M' ? 'male' : value === 'F' ? 'female' : null)

function numberOf(value: unknown, isRight: (digits: string) => boolean): string | null {
  const digits = typeof value === 'string' ? digitsOf(value) : ''
  return isRight(digits) ? digits : null
}

/** Elements of a collection such as `contacts`; one that was not embedded holds addresses instead, which are left out. */
function elementsOf(person: Fields, name: string): Fields[] {
  const collection = person[name]
  const elements = isFields(collection) ? collection['elements'] : undefined
  return Array.isArray(elements) ? elements.filter(isFields) : []
}

/** The first of the given types in the given order; verified ones go first. */
function contactOf(contacts: Fields[], types: string[]): string | null {
  const ranked = types.flatMap((type) => contacts.filter((c) => c['type'] === type))
  const best = ranked.find((c) => c['vrfStu'] === 'VERIFIED') ?? ranked[0]
  return best ? line(best['value']) : null
}

/** Where the person lives, or else is registered, in one line. */
function addressOf(addresses: Fields[]): string | null {
  const address = addresses.find((a) => a['type'] === 'PLV') ?? addresses.find((a) => a['type'] === 'PRG')
  if (!address) return null
  const part = (prefix: string, value: unknown) => {
    const text = line(value)
    return text && prefix + text
  }
  const parts = [
    line(address['zipCode']),
    line(address['addressStr']) ??
      [line(address['region']), line(address['city']), line(address['street'])].filter(Boolean).join(', '),
    part('д. ', address['house']),
    part('корп. ', address['frame']),
    part('стр. ', address['building']),
    part('кв. ', address['flat']),
  ]
  return line(parts.filter(Boolean).join(', '))
}

/** The ОМС policy: type MDCL_PLCY, the number in `unitedNumber` (certainty low) or `number`. */
function enpOf(documents: Fields[]): string | null {
  const policy = documents.find((d) => d['type'] === 'MDCL_PLCY')
  return policy ? (numberOf(policy['unitedNumber'], isEnp) ?? numberOf(policy['number'], isEnp)) : null
}

/**
 * Reads the answer of GET /rs/prns/{oid}. Unknown fields are left alone, unreadable ones become null; without a name
 * there is nobody to sign in: throws Error.
 */
export function readPerson(esiaOid: string, answer: unknown): EsiaPerson {
  if (!isFields(answer)) throw new Error('the answer about a person is not an object')
  const [lastName, firstName] = [line(answer['lastName']), line(answer['firstName'])]
  if (!lastName || !firstName) throw new Error('the answer about a person has no name')
  const contacts = elementsOf(answer, 'contacts')
  return {
    esiaOid,
    trusted: answer['trusted'] === true,
    lastName,
    firstName,
    middleName: line(answer['middleName']),
    birthDate: plainDateOf(answer['birthDate']),
    sex: sexOf(answer['gender']),
    snils: numberOf(answer['snils'], isSnils),
    inn: numberOf(answer['inn'], isInn),
    phone: contactOf(contacts, ['MBT', 'PHN']),
    email: contactOf(contacts, ['EML']),
    address: addressOf(elementsOf(answer, 'addresses')),
    enp: enpOf(elementsOf(answer, 'documents')),
    children: elementsOf(answer, 'kids').flatMap(childOf),
  }
}

function childOf(kid: Fields): EsiaChild[] {
  const [lastName, firstName] = [line(kid['lastName']), line(kid['firstName'])]
  if (!lastName || !firstName) return []
  return [
    {
      lastName,
      firstName,
      middleName: line(kid['middleName']),
      birthDate: plainDateOf(kid['birthDate']),
      sex: sexOf(kid['gender']),
      snils: numberOf(kid['snils'], isSnils),
    },
  ]
}
