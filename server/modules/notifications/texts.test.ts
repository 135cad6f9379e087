import { describe, expect, it } from 'vitest'
import { kinds, type SentKind } from './kinds.ts'
import { kindTitle, leavesTheCabinet, outsideWords, shownWords, type Facts, type VisitFacts } from './texts.ts'

const visit: VisitFacts = {
  when: 'четверг, 5 марта, 10:20',
  shortWhen: '5 марта в 10:20',
  organization: 'Поликлиника № 1',
  address: 'г. Энск, ул. Садовая, д. 5',
  phone: '+7 495 000-00-01',
  specialty: 'Дерматовенеролог',
  doctor: 'Иванова Анна Сергеевна',
  room: '12',
  reason: 'Врач заболела: ветряная оспа',
}
const facts: Facts = {
  visit,
  before: { ...visit, when: 'среда, 4 марта, 09:00', shortWhen: '4 марта в 09:00' },
  about: null,
  url: 'https://rmis.example-region.gov.invalid/visits/1/2',
  answerUrl: 'https://rmis.example-region.gov.invalid/v/AAAAAAAAAAAAAAAAAAAAAA',
  code: '123456',
}
const bare: Facts = {
  ...facts,
  about: 'Мария',
  visit: { ...visit, phone: null, reason: null, room: '', specialty: '' },
}
const long: Facts = {
  ...facts,
  about: 'Максимилиан-Константин',
  visit: {
    ...visit,
    shortWhen: '25 сентября в 10:20',
    organization: 'Городская клиническая больница '.repeat(8).trim(),
  },
}
const sent: SentKind[] = [...kinds.filter(leavesTheCabinet), 'contact-code']
const everywhere = (kind: SentKind, given: Facts): string[] => {
  const words = outsideWords(kind, given)!
  return [words.subject, words.email, words.sms, words.push.title, words.push.text]
}

describe('texts', () => {
  it.each(kinds)('of %s have no holes, whatever is not known', (kind) => {
    const { answerUrl: _answer, before: _before, ...less } = bare
    for (const given of [facts, bare, less]) {
      const shown = shownWords(kind, given)
      for (const text of [shown.title, shown.text, ...(leavesTheCabinet(kind) ? everywhere(kind, given) : [])]) {
        expect(text).not.toMatch(/undefined|null|NaN|\[object|\$\{|  |, ,|,\.|: \.|\.\.|^\s|\s$/)
        expect(text.length).toBeGreaterThan(3)
      }
    }
    expect(kindTitle(kind)).not.toBe(kind)
  })

  it.each(sent)('of %s fit an SMS, however long the names are', (kind) => {
    const most = kind.startsWith('visit-reminder') ? 200 : 160
    for (const given of [facts, bare, long]) expect(everywhere(kind, given)[2]!.length).toBeLessThanOrEqual(most)
    if (kind.startsWith('visit-reminder')) expect(outsideWords(kind, long)!.sms).toContain(facts.answerUrl)
  })

  it.each(sent)('of %s tell nothing of health outside the cabinet', (kind) => {
    for (const text of everywhere(kind, facts)) {
      expect(text).not.toContain(visit.specialty)
      expect(text).not.toContain('Иванова')
      expect(text).not.toContain('оспа')
      expect(text).not.toMatch(/диагноз|заключение|врач/i)
    }
  })

  it('name the child or ward they are about, and whoever reads their own is not named', () => {
    for (const kind of kinds.filter(leavesTheCabinet)) {
      expect(outsideWords(kind, bare)!.sms).toContain('Мария: ')
      expect(outsideWords(kind, bare)!.push.title).toContain('Мария: ')
      expect(outsideWords(kind, facts)!.sms).toMatch(/^[А-Я]/)
    }
  })

  it('tell the reason of a cancellation in the cabinet, and lead there from outside', () => {
    expect(shownWords('visit-cancelled', facts).text).toContain('Причина: Врач заболела: ветряная оспа.')
    expect(outsideWords('visit-cancelled', facts)!.email).toContain('Причина указана в кабинете')
  })

  it('say so when the visit cannot be read any more', () => {
    const { visit: _visit, ...without } = facts
    expect(shownWords('visit-booked', without).text).toBe('Эта запись больше не доступна.')
    expect(() => outsideWords('visit-booked', without)).toThrow(/not there/)
  })
})
