import type { ProblemType } from '../../../contracts/endpoint.ts'
import { NotAllowed } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'

/** Why a sign-in through ЕСИА did not end well; it stands in the address of the page that explains it. */
export type Reason =
  | 'unconfirmed'
  | 'declined'
  | 'lost'
  | 'away'
  | 'expired'
  | 'untrusted-answer'
  | 'misconfigured'
  | 'blocked'
  | 'failed'

export type Explanation = { title: string; text: string[]; retry: boolean }

/** What a person reads, in plain words. */
export const explanations: Record<Reason, Explanation> = {
  unconfirmed: {
    title: 'Учётная запись на Госуслугах не подтверждена',
    text: [
      'Медицинские данные можно открыть только тому, чья личность подтверждена, поэтому ваша карта пока недоступна.',
      'Подтвердить учётную запись можно бесплатно: в приложении вашего банка, в МФЦ или в центре обслуживания Госуслуг с паспортом и СНИЛС. Потом войдите сюда ещё раз.',
      'Записаться к врачу можно и без этого — по телефону поликлиники или в регистратуре.',
    ],
    retry: true,
  },
  declined: {
    title: 'Вы не разрешили вход',
    text: [
      'Госуслуги спросили, можно ли передать нам ваше имя и СНИЛС, и получили отказ. Без них мы не найдём вашу карту.',
    ],
    retry: true,
  },
  lost: {
    title: 'Вход не завершён',
    text: [
      'Эта ссылка входа уже использована, устарела или открыта в другом браузере. Так мы защищаем вас от чужого входа.',
      'Начните вход ещё раз.',
    ],
    retry: true,
  },
  away: {
    title: 'Госуслуги сейчас не отвечают',
    text: [
      'Вход через Госуслуги временно недоступен. С вашими данными всё в порядке.',
      'Попробуйте через несколько минут.',
    ],
    retry: true,
  },
  expired: {
    title: 'Время входа истекло',
    text: ['Между входом на Госуслуги и возвратом сюда прошло слишком много времени. Начните ещё раз.'],
    retry: true,
  },
  'untrusted-answer': {
    title: 'Ответ Госуслуг не прошёл проверку',
    text: [
      'Подпись или содержание ответа не сошлись с ожидаемыми, и мы не стали вас впускать. Так мы защищаем вашу карту.',
      'Попробуйте ещё раз. Если повторится, сообщите в поддержку.',
    ],
    retry: true,
  },
  misconfigured: {
    title: 'Вход через Госуслуги настроен неверно',
    text: ['Госуслуги не приняли наш запрос. Мы уже знаем об этом и чиним; от вас ничего не зависит.'],
    retry: false,
  },
  blocked: {
    title: 'Учётная запись заблокирована',
    text: ['Вход для вас закрыт. Чтобы узнать причину, обратитесь в поддержку или в вашу поликлинику.'],
    retry: false,
  },
  failed: {
    title: 'Войти не получилось',
    text: ['Что-то пошло не так на нашей стороне. Попробуйте ещё раз через минуту.'],
    retry: true,
  },
}

/** Whether a word from an address is one of our reasons. */
export const isReason = (word: unknown): word is Reason => typeof word === 'string' && Object.hasOwn(explanations, word)

const byCode: Record<string, Reason> = {
  'ESIA-007004': 'declined',
  'ESIA-007019': 'declined',
  'ESIA-007055': 'unconfirmed',
  'ESIA-007007': 'away',
  'ESIA-007008': 'away',
  'ESIA-007011': 'expired',
  'ESIA-007046': 'declined',
}

/** The ЕСИА code in an error's description («ESIA-007055: …»); undefined when there is none. */
export const esiaCodeOf = (description: unknown): string | undefined =>
  typeof description === 'string' ? /\bESIA-\d{6}\b/.exec(description)?.[0] : undefined

/**
 * Our reason for an error of ЕСИА (`error`, `error_description`). Codes: ЕСИА's list of authorisation errors; those not
 * named here mean that our request was wrong, which only the people who run the system can mend.
 */
export function reasonOf(error: unknown, description: unknown): Reason {
  const code = esiaCodeOf(description)
  if (code) return byCode[code] ?? 'misconfigured'
  if (error === 'access_denied') return 'declined'
  if (error === 'temporarily_unavailable' || error === 'server_error') return 'away'
  return 'misconfigured'
}

/** A sign-in that ends with an explanation instead of a session; `code` is ЕСИА's own, for the log. */
export class EsiaRefusal extends Error {
  readonly reason: Reason
  readonly code: string | undefined
  constructor(reason: Reason, what: string, code?: string, cause?: unknown) {
    super(what, { cause })
    this.name = 'EsiaRefusal'
    this.reason = reason
    this.code = code
  }
}

const PROBLEM = '/problems/esia-'

/** The refusal as the journal records it. */
export const problemOf = (reason: Reason): ProblemType => ({
  type: `${PROBLEM}${reason}`,
  status: 401,
  title: explanations[reason].title,
})

/** The reason behind what an operation of the sign-in threw; «failed» for what nobody expected. */
export function reasonOfProblem(error: unknown): Reason {
  if (!(error instanceof Problem)) return 'failed'
  if (error.type.type === NotAllowed.type) return 'blocked'
  const word = error.type.type.startsWith(PROBLEM) ? error.type.type.slice(PROBLEM.length) : undefined
  return isReason(word) ? word : 'failed'
}

/** How loudly the log speaks of it: people change their minds, networks fail, wrong settings need somebody at once. */
export function severityOf(reason: Reason): 'info' | 'warn' | 'error' {
  if (reason === 'away' || reason === 'expired' || reason === 'lost') return 'warn'
  return reason === 'declined' || reason === 'unconfirmed' || reason === 'blocked' ? 'info' : 'error'
}
