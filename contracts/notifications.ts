import * as T from 'typebox'
import { AlreadyBooked, AppointmentIsOver, SlotTaken, TooLateToChange, VisitsOverlap } from './booking.ts'
import { endpoint, type ProblemType } from './endpoint.ts'
import { Id, Instant, Line, Nullable, OneOf, PlainDate, Shape, TimeOfDay } from './values.ts'

export const NotificationNotFound = {
  type: '/problems/notification-not-found',
  status: 404,
  title: 'Уведомление не найдено',
} as const satisfies ProblemType
export const NoCardYet = {
  type: '/problems/no-card-yet',
  status: 409,
  title: 'Ваша медицинская карта ещё не подключена',
  advice: 'Уведомления появятся, когда регистратура подключит карту.',
} as const satisfies ProblemType
export const ChannelIsOff = {
  type: '/problems/channel-is-off',
  status: 409,
  title: 'Этот способ пока не подключён в регионе',
  advice: 'Выберите другой способ: в кабинете уведомления есть всегда.',
} as const satisfies ProblemType
export const CodeSentJustNow = {
  type: '/problems/code-sent-just-now',
  status: 429,
  title: 'Код уже отправлен',
  advice: 'Новый код можно запросить через минуту.',
} as const satisfies ProblemType
export const PushServiceUnknown = {
  type: '/problems/push-service-unknown',
  status: 422,
  title: 'Этот браузер получает уведомления через службу, которой мы не знаем',
  advice: 'Выберите электронную почту или SMS.',
} as const satisfies ProblemType
export const LinkNotFound = {
  type: '/problems/link-not-found',
  status: 404,
  title: 'Ссылка не подходит',
  advice: 'Откройте её из последнего сообщения целиком.',
} as const satisfies ProblemType

/** One line of the cabinet. The words are ready to be shown; `link` is what it is about, when there is something to open. */
export const Notification = Shape({
  id: Id,
  patientId: Id,
  /** Whom it concerns when that is a child or ward; null for oneself. */
  about: Nullable(T.String()),
  kind: T.String(),
  title: T.String(),
  text: T.String(),
  createdAt: Instant,
  readAt: Nullable(Instant),
  link: Nullable(Shape({ to: OneOf('visit', 'document', 'profile'), id: Nullable(Id) })),
})
export type Notification = T.Static<typeof Notification>

/** Notifications of everybody this citizen acts for, newest first. `next` goes on as `before`. */
export const listNotifications = endpoint({
  name: 'notifications.list',
  summary: 'Просмотр уведомлений',
  method: 'GET',
  path: '/api/v1/notifications',
  who: ['citizen'],
  journal: 'patient-read',
  query: Shape({ before: T.Optional(Id) }),
  reply: Shape({ notifications: T.Array(Notification), next: Nullable(Id) }),
  problems: [],
})
export const countUnread = endpoint({
  name: 'notifications.count-unread',
  summary: 'Число непрочитанных уведомлений',
  method: 'GET',
  path: '/api/v1/notifications/unread',
  who: ['citizen'],
  journal: 'read',
  reply: Shape({ unread: T.Integer() }),
  problems: [],
})
/** Marks one as read; again does nothing. It is read for everybody who acts for the patient. */
export const markRead = endpoint({
  name: 'notifications.mark-read',
  summary: 'Уведомление прочитано',
  method: 'POST',
  path: '/api/v1/patients/:patientId/notifications/:notificationId/read',
  who: ['citizen'],
  journal: 'patient-change',
  params: Shape({ patientId: Id, notificationId: Id }),
  reply: Shape({ unread: T.Integer() }),
  problems: [NotificationNotFound],
})
export const markAllRead = endpoint({
  name: 'notifications.mark-all-read',
  summary: 'Все уведомления прочитаны',
  method: 'POST',
  path: '/api/v1/notifications/read',
  who: ['citizen'],
  journal: 'patient-change',
  reply: Shape({ unread: T.Integer() }),
  problems: [],
})

const Address = Shape({
  /** The region has it connected. */
  connected: T.Boolean(),
  on: T.Boolean(),
  address: Nullable(T.String()),
  /** Where the address comes from: confirmed here, told by ЕСИА, or written in the card. */
  source: Nullable(OneOf('own', 'esia', 'card')),
  /** An address that waits for its code. */
  waiting: Nullable(T.String()),
})
export const NotificationSettings = Shape({
  email: Address,
  sms: Address,
  push: Shape({ connected: T.Boolean(), on: T.Boolean(), publicKey: Nullable(T.String()), devices: T.Integer() }),
  remindDay: T.Boolean(),
  remindHours: T.Boolean(),
  quietFrom: TimeOfDay,
  quietUntil: TimeOfDay,
})
export type NotificationSettings = T.Static<typeof NotificationSettings>

export const showNotificationSettings = endpoint({
  name: 'notifications.show-settings',
  summary: 'Просмотр настроек уведомлений',
  method: 'GET',
  path: '/api/v1/notification-settings',
  who: ['citizen'],
  journal: 'patient-read',
  reply: NotificationSettings,
  problems: [NoCardYet],
})
export const changeNotificationSettings = endpoint({
  name: 'notifications.change-settings',
  summary: 'Настройка уведомлений',
  method: 'PUT',
  path: '/api/v1/notification-settings',
  who: ['citizen'],
  journal: 'patient-change',
  body: Shape({
    emailOn: T.Boolean(),
    smsOn: T.Boolean(),
    pushOn: T.Boolean(),
    remindDay: T.Boolean(),
    remindHours: T.Boolean(),
    /** Equal: no quiet hours. */
    quietFrom: TimeOfDay,
    quietUntil: TimeOfDay,
  }),
  reply: NotificationSettings,
  problems: [NoCardYet],
})

const AddressChannel = OneOf('email', 'sms')
/** Sends a code to an address of one's own; it counts from `confirmContact` on. */
export const requestContact = endpoint({
  name: 'notifications.request-contact',
  summary: 'Свой адрес для уведомлений: код',
  method: 'POST',
  path: '/api/v1/notification-contacts',
  who: ['citizen'],
  journal: 'patient-change',
  body: Shape({ channel: AddressChannel, address: Line }),
  reply: NotificationSettings,
  problems: [NoCardYet, ChannelIsOff, CodeSentJustNow],
})
export const confirmContact = endpoint({
  name: 'notifications.confirm-contact',
  summary: 'Свой адрес для уведомлений: подтверждение',
  method: 'POST',
  path: '/api/v1/notification-contacts/confirm',
  who: ['citizen'],
  journal: 'patient-change',
  body: Shape({ channel: AddressChannel, code: T.String({ pattern: '^\\d{6}$' }) }),
  /** `left`: how many more tries the code has; a wrong one is counted, so it is an answer and not a refusal. */
  reply: Shape({
    outcome: OneOf('confirmed', 'wrong', 'expired'),
    left: T.Integer(),
    settings: NotificationSettings,
  }),
  problems: [NoCardYet],
})
/** Back to the address that ЕСИА knows; an address that waits for its code is forgotten as well. */
export const dropContact = endpoint({
  name: 'notifications.drop-contact',
  summary: 'Свой адрес для уведомлений: отказ',
  method: 'DELETE',
  path: '/api/v1/notification-contacts/:channel',
  who: ['citizen'],
  journal: 'patient-change',
  params: Shape({ channel: AddressChannel }),
  reply: NotificationSettings,
  problems: [NoCardYet],
})
/** What `PushManager.subscribe` gave (RFC 8030, 8291): where to send and for which keys. */
export const subscribePush = endpoint({
  name: 'notifications.subscribe-push',
  summary: 'Уведомления в этом браузере',
  method: 'POST',
  path: '/api/v1/push-subscriptions',
  who: ['citizen'],
  journal: 'patient-change',
  body: Shape({
    endpoint: T.String({ maxLength: 1000, pattern: '^https://' }),
    p256dh: T.String({ pattern: '^[A-Za-z0-9_-]{87}=?$' }),
    auth: T.String({ pattern: '^[A-Za-z0-9_-]{22}(==)?$' }),
  }),
  reply: NotificationSettings,
  problems: [NoCardYet, ChannelIsOff, PushServiceUnknown],
})
export const unsubscribePush = endpoint({
  name: 'notifications.unsubscribe-push',
  summary: 'Отказ от уведомлений в этом браузере',
  method: 'POST',
  path: '/api/v1/push-subscriptions/remove',
  who: ['citizen'],
  journal: 'patient-change',
  body: Shape({ endpoint: T.String({ maxLength: 1000 }) }),
  reply: NotificationSettings,
  problems: [NoCardYet],
})

/** What a reminder's link shows without signing in: no name, no doctor, no specialty. */
export const VisitToAnswer = Shape({
  startsAt: Instant,
  timeZone: T.String(),
  organizationName: T.String(),
  organizationPhone: Nullable(T.String()),
  state: OneOf('expected', 'cancelled', 'over'),
  answer: Nullable(OneOf('coming', 'not-coming')),
  /** Until when «не приду» cancels; null when it only tells the registrar. */
  cancelUntil: Nullable(Instant),
  /** It was cancelled by «не приду» and its time may be taken again. */
  canBringBack: T.Boolean(),
})
export type VisitToAnswer = T.Static<typeof VisitToAnswer>
const Token = T.String({ pattern: '^[A-Za-z0-9_-]{22}$' })
export const showVisitToAnswer = endpoint({
  name: 'notifications.show-visit-to-answer',
  summary: 'Приём по ссылке из напоминания',
  method: 'GET',
  path: '/api/v1/visit-answers/:token',
  who: 'anyone',
  journal: 'patient-read',
  params: Shape({ token: Token }),
  reply: VisitToAnswer,
  problems: [LinkNotFound],
})
export const answerVisit = endpoint({
  name: 'notifications.answer-visit',
  summary: 'Ответ на напоминание о приёме',
  method: 'POST',
  path: '/api/v1/visit-answers/:token',
  who: 'anyone',
  journal: 'patient-change',
  params: Shape({ token: Token }),
  body: Shape({ answer: OneOf('coming', 'not-coming', 'bring-back') }),
  reply: VisitToAnswer,
  problems: [LinkNotFound, AppointmentIsOver, TooLateToChange, SlotTaken, AlreadyBooked, VisitsOverlap],
})

export const DeliveryChannel = OneOf('email', 'sms', 'push')
export const DeliveryState = OneOf('waiting', 'sending', 'accepted', 'refused', 'given-up', 'not-needed')
/** A message on its way outside, without names; the address is masked. */
export const Delivery = Shape({
  id: Id,
  kind: T.String(),
  title: T.String(),
  channel: DeliveryChannel,
  address: T.String(),
  state: DeliveryState,
  attempts: T.Integer(),
  createdAt: Instant,
  notBefore: Instant,
  finishedAt: Nullable(Instant),
  reason: Nullable(T.String()),
  reference: Nullable(T.String()),
})
export type Delivery = T.Static<typeof Delivery>
export const listDeliveries = endpoint({
  name: 'notifications.list-deliveries',
  summary: 'Журнал доставки уведомлений',
  method: 'GET',
  path: '/api/v1/deliveries',
  who: ['administrator'],
  journal: 'read',
  query: Shape({
    channel: T.Optional(DeliveryChannel),
    state: T.Optional(DeliveryState),
    from: T.Optional(PlainDate),
    to: T.Optional(PlainDate),
    before: T.Optional(Id),
  }),
  reply: Shape({
    deliveries: T.Array(Delivery),
    next: Nullable(Id),
    connected: Shape({ email: T.Boolean(), sms: T.Boolean(), push: T.Boolean() }),
  }),
  problems: [],
})
