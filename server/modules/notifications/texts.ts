import type { SentKind } from './kinds.ts'

// Every word that leaves the system or is shown in the cabinet, in one place.
// Outside the cabinet (e-mail, SMS, push) nothing tells of health: no specialty, no doctor, no reason, no document's
// title, and of a child or ward the first name only.

/** A visit in words. `when`: «вторник, 3 марта, 10:20»; `shortWhen`: «3 марта в 10:20». */
export type VisitFacts = {
  when: string
  shortWhen: string
  organization: string
  address: string
  phone: string | null
  specialty: string
  doctor: string
  room: string
  reason: string | null
}
export type Facts = {
  visit?: VisitFacts
  /** The visit before it was moved. */
  before?: VisitFacts
  /** First name of the child or ward it concerns; null when the reader is the patient. */
  about: string | null
  /** Address of the cabinet's page. */
  url: string
  /** Address at which a reminder is answered. */
  answerUrl?: string
  code?: string
}

export type Shown = { title: string; text: string }
export type Outside = { subject: string; email: string; sms: string; push: Shown }

/** SMS in Cyrillic go by 70 characters a part: three parts at most. */
const SMS_LENGTH = 160
const SMS_LENGTH_WITH_LINK = 200

/** The words fitted into an SMS by shortening the organisation's name, which is the only long part. */
function sms(words: (organization: string) => string, organization: string, length = SMS_LENGTH): string {
  const room = length - words('').length
  return words(
    organization.length <= room ? organization : `${organization.slice(0, Math.max(room - 1, 0)).trimEnd()}…`,
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const lines = (...parts: (string | false | null | undefined)[]): string => parts.filter(Boolean).join('\n')
const whose = (facts: Facts): string | null => facts.about && `Пациент: ${facts.about}.`
const named = (facts: Facts, text: string): string => (facts.about ? `${facts.about}: ${text}` : capital(text))
const call = (visit: VisitFacts): string => (visit.phone ? `Телефон регистратуры: ${visit.phone}.` : '')

type Template = { shown(facts: Facts): Shown; outside?(facts: Facts): Outside }
type ForVisit = { shown(visit: VisitFacts, facts: Facts): Shown; outside?(visit: VisitFacts, facts: Facts): Outside }

const doctor = (v: VisitFacts): string => [v.specialty, v.doctor].filter(Boolean).join(', ')
const place = (v: VisitFacts): string =>
  [v.organization, v.room && `кабинет ${v.room}`, v.address].filter(Boolean).join(', ')

/** A kind about a visit; when the visit cannot be read any more, the words say so instead of leaving a hole. */
const aboutVisit = (title: string, template: ForVisit): Template => ({
  shown: (facts) =>
    facts.visit ? template.shown(facts.visit, facts) : { title, text: 'Эта запись больше не доступна.' },
  ...(template.outside && {
    outside: (facts) => {
      if (!facts.visit) throw new Error(`«${title}» is about a visit that is not there`)
      return template.outside!(facts.visit, facts)
    },
  }),
})

const outsideOf = (
  facts: Facts,
  visit: VisitFacts,
  words: { subject: string; body: (string | false | null)[]; sms: (organization: string) => string; push: string },
): Outside => ({
  subject: named(facts, words.subject),
  email: lines(...words.body, whose(facts), call(visit), '', `Подробности в кабинете пациента: ${facts.url}`),
  sms: sms((organization) => named(facts, words.sms(organization)), visit.organization),
  push: { title: named(facts, words.subject), text: words.push },
})

const reminder: Template = aboutVisit('Напоминание о приёме', {
  shown: (v) => ({
    title: 'Напоминание о приёме',
    text: lines(`${capital(v.when)}. ${doctor(v)}.`, `${place(v)}.`),
  }),
  outside: (v, facts) => ({
    subject: named(facts, `приём ${v.shortWhen}`),
    email: lines(
      `Напоминаем о приёме: ${v.when}.`,
      `${v.organization}, ${v.address}.`,
      whose(facts),
      '',
      facts.answerUrl && `Придёте? Ответьте одним нажатием, входить не нужно: ${facts.answerUrl}`,
      call(v),
      `Подробности в кабинете пациента: ${facts.url}`,
    ),
    sms: sms(
      (organization) =>
        named(
          facts,
          `приём ${v.shortWhen}, ${organization}.${facts.answerUrl ? ` Придёте? Ответьте: ${facts.answerUrl}` : ''}`,
        ),
      v.organization,
      SMS_LENGTH_WITH_LINK,
    ),
    push: { title: named(facts, `приём ${v.shortWhen}`), text: `${v.organization}. Придёте?` },
  }),
})

const templates: Record<SentKind, Template> = {
  'visit-booked': aboutVisit('Запись на приём', {
    shown: (v) => ({
      title: 'Вы записаны на приём',
      text: lines(`${capital(v.when)}. ${doctor(v)}.`, `${place(v)}.`),
    }),
    outside: (v, facts) =>
      outsideOf(facts, v, {
        subject: `запись на приём ${v.shortWhen}`,
        body: [`Запись на приём: ${v.when}.`, `${v.organization}, ${v.address}.`],
        sms: (organization) => `запись на приём ${v.shortWhen}, ${organization}. Талон в кабинете пациента.`,
        push: v.organization,
      }),
  }),
  'visit-moved': aboutVisit('Приём перенесён', {
    shown: (v, { before }) => ({
      title: 'Приём перенесён',
      text: lines(before && `Было: ${before.when}.`, `Теперь: ${v.when}. ${doctor(v)}.`, `${place(v)}.`),
    }),
    outside: (v, facts) =>
      outsideOf(facts, v, {
        subject: `приём перенесён на ${v.shortWhen}`,
        body: [
          `Приём перенесён. ${facts.before ? `Было: ${facts.before.when}. ` : ''}Теперь: ${v.when}.`,
          `${v.organization}, ${v.address}.`,
        ],
        sms: (organization) => `приём перенесён на ${v.shortWhen}, ${organization}. Новый талон в кабинете пациента.`,
        push: v.organization,
      }),
  }),
  'visit-change-offered': aboutVisit('Приём перенесён, подходит ли новое время', {
    shown: (v, { before }) => ({
      title: 'Приём пришлось перенести: подходит ли новое время?',
      text: lines(
        before && `Было: ${before.when}${before.doctor === v.doctor ? '' : `, ${before.doctor}`}.`,
        `Теперь: ${v.when}. ${doctor(v)}.`,
        `${place(v)}.`,
        'Согласитесь, выберите другое время или откажитесь. Если не ответите, новое время останется за вами.',
      ),
    }),
    outside: (v, facts) =>
      outsideOf(facts, v, {
        subject: `приём перенесён на ${v.shortWhen}, подходит?`,
        body: [
          `Организации пришлось изменить приём. ${facts.before ? `Было: ${facts.before.when}. ` : ''}Теперь: ${v.when}.`,
          `${v.organization}, ${v.address}.`,
          'В кабинете можно согласиться, выбрать другое время или отказаться. Если не ответите, новое время останется за вами.',
        ],
        sms: (organization) => `приём перенесён на ${v.shortWhen}, ${organization}. Подходит? Ответьте в кабинете.`,
        push: `${v.organization}. Ответьте, подходит ли.`,
      }),
  }),
  'visit-cancelled': aboutVisit('Приём отменён', {
    shown: (v) => ({
      title: 'Приём отменён организацией',
      text: lines(
        `Отменён приём: ${v.when}. ${doctor(v)}.`,
        v.reason && `Причина: ${v.reason.replace(/[.!\s]+$/, '')}.`,
        `Запишитесь на другое время здесь или позвоните в регистратуру${v.phone ? `: ${v.phone}` : ''}.`,
      ),
    }),
    outside: (v, facts) =>
      outsideOf(facts, v, {
        subject: `приём ${v.shortWhen} отменён`,
        body: [
          `Приём отменён: ${v.when}, ${v.organization}.`,
          'Приходить не нужно. Причина указана в кабинете пациента; там же можно выбрать другое время.',
        ],
        sms: (organization) =>
          `приём ${v.shortWhen} отменён, ${organization}. Приходить не нужно, подробности в кабинете.`,
        push: `${v.organization}. Приходить не нужно.`,
      }),
  }),
  'visit-cancelled-by-patient': aboutVisit('Запись отменена', {
    shown: (v) => ({ title: 'Вы отменили запись', text: `${capital(v.when)}. ${doctor(v)}. ${v.organization}.` }),
  }),
  'visit-offered': aboutVisit('Освободилось время', {
    shown: (v) => ({
      title: 'Освободилось время к врачу',
      text: lines(`${capital(v.when)}. ${doctor(v)}. ${v.organization}.`, 'Время придержано для вас: подтвердите его.'),
    }),
    outside: (v, facts) =>
      outsideOf(facts, v, {
        subject: `освободилось время ${v.shortWhen}`,
        body: [`Вы в листе ожидания. Освободилось время: ${v.when}.`, `${v.organization}, ${v.address}.`],
        sms: (organization) =>
          `освободилось время ${v.shortWhen}, ${organization}. Подтвердите его в кабинете пациента.`,
        push: `${v.organization}. Подтвердите, пока время придержано.`,
      }),
  }),
  'visit-reminder-day': reminder,
  'visit-reminder-hours': reminder,
  'document-signed': {
    shown: () => ({
      title: 'Готово заключение врача',
      text: 'Врач подписал документ о приёме. Его можно прочитать и скачать.',
    }),
    outside: (facts) => ({
      subject: named(facts, 'новый документ в кабинете пациента'),
      email: lines(
        'В кабинете пациента появился новый документ.',
        whose(facts),
        '',
        `Прочитать: ${facts.url}`,
        'Чтобы его увидел только тот, кому можно, понадобится войти через Госуслуги.',
      ),
      sms: named(facts, 'в кабинете пациента появился новый документ.'),
      push: { title: named(facts, 'новый документ'), text: 'Он ждёт вас в кабинете пациента.' },
    }),
  },
  'card-linked': {
    shown: () => ({
      title: 'Медицинская карта подключена',
      text: 'Регистратура проверила данные. Теперь здесь видны записи, карта и документы.',
    }),
    outside: (facts) => ({
      subject: named(facts, 'кабинет пациента подключён'),
      email: lines(
        'Регистратура проверила данные: кабинет пациента подключён.',
        whose(facts),
        '',
        `Войти: ${facts.url}`,
      ),
      sms: named(facts, 'регистратура подключила кабинет пациента. Войдите через Госуслуги.'),
      push: { title: named(facts, 'кабинет пациента подключён'), text: 'Регистратура проверила данные.' },
    }),
  },
  'contact-code': {
    shown: () => ({ title: 'Код подтверждения адреса', text: '' }),
    outside: ({ code }) => ({
      subject: `Код подтверждения: ${code}`,
      email: lines(
        `Код для уведомлений из кабинета пациента: ${code}.`,
        'Он действует 15 минут. Если вы его не запрашивали, ничего не делайте.',
      ),
      sms: `${code}: код для уведомлений из кабинета пациента. Никому его не сообщайте.`,
      push: { title: '', text: '' },
    }),
  },
}

/** The words of a notification in the cabinet. */
export const shownWords = (kind: SentKind, facts: Facts): Shown => templates[kind].shown(facts)

/** The words that leave by e-mail, SMS and push; undefined for what is told in the cabinet only. */
export const outsideWords = (kind: SentKind, facts: Facts): Outside | undefined => templates[kind].outside?.(facts)

/** Whether the kind is told outside the cabinet at all. */
export const leavesTheCabinet = (kind: SentKind): boolean => templates[kind].outside !== undefined

/** What the kind is called in the journal of deliveries, where nobody's visit is known. */
export const kindTitle = (kind: string): string => titles[kind as SentKind] ?? kind
const titles: Record<SentKind, string> = {
  'visit-booked': 'Запись на приём',
  'visit-moved': 'Приём перенесён',
  'visit-change-offered': 'Предложено другое время',
  'visit-cancelled': 'Приём отменён организацией',
  'visit-cancelled-by-patient': 'Запись отменена пациентом',
  'visit-offered': 'Освободилось время',
  'visit-reminder-day': 'Напоминание за день',
  'visit-reminder-hours': 'Напоминание за два часа',
  'document-signed': 'Готов документ',
  'card-linked': 'Карта подключена',
  'contact-code': 'Код подтверждения адреса',
}
