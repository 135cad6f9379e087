import type { ProblemType } from './endpoint.ts'

/** Refusals that any operation may answer with; modules' own refusals stand in their contracts. */
export const Invalid = {
  type: '/problems/invalid',
  status: 422,
  title: 'Проверьте введённые данные',
} as const satisfies ProblemType
export const Malformed = {
  type: '/problems/malformed',
  status: 400,
  title: 'Запрос не удалось прочитать',
} as const satisfies ProblemType
export const TooLarge = {
  type: '/problems/too-large',
  status: 413,
  title: 'Слишком большой запрос',
} as const satisfies ProblemType
export const NotSignedIn = {
  type: '/problems/not-signed-in',
  status: 401,
  title: 'Нужно войти',
  advice: 'Войдите ещё раз: время входа могло истечь.',
} as const satisfies ProblemType
export const NotAllowed = {
  type: '/problems/not-allowed',
  status: 403,
  title: 'Для этого действия нет прав',
  advice: 'Если доступ нужен для работы, обратитесь к администратору.',
} as const satisfies ProblemType
export const NotFound = { type: '/problems/not-found', status: 404, title: 'Не найдено' } as const satisfies ProblemType
export const IdempotencyKeyMissing = {
  type: '/problems/idempotency-key-missing',
  status: 400,
  title: 'Нет заголовка Idempotency-Key',
  advice: 'Добавьте заголовок со случайным ключом: по нему повтор запроса безопасен.',
} as const satisfies ProblemType
export const IdempotencyKeyReused = {
  type: '/problems/idempotency-key-reused',
  status: 422,
  title: 'Этот Idempotency-Key уже использован с другим запросом',
  advice: 'Для нового запроса возьмите новый ключ.',
} as const satisfies ProblemType
export const TooManyRequests = {
  type: '/problems/too-many-requests',
  status: 429,
  title: 'Слишком много запросов',
  advice: 'Подождите немного и повторите.',
} as const satisfies ProblemType
export const Unavailable = {
  type: '/problems/unavailable',
  status: 503,
  title: 'Система временно недоступна',
  advice: 'Повторите через несколько секунд: введённое не потеряно.',
} as const satisfies ProblemType
export const Unexpected = {
  type: '/problems/unexpected',
  status: 500,
  title: 'Внутренняя ошибка',
  advice: 'Мы уже знаем о ней. Попробуйте позже и назовите номер запроса, если обратитесь за помощью.',
} as const satisfies ProblemType

/** Refusals that `serve` itself may give on any endpoint; they are added to every operation in OpenAPI. */
export const commonProblems = [
  Invalid,
  Malformed,
  TooLarge,
  NotSignedIn,
  NotAllowed,
  NotFound,
  IdempotencyKeyMissing,
  IdempotencyKeyReused,
  TooManyRequests,
  Unavailable,
  Unexpected,
] as const

/** The body of every refusal, RFC 9457 `application/problem+json`. `fields` names each wrong field of the input. */
export type ProblemBody = {
  type: string
  status: number
  title: string
  detail?: string
  advice?: string
  instance?: string
  fields?: { path: string; message: string }[]
  [extra: string]: unknown
}
