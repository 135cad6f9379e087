import type { ExternalCalendar } from '../../../contracts/calendars.ts'

/** Why a calendar outside could not be read, and what to do about it. */
const failures: Record<NonNullable<ExternalCalendar['failure']>, string> = {
  'private-address':
    'Адрес ведёт во внутреннюю сеть или без защиты (не https). Читать такие календари может разрешить администратор сервера.',
  unreachable: 'Сервер календаря не отвечает. Мы повторим сами; если долго не проходит, проверьте адрес.',
  timeout: 'Сервер календаря не успел ответить. Мы повторим сами.',
  'not-found': 'По этому адресу календаря больше нет. Отключите его и подключите по новому адресу.',
  'not-allowed': 'Сервер календаря не пустил нас: проверьте имя и пароль, подключите календарь заново.',
  'server-error': 'Сервер календаря ответил ошибкой. Мы повторим сами.',
  'too-large': 'Календарь слишком большой (больше 4 МБ). Возьмите адрес календаря без старых событий.',
  unreadable: 'По этому адресу не календарь или в нём ошибка. Проверьте, что адрес секретный и в формате iCal.',
  'no-calendar': 'По этому адресу нет календаря с событиями. Проверьте адрес CalDAV.',
}

export const failureWords = (failure: ExternalCalendar['failure']): string => (failure ? failures[failure] : '')

export const kindWords = { ics: 'iCalendar по адресу', caldav: 'CalDAV' } as const
