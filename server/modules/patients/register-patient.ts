import {
  BirthDateAhead,
  IdentifierTaken,
  PossibleDuplicate,
  SnilsOrReason,
  type Patient,
  type registerPatient as contract,
} from '../../../contracts/patients.ts'
import type { InputOf } from '../../../contracts/endpoint.ts'
import { Invalid } from '../../../contracts/problems.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { datesOneDigitOff, mayBeOnePerson, transposed } from './duplicates.ts'
import { mayActFor } from './grounds.ts'
import { nameFlaw, searchText, tidyName } from './names.ts'
import { asRow, type PatientRecord } from './patient.ts'
import { findOwners, findSimilar } from './store-duplicates.ts'
import { claimIdentifiers, identifiersOf, insertNameWords, insertPatients } from './store-import.ts'
import type { Identifier, NewPatient } from './store-import.ts'

type Registration = InputOf<typeof contract>['body']

/** Nobody alive was born earlier; an earlier year is a slip of the finger. */
const EARLIEST_BIRTH = '1900-01-01'
/** Similar people shown before creation. */
const SHOWN = 10

/**
 * Registers a person (PAT-1). Names are tidied, numbers were checked by the contract. Refuses hard when a СНИЛС, ЕНП or
 * ИНН is somebody's already, also when two register it at the same moment: the key of patients.identifier decides. Asks
 * once when similar people are there (PAT-2), unless `confirmedNew`. Throws Invalid, BirthDateAhead, SnilsOrReason,
 * IdentifierTaken, PossibleDuplicate.
 */
export async function registerPatient(work: Work, { confirmedNew, ...typed }: Registration): Promise<Patient> {
  const person = tidied(typed)
  await refuseWrongDate(work, person.birthDate)
  if (person.snils === null && person.noSnilsReason === null)
    throw new Problem(SnilsOrReason, field('snils', SnilsOrReason.title))
  // In this order: whoever sees a similar person registered this very moment then sees the number taken as well.
  const [similar, owners] = await Promise.all([
    confirmedNew ? [] : findSimilar(work, similarTo(person)),
    findOwners(work, identifiersOf(person)),
  ])
  await refuseTaken(work, owners)
  refuseSimilar(
    work,
    similar.filter((other) => mayBeOnePerson(person, other)),
  )
  await add(work, person)
  work.note({ patientId: person.id, grounds: 'registration', objectType: 'patient', objectId: person.id })
  work.announce({
    type: 'patients.registered',
    key: person.id,
    topics: [`patient/${person.id}`],
    payload: { patientId: person.id },
  })
  return { ...person, version: 1, attachment: null }
}

const field = (path: string, message: string) => ({ fields: [{ path, message }] })

/** One line without blanks around it and with single ones inside; null when nothing is left. */
const tidyLine = (text: string | null): string | null => text?.replace(/\s+/g, ' ').trim() || null

/** The person as we keep one. A reason for having no СНИЛС is dropped when there is one. Throws Invalid for names. */
function tidied(typed: Omit<Registration, 'confirmedNew'>): NewPatient {
  const names = {
    lastName: tidyName(typed.lastName),
    firstName: tidyName(typed.firstName),
    middleName: typed.middleName === null ? null : tidyName(typed.middleName) || null,
  }
  const flaws = Object.entries(names).flatMap(([path, name]) => {
    const message = name === null ? undefined : nameFlaw(name)
    return message ? [{ path, message }] : []
  })
  if (flaws.length > 0) throw new Problem(Invalid, { fields: flaws })
  return {
    ...typed,
    ...names,
    id: newId(),
    phone: tidyLine(typed.phone),
    email: tidyLine(typed.email),
    address: tidyLine(typed.address),
    noSnilsReason: typed.snils === null ? typed.noSnilsReason : null,
  }
}

/** «Today» is the registrar's own: a child born this morning in Vladivostok was not born ahead of UTC's yesterday. */
async function refuseWrongDate(work: Work, birthDate: string): Promise<void> {
  if (birthDate < EARLIEST_BIRTH)
    throw new Problem(Invalid, field('birthDate', 'Дата рождения раньше 1900 года: проверьте год'))
  const { organizationId } = work.actor
  const place = organizationId && (await organizationsByIds(work, [organizationId])).get(organizationId)
  if (birthDate > localDay(work.now, place ? place.timeZone : 'Asia/Kamchatka'))
    throw new Problem(BirthDateAhead, field('birthDate', BirthDateAhead.title))
}

const similarTo = (person: NewPatient) => ({
  name: searchText(person),
  days: [person.birthDate, transposed(person.birthDate)].filter((day) => day !== undefined),
  nearDays: datesOneDigitOff(person.birthDate),
})

const takenWords: Record<Identifier['system'], string> = {
  snils: 'Человек с таким СНИЛС уже зарегистрирован',
  enp: 'Человек с таким номером полиса уже зарегистрирован',
  inn: 'Человек с таким ИНН уже зарегистрирован',
}

/** The card that has the number is named to those who may see it. */
async function refuseTaken(work: Work, owners: readonly (Identifier & { ownerId: string })[]): Promise<void> {
  const taken = owners.find((owner) => owner.system === 'snils') ?? owners[0]
  if (!taken) return
  const isVisible = await mayActFor(work, taken.ownerId)
  work.note({ patientId: taken.ownerId, grounds: 'registration' })
  throw new Problem(IdentifierTaken, {
    detail: `${takenWords[taken.system]}.`,
    field: taken.system,
    ...(isVisible && { patientId: taken.ownerId }),
    ...field(taken.system, takenWords[taken.system]),
  })
}

function refuseSimilar(work: Work, similar: readonly PatientRecord[]): void {
  if (similar.length === 0) return
  const shown = similar.slice(0, SHOWN)
  work.note({ patientIds: shown.map((p) => p.id), grounds: 'registration' })
  throw new Problem(PossibleDuplicate, { candidates: shown.map(asRow) })
}

async function add(work: Work, person: NewPatient): Promise<void> {
  const claims = identifiersOf(person).map((identifier) => ({ ...identifier, patientId: person.id }))
  const [, , taken] = await Promise.all([
    insertPatients(work.db, [person], work.now),
    insertNameWords(work.db, [person]),
    claims.length > 0 ? claimIdentifiers(work.db, claims) : [],
  ])
  await refuseTaken(work, taken)
}
