import * as contract from '../../../contracts/notifications.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import { answerVisit, showVisitToAnswer } from './answer-visit.ts'
import { listDeliveries } from './list-deliveries.ts'
import { listNotifications } from './list-notifications.ts'
import { countUnread, markAllRead, markRead } from './mark-read.ts'
import type { NotificationSettings } from './ports.ts'
import * as settingsOf from './settings.ts'

export const notificationRoutes = (settings: NotificationSettings): readonly Route[] => [
  serve(contract.listNotifications, (work, { query }) => listNotifications(work, query.before)),
  serve(contract.countUnread, (work) => countUnread(work)),
  serve(contract.markRead, (work, { params }) => markRead(work, params)),
  serve(contract.markAllRead, (work) => markAllRead(work)),
  serve(contract.showNotificationSettings, (work) => settingsOf.showSettings(work, settings)),
  serve(contract.changeNotificationSettings, (work, { body }) => settingsOf.changeSettings(work, settings, body)),
  serve(contract.requestContact, (work, { body }) => settingsOf.requestContact(work, settings, body)),
  serve(contract.confirmContact, (work, { body }) => settingsOf.confirmContact(work, settings, body)),
  serve(contract.dropContact, (work, { params }) => settingsOf.dropContact(work, settings, params.channel)),
  serve(contract.subscribePush, (work, { body }, { userAgent }) =>
    settingsOf.subscribePush(work, settings, { ...body, userAgent: userAgent || null }),
  ),
  serve(contract.unsubscribePush, (work, { body }) => settingsOf.unsubscribePush(work, settings, body.endpoint)),
  serve(contract.showVisitToAnswer, (work, { params }) => showVisitToAnswer(work, params.token)),
  serve(contract.answerVisit, (work, { params, body }) => answerVisit(work, params.token, body.answer)),
  serve(contract.listDeliveries, (work, { query }) => listDeliveries(work, settings, query)),
]
