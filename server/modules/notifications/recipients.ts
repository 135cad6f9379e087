import type { Work } from '../../platform/work.ts'
import { contactsOf } from '../access/index.ts'
import { recipientsOf, type Recipient } from '../patients/index.ts'
import { emailOf, phoneOf, usual, type Preference } from './rules.ts'
import {
  contactsByPatients,
  preferencesOf,
  subscriptionsOf,
  type Contact,
  type Subscription,
} from './store-settings.ts'

export type Source = 'own' | 'esia' | 'card'
type Known = { address: string; source: Source } | undefined

/** Somebody to be told, how they want it, and where they can be reached. */
export type Reachable = {
  patientId: string
  preference: Preference
  email: Known
  sms: Known
  subscriptions: Subscription[]
}

/** Everybody who is to be told what concerns a patient. Four reads in two packets. */
export const reachRecipients = async (work: Work, patientId: string): Promise<Reachable[]> =>
  reach(work, await recipientsOf(work, patientId))

/** Preferences and addresses of people. An address of one's own comes first, then what ЕСИА told, then the card's. */
export async function reach(work: Work, people: readonly Recipient[]): Promise<Reachable[]> {
  const ids = people.map((person) => person.patientId)
  const [preferences, own, subscriptions, told] = await Promise.all([
    preferencesOf(work, ids),
    contactsByPatients(work, ids),
    subscriptionsOf(work, ids),
    contactsOf(
      work,
      people.flatMap((person) => person.accountId ?? []),
    ),
  ])
  return people.map((person) => {
    const esia = person.accountId ? told.get(person.accountId) : undefined
    const ownOf = (channel: Contact['channel']) =>
      own.find((contact) => contact.patientId === person.patientId && contact.channel === channel)?.address
    return {
      patientId: person.patientId,
      preference: preferences.get(person.patientId) ?? usual,
      email: firstKnown(ownOf('email'), emailOf(esia?.email ?? null), emailOf(person.email)),
      sms: firstKnown(ownOf('sms'), phoneOf(esia?.phone ?? null), phoneOf(person.phone)),
      subscriptions: subscriptions.filter((subscription) => subscription.patientId === person.patientId),
    }
  })
}

function firstKnown(own: string | undefined, esia: string | undefined, card: string | undefined): Known {
  if (own) return { address: own, source: 'own' }
  if (esia) return { address: esia, source: 'esia' }
  return card ? { address: card, source: 'card' } : undefined
}
