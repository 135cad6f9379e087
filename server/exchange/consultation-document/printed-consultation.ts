import { formatSnils } from '../../../contracts/values.ts'
import type { ConsultationContent } from '../../modules/documents/index.ts'
import { localDay } from '../../platform/time.ts'
import { renderPdf } from '../../standards/pdf/render-pdf.ts'
import { ageInWords, dayInFull, instantIn, plainDate } from './dates-in-words.ts'
import { diagnosesInOrder, diagnosisRoles, measurementsInWords, severityInWords } from './record-in-words.ts'
import { template } from './template.ts'

/**
 * The consultation as PDF/A with the stamp of the signature that the author is about to put: the words of ГОСТ Р 7.0.97-2016,
 * 5.23, are drawn into the bytes first, then the bytes are signed.
 */
export function printConsultation(content: ConsultationContent): Uint8Array {
  const { author, organization: o, patient } = content
  const name = [patient.lastName, patient.firstName, patient.middleName].filter(Boolean).join(' ')
  return renderPdf(
    template,
    {
      title: 'Протокол консультации',
      subtitle: subtitleOf(content),
      running: `${name}, ${plainDate(patient.birthDate)}`,
      organization: {
        name: o.name,
        lines: [
          o.address,
          [o.phone && `Телефон ${o.phone}`, o.license && `Лицензия ${o.license}`].filter(Boolean).join(' · '),
        ].filter(Boolean),
      },
      patient: { name, facts: factsOf(content) },
      ...recordOf(content),
      doctor: { name: author.name, position: author.position, department: author.departmentName },
      stamp: stampOf(content),
      footer: `Документ ${content.documentId}, версия ${content.versionNumber}`,
    },
    content.preparedAt,
  )
}

type Fact = readonly [label: string, value: string]

const subtitleOf = ({ author, organization, visit }: ConsultationContent): string =>
  [
    author.specialtyTitle ?? author.position,
    visit.kind === 'primary' ? 'первичный приём' : 'повторный приём',
    dayInFull(visit.startedAt, organization.timeZone),
    `случай № ${visit.episodeNumber}`,
  ].join(' · ')

function factsOf({ patient, visit, organization }: ConsultationContent): Fact[] {
  const age = ageInWords(patient.birthDate, localDay(visit.startedAt, organization.timeZone))
  return [
    ['Дата рождения', `${plainDate(patient.birthDate)} (${age})`],
    ['Пол', patient.sex === 'male' ? 'мужской' : 'женский'],
    ...(patient.snils ? [['СНИЛС', formatSnils(patient.snils)] as const] : []),
    ...(patient.enp ? [['Полис ОМС', patient.enp] as const] : []),
  ]
}

/** What the doctor wrote, in the order of a paper record (форма 025/у). */
function recordOf({ record, diagnoses, services }: ConsultationContent) {
  const section = (title: string, text: string) =>
    text.trim() === '' ? [] : [{ title, paragraphs: paragraphsOf(text) }]
  return {
    before: [
      ...section('Жалобы', record.complaints),
      ...section('Анамнез заболевания', record.anamnesis),
      ...section('Анамнез жизни', record.lifeAnamnesis),
      ...section('Объективно', record.objective),
    ],
    measurements: [
      ...(record.severity ? [['Состояние', severityInWords[record.severity], '']] : []),
      ...measurementsInWords(record.vitals),
    ],
    diagnoses: diagnosesInOrder(record.diagnoses).map((d) => ({
      role: diagnosisRoles[d.kind],
      code: d.code,
      name: diagnoses.get(d.code)?.name ?? d.name,
      note: d.note.trim(),
      main: d.kind === 'main',
    })),
    conclusion: paragraphsOf(record.diagnosisNote),
    services: record.services.map((s) => ({
      code: s.code,
      name: services.get(s.code)?.name ?? s.name,
      quantity: String(s.quantity),
    })),
    after: [...section('Назначения', record.prescriptions), ...section('Рекомендации', record.recommendations)],
  }
}

const paragraphsOf = (text: string): string[] => text.split(/[\r\n]+/).filter((line) => line.trim() !== '')

function stampOf({ certificate, organization }: ConsultationContent): Fact[] {
  const day = (at: Date) => instantIn(organization.timeZone)(at).slice(0, 10)
  return [
    ['Сертификат', certificate.serial],
    ['Владелец', certificate.owner],
    ['Издатель', certificate.issuer],
    ['Действителен', `с ${day(certificate.validFrom)} по ${day(certificate.validUntil)}`],
  ]
}
