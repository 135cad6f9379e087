import type { Passage } from './consultation.ts'
import { element, type XmlElement } from '../xml/index.ts'

// The part of a section that a person reads when a system knows no codes (CDA NarrativeBlock).

/** Paragraphs line by line, under their headings; passages without text are left out. */
export const passages = (of: readonly Passage[]): XmlElement[] =>
  of
    .filter(({ text }) => text.trim() !== '')
    .flatMap(({ heading, text }) => [
      ...(heading === '' ? [] : [element('paragraph', {}, element('content', { styleCode: 'Bold' }, heading))]),
      ...text
        .split(/\r\n|\r|\n/)
        .filter((line) => line.trim() !== '')
        .map((line) => element('paragraph', {}, line)),
    ])

/** Says that there is nothing to say. */
export const unsaid = (): XmlElement => element('paragraph', {}, 'Не указано')

export const list = (items: readonly string[]): XmlElement =>
  element(
    'list',
    {},
    items.map((item) => element('item', {}, item)),
  )

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): XmlElement =>
  element(
    'table',
    { width: '100%' },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        head.map((title) => element('th', {}, title)),
      ),
    ),
    element(
      'tbody',
      {},
      rows.map((row) =>
        element(
          'tr',
          {},
          row.map((cell) => element('td', {}, cell)),
        ),
      ),
    ),
  )
