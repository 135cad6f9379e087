import type { Representation } from '../../../contracts/representation.ts'
import { dateWords } from '../../ui/index.ts'

type Document = Representation['document']

export const documentKinds: Record<Document['kind'], string> = {
  'birth-certificate': 'Свидетельство о рождении',
  adoption: 'Свидетельство об усыновлении',
  paternity: 'Свидетельство об установлении отцовства',
  'guardianship-act': 'Акт органа опеки',
  'court-decision': 'Решение суда',
  esia: 'Сведения Госуслуг',
  other: 'Другой документ',
}

export const basisWords: Record<Representation['basis'], string> = {
  parent: 'Родитель или усыновитель',
  guardian: 'Опекун или попечитель',
  authority: 'Орган опеки',
}

/** «Акт органа опеки № 15 от 3 марта 2026 г., отдел опеки»; what is not known is left out. */
export const documentWords = ({ kind, number, date, issuer }: Document): string =>
  kind === 'esia' || kind === 'other'
    ? [number, date && `от ${dateWords(date)}`, issuer].filter(Boolean).join(', ')
    : [`${documentKinds[kind]} ${shortNumber(number, kind)}${date ? ` от ${dateWords(date)}` : ''}`, issuer]
        .filter(Boolean)
        .join(', ')

/** What was typed often begins with the name of the document: it is not said twice. */
function shortNumber(number: string, kind: Document['kind']): string {
  const name = documentKinds[kind].toLowerCase()
  const typed = number.trim()
  return typed.toLowerCase().startsWith(name) ? typed.slice(name.length).trim() : typed
}

/** What has become of it, in a word. */
export const stateWords: Record<
  Representation['state'],
  { text: string; kind: 'plain' | 'info' | 'success' | 'warning' | 'error' }
> = {
  live: { text: 'Действует', kind: 'success' },
  ahead: { text: 'Ещё не началось', kind: 'info' },
  over: { text: 'Срок вышел', kind: 'plain' },
  ended: { text: 'Прекращено', kind: 'plain' },
}
