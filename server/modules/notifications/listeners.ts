import type { Listener, LoggedEvent } from '../../platform/outbox.ts'
import type { DomainEvent, Work } from '../../platform/work.ts'
import { appointmentOf, type AppointmentRow } from '../booking/index.ts'
import type { Kind } from './kinds.ts'
import { notify, type News } from './notify.ts'
import { forgetReminders, planReminders } from './plan-reminders.ts'
import type { NotificationSettings } from './ports.ts'

type About = Omit<News, 'kind' | 'sourceId'>

/** What listeners of this module hear: an event, what it is told as, and about whom. One line for a new event. */
export const notificationListeners = (settings: NotificationSettings): readonly Listener[] => {
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
    tell('visit-booked', 'booking.booked', async (work, event) => visitNews(event, await toldOf(work, event))),
    tell('visit-moved', 'booking.moved', async (work, event) => urgently(event, await toldOf(work, event))),
    tell('visit-cancelled', 'booking.cancelled', async (work, event) =>
      isOwnDoing(event) ? undefined : urgently(event, await toldOf(work, event)),
    ),
    tell('visit-cancelled-by-patient', 'booking.cancelled', async (work, event) =>
      isOwnDoing(event) ? visitNews(event, await toldOf(work, event)) : undefined,
    ),
    tell('visit-offered', 'booking.offer-made', async (work, event) => visitNews(event, await toldOf(work, event))),
    tell('document-signed', 'documents.document-signed', (_work, { payload }) => ({
      patientId: String(payload['patientId']),
      data: { documentId: String(payload['documentId']) },
    })),
    tell('card-linked', 'patients.card-linked', (_work, { payload }) =>
      payload['by'] === 'registrar' ? { patientId: String(payload['patientId']), data: {} } : undefined,
    ),
    ...(['booking.booked', 'booking.moved'] as const).map((type): Listener => ({
      name: `notifications.plan-reminders-${type}`,
      type,
      handle: async (work, event) => {
        const visit = await toldOf(work, event)
        if (!visit) return
        const { replaced } = event.payload
        if (typeof replaced === 'string') await forgetReminders(work, visit.patientId, replaced)
        await planReminders(work, settings, visit)
      },
    })),
    {
      name: 'notifications.forget-reminders',
      type: 'booking.cancelled',
      handle: async (work, event) => {
        const visit = await toldOf(work, event)
        if (visit) await forgetReminders(work, visit.patientId, visit.id)
      },
    },
  ]
}

/** The appointment an event is about. The event names it without the patient, whom everybody's streams must not carry. */
const toldOf = (work: Work, { payload }: LoggedEvent): Promise<AppointmentRow | undefined> =>
  appointmentOf(work, String(payload['organizationId']), String(payload['appointmentId']))

const isOwnDoing = ({ payload }: LoggedEvent): boolean => payload['by'] === 'patient'

function visitNews(event: LoggedEvent, visit: AppointmentRow | undefined): About | undefined {
  if (!visit) return undefined
  const { replaced, replacedAt } = event.payload
  return {
    patientId: visit.patientId,
    data: {
      organizationId: visit.organizationId,
      appointmentId: visit.id,
      ...(typeof replaced === 'string' && { replaced, replacedAt: String(replacedAt ?? visit.organizationId) }),
    },
    ownDoing: isOwnDoing(event),
  }
}

/** The same, when not hearing of it in time means coming for nothing; nothing when the visit's time is over. */
function urgently(event: LoggedEvent, visit: AppointmentRow | undefined): About | undefined {
  const news = visitNews(event, visit)
  return news && visit ? { ...news, urgentBefore: visit.startsAt } : undefined
}
