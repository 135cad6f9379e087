/** A refusal as ЕСИА words it: the OAuth error (RFC 6749 §4.1.2.1, §5.2) and a description with ЕСИА's code. */
export class StandInRefusal extends Error {
  readonly error: string
  readonly code: string
  constructor(error: string, code: keyof typeof sentences) {
    super(`${code}: ${sentences[code]}`)
    this.name = 'StandInRefusal'
    this.error = error
    this.code = code
  }
}

/** Codes of ЕСИА's list of authorisation errors, as far as the stand-in uses them; the sentences are ours. */
const sentences = {
  'ESIA-007002': 'Сертификат не соответствует мнемонике системы',
  'ESIA-007003': 'Параметр указан неверно или несколько раз',
  'ESIA-007004': 'Владелец данных отказал в доступе',
  'ESIA-007006': 'Область доступа (scope) неизвестна',
  'ESIA-007009': 'Маркер доступа нельзя получить этим способом',
  'ESIA-007011': 'Авторизационный код недействителен, просрочен или выдан по другому запросу',
  'ESIA-007013': 'Не указана область доступа (scope)',
  'ESIA-007014': 'Нет обязательного параметра',
  'ESIA-007015': 'Неверное время запроса',
  'ESIA-007023': 'Адрес возврата не разрешён системе',
  'ESIA-007053': 'Подпись client_secret неверна',
  'ESIA-008010': 'Система неизвестна',
} as const
