import fc from 'fast-check'
import { XmlDocument, type XmlElement } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import type { ConsultationContent } from '../../modules/documents/index.ts'
import { writeConsultation } from '../../standards/cda/write-consultation.ts'
import { withoutForbidden } from '../../standards/xml/index.ts'
import { pagesOfPdf } from '../../standards/pdf/testing/text-of-pdf.ts'
import { contentAsCda } from './content-as-cda.ts'
import { renderConsultationDocument } from './index.ts'
import { fullContent, smallContent } from './testing/contents.ts'
import { anyTexts, contentWith } from './testing/nasty.ts'

const namespaces = { h: 'urn:hl7-org:v3', identity: 'urn:hl7-ru:identity', address: 'urn:hl7-ru:address' }

/** Writes the CDA and asks it; the document is disposed of whatever happens. */
function asked<T>(content: ConsultationContent, question: (ask: Ask) => T): T {
  const document = XmlDocument.fromString(writeConsultation(contentAsCda(content)))
  try {
    const find = (xpath: string) => document.find(xpath, namespaces) as XmlElement[]
    return question({
      texts: (xpath) => find(xpath).map((node) => node.content),
      attributes: (xpath, ...names) =>
        find(xpath).map((node) => names.map((name) => node.attrs.find((a) => a.name === name)?.value ?? null)),
    })
  } finally {
    document.dispose()
  }
}
type Ask = {
  texts: (xpath: string) => string[]
  attributes: (xpath: string, ...names: string[]) => (string | null)[][]
}

const coded = ['code', 'codeSystem', 'codeSystemVersion', 'displayName'] as const
const field = (code: string) => `//h:observation[h:code/@code="${code}"]/h:value`
const textOfPdf = async (content: ConsultationContent): Promise<string[]> =>
  pagesOfPdf((await renderConsultationDocument(content)).pdf)
const tight = (text: string): string => text.replace(/\s/g, '')

describe('a consultation as CDA', () => {
  it('quotes every code with its directory and version', () =>
    asked(fullContent, ({ attributes }) => {
      const icd10 = '1.2.643.5.1.13.13.11.1005'
      expect(attributes(field('809'), ...coded)).toEqual([
        ['I20.8', icd10, '2.24', 'Другие формы стенокардии'],
        ['I11.9', icd10, '2.24', fullContent.diagnoses.get('I11.9')!.name],
        ['E78.0', icd10, '2.24', 'Чистая гиперхолестеринемия'],
      ])
      expect(attributes(field('808'), 'code')).toEqual([['I20.8']])
      expect(attributes(field('800'), 'code', 'displayName')).toEqual([['1', 'Первичный']])
      expect(attributes(field('804'), 'code', 'displayName')).toEqual([['1', 'Удовлетворительное']])
      expect(attributes('//h:assignedAuthor/h:code', ...coded)).toEqual([
        ['34', '1.2.643.5.1.13.13.11.1002', '9.6', 'Врач-кардиолог'],
      ])
      expect(attributes('//h:organizer//h:value', 'value', 'unit')).toEqual([
        ['36.6', '°C'],
        ['152', 'мм.рт.ст.'],
        ['94', 'мм.рт.ст.'],
        ['78', '1/мин'],
        ['97', '%'],
        ['176', 'см'],
        ['91.5', 'кг'],
      ])
    }))

  it('has an act for each time a service was rendered', () =>
    asked(fullContent, ({ attributes }) =>
      expect(attributes('//h:act/h:code', 'code', 'codeSystemVersion')).toEqual([
        ['B01.015.001', '2.10'],
        ['A05.10.006', '2.10'],
        ['A05.10.006', '2.10'],
      ]),
    ))

  it('tells patient, author and organisation, and times by the clocks of the organisation', () =>
    asked(fullContent, ({ texts, attributes }) => {
      expect(texts('//h:patient/h:name/*')).toEqual(['Петров', 'Пётр', 'Петрович'])
      expect(texts('//identity:InsurancePolicy/identity:Number')).toEqual(['5400000000000001'])
      expect(attributes('//h:patientRole/h:id', 'extension')).toEqual([[fullContent.patient.id], ['087-654-303 00']])
      expect(attributes('/h:ClinicalDocument/h:effectiveTime', 'value')).toEqual([['202611240941+0700']])
      expect(attributes('//h:serviceEvent/h:effectiveTime/h:low', 'value')).toEqual([['202611240915+0700']])
      expect(attributes('//h:patientRole/h:addr/address:stateCode', 'code')).toEqual([['54']])
    }))

  it('says «no information» for what is not known, and calls healthy what is healthy', () =>
    asked(
      { ...smallContent, patient: { ...smallContent.patient, snils: null, enp: null } },
      ({ texts, attributes }) => {
        expect(attributes('//h:patientRole/h:id[2]', 'root', 'nullFlavor')).toEqual([[null, 'NI']])
        expect(attributes('//identity:InsurancePolicy', 'nullFlavor')).toEqual([['NI']])
        expect(attributes('//h:associatedEntity/h:code', 'nullFlavor')).toEqual([['NI']])
        expect(texts('//identity:Patronymic')).toEqual([])
        expect(texts('//h:section[h:code/@code="VITALPARAM"]')).toEqual([])
        expect(attributes(field('808'), 'code')).toEqual([])
        expect(texts('//h:section[h:code/@code="LANAM"]/h:text/*')).toEqual(['Не указано'])
      },
    ))

  it('carries every text as it was typed', () =>
    fc.assert(
      fc.property(anyTexts, (given) => {
        const content = contentWith(given)
        const { record } = content
        asked(content, ({ texts, attributes }) => {
          const holds = (where: string, ...what: string[]) => {
            const all = texts(where).join('\n')
            for (const text of what) if (text.trim() !== '') expect(all).toContain(withoutForbidden(text))
          }
          holds(field('805'), record.complaints, record.objective)
          holds('//h:section[h:code/@code="ANAM"]//h:value', record.anamnesis)
          holds('//h:section[h:code/@code="LANAM"]//h:value', record.lifeAnamnesis)
          holds(field('807'), record.prescriptions, record.recommendations)
          holds(field('806'), record.diagnosisNote, ...record.diagnoses.map((d) => d.note))
          holds('//h:section[h:code/@code="DGN"]//h:td', ...record.diagnoses.map((d) => d.note))
          expect(texts('//h:patient/h:name/h:family')).toEqual([withoutForbidden(content.patient.lastName)])
          expect(texts('//h:custodian//h:name')).toEqual([withoutForbidden(content.organization.name)])
          expect(attributes('//h:act/h:code', 'displayName')[0]).toEqual([
            withoutForbidden(content.services.get('B01.015.001')!.name),
          ])
        })
      }),
      { numRuns: 60 },
    ))

  it('refuses a record whose code has no concept: that is a bug, not a document', async () => {
    await expect(renderConsultationDocument({ ...fullContent, services: new Map() })).rejects.toThrow(/B01\.015\.001/)
  })
})

describe('a consultation as PDF', () => {
  it('says what was written, in full', async () => {
    const text = tight((await textOfPdf(fullContent)).join(''))
    const { record } = fullContent
    const coded = [...fullContent.diagnoses.values(), ...fullContent.services.values()]
    for (const said of [
      record.complaints,
      record.anamnesis,
      record.lifeAnamnesis,
      record.objective,
      record.prescriptions,
      record.recommendations,
      record.diagnosisNote,
      ...record.diagnoses.map((d) => d.note),
      ...coded.flatMap((c) => [c.code, c.name]),
      'Петров Пётр Петрович',
      '09.03.1968 (58 лет)',
      '087-654-303 00',
      '24 ноября 2026, 09:15',
      '152/94 мм рт. ст.',
      'ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ',
      '01D9A5C7B2E44F109C3A7E5512AB34CD',
      'с 12.01.2026 по 12.04.2027',
      fullContent.documentId,
    ])
      expect(text).toContain(tight(said))
  })

  it('is one page when there is little to say, and numbers its pages', async () => {
    const small = await textOfPdf(smallContent)
    expect(small).toHaveLength(1)
    expect(tight(small[0]!)).toContain('Страница1из1')
    const full = await textOfPdf(fullContent)
    expect(full).toHaveLength(2)
    expect(tight(full[1]!)).toContain('Страница2из2')
    expect(tight(full[1]!)).toContain('ПетровПётрПетрович,09.03.1968')
  })

  it('runs over as many pages as the longest text needs', async () => {
    const line = 'Абзац № 7: «жалобы» & <боль> 100 % — всё, что сказано.'
    const anamnesis = `${line}\n`.repeat(360)
    const pages = await textOfPdf({ ...fullContent, record: { ...fullContent.record, anamnesis } })
    expect(pages.length).toBeGreaterThan(6)
    expect(tight(pages.join('')).split(tight(line)).length - 1).toBe(360)
  })

  it('is made whatever is typed', () =>
    fc.assert(
      fc.asyncProperty(anyTexts, async (given) => {
        const [first] = await textOfPdf(contentWith(given))
        expect(tight(first!)).toContain('Протоколконсультации')
      }),
      { numRuns: 15 },
    ))
})

describe('both renditions', () => {
  it('are the same bytes for the same content', async () => {
    const [one, other] = [await renderConsultationDocument(fullContent), await renderConsultationDocument(fullContent)]
    expect(Buffer.compare(one.cda, other.cda)).toBe(0)
    expect(Buffer.compare(one.pdf, other.pdf)).toBe(0)
    expect(new TextDecoder('utf-8', { fatal: true }).decode(one.cda)).toBe(
      `${writeConsultation(contentAsCda(fullContent))}<!-- ${fullContent.mark} -->\n`,
    )
  })
})
