import { PatientNotFound } from '../../../contracts/patients.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { isSameName, searchText, type PersonName } from './names.ts'
import type { PatientRecord } from './patient.ts'
import { findByNumbers } from './store-search.ts'
import { onlyBearer, rememberKnown } from './store-systems.ts'

/** A person as another system names them; numbers are digits, the day 'YYYY-MM-DD'. */
export type NamedPerson = PersonName & {
  birthDate: string
  sex?: 'male' | 'female' | null
  snils?: string | null
  enp?: string | null
}

/** How long what a system knows of a person lets it act for them: a month, as far ahead as anybody books and a while more. */
const KNOWN_DAYS = 30

/**
 * Finds the one card that another system means, and lets the system act for the patient for a month. Everything given
 * must agree: a number finds the card and name and birth date must be its own; without a number exactly one person may
 * bear the name (with the patronymic, when given) and the day. Throws PatientNotFound, and never says what did not agree.
 */
export async function identifyForSystem(work: Work, person: NamedPerson): Promise<PatientRecord> {
  const card = await cardOf(work, person)
  if (!card || !agrees(card, person)) throw new Problem(PatientNotFound)
  work.note({ patientId: card.id, grounds: 'external-system', objectType: 'patient', objectId: card.id })
  await rememberKnown(work, work.actor.id, card.id, new Date(work.now.getTime() + KNOWN_DAYS * 86_400_000))
  return card
}

async function cardOf(work: Work, person: NamedPerson): Promise<PatientRecord | undefined> {
  const numbers = [
    ...(person.snils ? [{ system: 'snils' as const, value: person.snils }] : []),
    ...(person.enp ? [{ system: 'enp' as const, value: person.enp }] : []),
  ]
  if (numbers.length > 0) {
    const found = await findByNumbers(work, numbers, undefined)
    return found.length === 1 ? found[0] : undefined
  }
  return onlyBearer(work, searchText(person), person.birthDate)
}

/** A number that the card lacks does not contradict it; one that differs does. */
function agrees(card: PatientRecord, person: NamedPerson): boolean {
  const differs = (given: string | null | undefined, known: string | null) =>
    Boolean(given) && known !== null && given !== known
  return (
    isSameName(card, person) &&
    card.birthDate === person.birthDate &&
    !differs(person.sex, card.sex) &&
    !differs(person.snils, card.snils) &&
    !differs(person.enp, card.enp)
  )
}
