import type { Work } from '../../platform/work.ts'
import { todayOf, lastDayAsChild } from './ages.ts'
import { isSameName, searchText, type PersonName } from './names.ts'
import type { PatientRecord } from './patient.ts'
import * as store from './store-links.ts'

/** A child as the parent's ЕСИА account knows them. */
type ClaimedChild = PersonName & {
  birthDate: string | null
  sex: 'male' | 'female' | null
  snils: string | null
}
/** What ЕСИА says of somebody who signs in; days 'YYYY-MM-DD', СНИЛС 11 digits. */
export type ClaimedPerson = ClaimedChild & {
  /** The account is confirmed: an office has seen the person with a passport. */
  trusted: boolean
  children: readonly ClaimedChild[]
}
/** What came of it: a linked card, a registrar's queue (or refusal) and why, or nothing for an unconfirmed account. */
type CitizenLink =
  | { state: 'linked'; patientId: string }
  | { state: 'waiting' | 'refused'; reason: store.LinkReason }
  | { state: 'untrusted' }

/** Children looked at in one sign-in; nobody has more. */
const MOST_CHILDREN = 30

/**
 * Links a citizen's account to their card when ЕСИА and the card agree in СНИЛС, name and birth date (PAT-3); otherwise
 * the registrar's queue gets it once, with the reason. Done at every sign-in: a card once linked stays linked, one that a
 * registrar has put right is linked at once, and what a registrar refused is not asked again until ЕСИА says something
 * else. Children of the person who are registered become represented (PAT-4).
 */
export async function linkCitizen(
  work: Work,
  { accountId, person }: { accountId: string; person: ClaimedPerson },
): Promise<CitizenLink> {
  // The request's row is locked first here and where a registrar decides, so neither waits for the other in a ring.
  const [, known] = await Promise.all([store.lockWaitingRequest(work, accountId), store.linkedPatient(work, accountId)])
  if (known === undefined && !person.trusted) return { state: 'untrusted' }
  const link = known === undefined ? await findCard(work, accountId, person) : linked(known)
  if (link.state === 'linked' && person.trusted) await addChildren(work, link.patientId, person.children)
  return link
}

const linked = (patientId: string): CitizenLink => ({ state: 'linked', patientId })

async function findCard(work: Work, accountId: string, person: ClaimedPerson): Promise<CitizenLink> {
  const card = person.snils === null ? undefined : await store.patientBySnils(work, person.snils)
  if (!card) return ask(work, accountId, person, 'snils-unknown', await namesakeOf(work, person))
  const mismatch = mismatchOf(person, card)
  if (mismatch) return ask(work, accountId, person, mismatch, card.id)
  if (!(await store.insertLink(work, { patientId: card.id, accountId, by: 'esia' }))) {
    const meanwhile = await store.linkedPatient(work, accountId)
    return meanwhile === undefined ? ask(work, accountId, person, 'already-linked', card.id) : linked(meanwhile)
  }
  await store.closeRequest(work, accountId)
  work.note({ patientId: card.id, grounds: 'self' })
  announceLink(work, card.id, 'esia')
  return linked(card.id)
}

/** How what ЕСИА says differs from the card with the same СНИЛС. */
function mismatchOf(
  person: PersonName & { birthDate: string | null },
  card: PersonName & { birthDate: string },
): store.LinkReason | undefined {
  if (!isSameName(person, card)) return 'name-differs'
  return person.birthDate === card.birthDate ? undefined : 'birth-date-differs'
}

const namesakeOf = async (work: Work, person: ClaimedPerson): Promise<string | null> =>
  (person.birthDate && (await store.onlyNamesake(work, searchText(person), person.birthDate))) || null

async function ask(
  work: Work,
  accountId: string,
  person: ClaimedPerson,
  reason: store.LinkReason,
  candidateId: string | null,
): Promise<CitizenLink> {
  const { lastName, firstName, middleName, birthDate, sex, snils } = person
  const claimed: store.Claimed = { lastName, firstName, middleName, birthDate, sex, snils }
  const request = { accountId, claimed, reason, candidateId }
  if (await store.wasRefused(work, request)) return { state: 'refused', reason }
  await store.putRequest(work, request)
  return { state: 'waiting', reason }
}

/** Tells whoever listens that a card has its citizen now. */
export const announceLink = (work: Work, patientId: string, by: 'esia' | 'registrar'): void =>
  work.announce({
    type: 'patients.card-linked',
    key: patientId,
    topics: [`patient/${patientId}`],
    payload: { patientId, by },
  })

/** Children whose СНИЛС, name and birth date agree with a card, and who are not 18 yet; nothing is made up for the rest. */
async function addChildren(work: Work, parentId: string, children: readonly ClaimedChild[]): Promise<void> {
  const named = children.slice(0, MOST_CHILDREN).filter((child) => child.snils !== null)
  if (named.length === 0) return
  const today = todayOf(work)
  const cards = await store.patientsBySnils(work, [...new Set(named.flatMap((child) => child.snils ?? []))])
  const matching = cards.filter((card) => card.id !== parentId && named.some((child) => isTheirCard(child, card)))
  const minors = matching.filter((card) => today <= lastDayAsChild(card.birthDate))
  if (minors.length === 0) return
  const added = await store.insertChildren(
    work,
    parentId,
    minors.map((card) => ({
      patientId: card.id,
      document: 'Сведения ЕСИА о ребёнке',
      since: today,
      until: lastDayAsChild(card.birthDate),
    })),
  )
  if (added.length > 0) work.note({ patientIds: [parentId, ...added], grounds: 'self' })
}

const isTheirCard = (child: ClaimedChild, card: PatientRecord): boolean =>
  child.snils === card.snils && mismatchOf(child, card) === undefined
