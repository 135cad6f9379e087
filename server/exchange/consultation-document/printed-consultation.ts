import type { ConsultationContent } from '../../modules/documents/index.ts'
import { formatSnils } from '../../../contracts/values.ts'
import { renderPdf } from '../../standards/pdf/render-pdf.ts'
import { template } from './template.ts'

type Section = { title: string; paragraphs: string[]; rows: [string, string][] }

/** The consultation as PDF/A with the stamp of the signature that the author is about to put (приказ 63-ФЗ visualisation practice). */
export function printConsultation(content: ConsultationContent): Uint8Array {
  const { patient, organization, author, visit, certificate } = content
  const when = instantIn(organization.timeZone)
  const name = [patient.lastName, patient.firstName, patient.middleName].filter(Boolean).join(' ')
  const facts: [string, string][] = [
    ['Пациент', name],
    ['Дата рождения', plainDate(patient.birthDate)],
    ...(patient.snils ? [['СНИЛС', formatSnils(patient.snils)] as [string, string]] : []),
    ...(patient.enp ? [['Полис ОМС', patient.enp] as [string, string]] : []),
    ['Дата и время приёма', when(visit.startedAt)],
    ['Врач', `${author.name}, ${author.position}`],
    ['Случай', visit.episodeNumber],
    ['Приём', visit.kind === 'primary' ? 'первичный' : 'повторный'],
  ]
  return renderPdf(
    template,
    {
      title: 'Протокол консультации',
      doctor: author.name,
      organization: organization.name,
      address: organization.address,
      facts,
      sections: sectionsOf(content),
      stamp: {
        owner: certificate.owner,
        serial: certificate.serial,
        issuer: certificate.issuer,
        validity: `с ${when(certificate.validFrom).slice(0, 10)} по ${when(certificate.validUntil).slice(0, 10)}`,
      },
      footer: `Протокол консультации ${content.documentId}`,
    },
    content.preparedAt,
  )
}

const kinds = { main: 'Основной', complication: 'Осложнение', concomitant: 'Сопутствующий' } as const

function sectionsOf({ record, diagnoses, services }: ConsultationContent): Section[] {
  const text = (title: string, body: string): Section[] =>
    body.trim() ? [{ title, paragraphs: body.split(/\n+/).filter((line) => line.trim()), rows: [] }] : []
  const vitals = vitalsOf(record.vitals)
  return [
    ...text('Жалобы', record.complaints),
    ...text('Анамнез заболевания', record.anamnesis),
    ...text('Анамнез жизни', record.lifeAnamnesis),
    ...text('Объективно', record.objective),
    ...(vitals ? [{ title: 'Измерения', paragraphs: [vitals], rows: [] }] : []),
    {
      title: 'Диагноз',
      paragraphs: record.diagnosisNote.trim() ? [record.diagnosisNote] : [],
      rows: record.diagnoses.map((d): [string, string] => [
        `${kinds[d.kind]}: ${d.code}`,
        [diagnoses.get(d.code)?.name, d.note.trim()].filter(Boolean).join('. '),
      ]),
    },
    ...(record.services.length > 0
      ? [
          {
            title: 'Оказанные услуги',
            paragraphs: [],
            rows: record.services.map((s): [string, string] => [
              s.code,
              `${services.get(s.code)?.name ?? s.name}${s.quantity > 1 ? ` × ${s.quantity}` : ''}`,
            ]),
          },
        ]
      : []),
    ...text('Назначения', record.prescriptions),
    ...text('Рекомендации', record.recommendations),
  ]
}

function vitalsOf(v: ConsultationContent['record']['vitals']): string {
  const number = (value: number) => String(value).replace('.', ',')
  return [
    v.temperature !== null && `температура ${number(v.temperature)} °C`,
    v.systolic !== null && v.diastolic !== null && `артериальное давление ${v.systolic}/${v.diastolic} мм рт. ст.`,
    v.pulse !== null && `пульс ${v.pulse} в минуту`,
    v.saturation !== null && `сатурация ${v.saturation} %`,
    v.height !== null && `рост ${number(v.height)} см`,
    v.weight !== null && `масса тела ${number(v.weight)} кг`,
  ]
    .filter(Boolean)
    .join('; ')
}

const plainDate = (date: string): string => date.split('-').reverse().join('.')

/** «24.11.2026, 09:15» in the organisation's zone. */
const instantIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('ru-RU', {
    timeZone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
  return (at: Date): string => format.format(at)
}
