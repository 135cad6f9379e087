import type { Listener, LoggedEvent } from '../../platform/outbox.ts'
import type { DomainEvent, Work } from '../../platform/work.ts'
import { appointmentOf, type AppointmentRow } from '../booking/index.ts'
import type { Kind } from './kinds.ts'
import { notify, type News } from './notify.ts'
import { forgetReminders, planReminders } from './plan-reminders.ts'
import type { NotificationSettings } from './ports.ts'

type About = Omit<News, 'kind' | 'sourceId'>

/** Everything this module hears. */
export const notificationListeners = (settings: NotificationSettings): readonly Listener[] => [
  ...newsListeners(settings),
  ...reminderListeners(settings),
]

/** What is told: an event, as which kind, about whom. One line for a new one. */
const newsListeners = (settings: NotificationSettings): readonly Listener[] => {
  const tell = (
    kind: Kind,
    type: DomainEvent['type'],
    about: (work: Work, event: LoggedEvent) => Promise<About | undefined> | About | undefined,
  ): Listener => ({
    name: `notifications.${kind}`,
    type,
    handle: async (work, event) => {
      const news = await about(work, event)
      if (news) await notify(work, settings, { kind, sourceId: event.id, ...news })
    },
  })
  return [
    tell('visit-booked', 'booking.booked', visitNews),
    tell('visit-moved', 'booking.moved', (work, event) => (isAsked(event) ? undefined : urgentNews(work, event))),
    tell('visit-change-offered', 'booking.moved', (work, event) =>
      isAsked(event) ? urgentNews(work, event) : undefined,
    ),
    tell('visit-cancelled', 'booking.cancelled', (work, event) =>
      isOwnDoing(event) ? undefined : urgentNews(work, event),
    ),
    tell('visit-cancelled-by-patient', 'booking.cancelled', (work, event) =>
      isOwnDoing(event) ? visitNews(work, event) : undefined,
    ),
    tell('visit-offered', 'booking.offer-made', visitNews),
    tell('document-signed', 'documents.document-signed', (_work, { payload }) => ({
      patientId: String(payload['patientId']),
      data: { documentId: String(payload['documentId']) },
    })),
    tell('card-linked', 'patients.card-linked', (_work, { payload }) =>
      payload['by'] === 'registrar' ? { patientId: String(payload['patientId']), data: {} } : undefined,
    ),
  ]
}

const reminderListeners = (settings: NotificationSettings): readonly Listener[] => {
  const plan = (type: DomainEvent['type']): Listener => ({
    name: `notifications.plan-reminders-${type}`,
    type,
    handle: async (work, event) => {
      const visit = await visitOf(work, event)
      if (!visit) return
      const { replaced } = event.payload
      if (typeof replaced === 'string') await forgetReminders(work, visit.patientId, replaced)
      await planReminders(work, settings, visit)
    },
  })
  const forget: Listener = {
    name: 'notifications.forget-reminders',
    type: 'booking.cancelled',
    handle: async (work, event) => {
      const visit = await visitOf(work, event)
      if (visit) await forgetReminders(work, visit.patientId, visit.id)
    },
  }
  return [plan('booking.booked'), plan('booking.moved'), forget]
}

/** The appointment an event is about. The event names it without the patient, whom everybody's streams must not carry. */
const visitOf = (work: Work, { payload }: LoggedEvent): Promise<AppointmentRow | undefined> =>
  appointmentOf(work, String(payload['organizationId']), String(payload['appointmentId']))

/** The organisation has moved the visit and asks whether that suits. */
const isAsked = ({ payload }: LoggedEvent): boolean => payload['asked'] === true

const isOwnDoing = ({ payload }: LoggedEvent): boolean => payload['by'] === 'patient'

async function visitNews(work: Work, event: LoggedEvent): Promise<About | undefined> {
  const visit = await visitOf(work, event)
  return visit && newsOf(event, visit)
}

/** The same, when not hearing of it in time means coming for nothing: as near as the visit is, or the one before it. */
async function urgentNews(work: Work, event: LoggedEvent): Promise<About | undefined> {
  const visit = await visitOf(work, event)
  if (!visit) return undefined
  const news = newsOf(event, visit)
  const { replaced, replacedAt } = news.data
  const before = replaced && replacedAt ? await appointmentOf(work, replacedAt, replaced) : undefined
  return { ...news, urgentBefore: before && before.startsAt < visit.startsAt ? before.startsAt : visit.startsAt }
}

function newsOf(event: LoggedEvent, visit: AppointmentRow): About {
  const { replaced, replacedAt } = event.payload
  const before = typeof replaced === 'string' && typeof replacedAt === 'string' ? { replaced, replacedAt } : {}
  const { organizationId, patientId, id: appointmentId } = visit
  return { patientId, data: { organizationId, appointmentId, ...before }, ownDoing: isOwnDoing(event) }
}
