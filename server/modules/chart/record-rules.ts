import type { ConsultationDraft } from '../../../contracts/chart.ts'

export type Flaw = { path: string; message: string }
type Rule = (record: ConsultationDraft) => Flaw | undefined

const complaintsAreWritten: Rule = (r) =>
  r.complaints.trim() ? undefined : { path: 'complaints', message: 'Опишите жалобы (или «жалоб нет»)' }
const anamnesisIsWritten: Rule = (r) =>
  r.anamnesis.trim() ? undefined : { path: 'anamnesis', message: 'Опишите анамнез заболевания' }
const objectiveIsWritten: Rule = (r) =>
  r.objective.trim() ? undefined : { path: 'objective', message: 'Опишите объективный статус' }
const severityIsSaid: Rule = (r) =>
  r.severity ? undefined : { path: 'severity', message: 'Укажите степень тяжести состояния' }
const oneMainDiagnosis: Rule = (r) => {
  const main = r.diagnoses.filter((d) => d.kind === 'main').length
  if (main === 1) return undefined
  return {
    path: 'diagnoses',
    message: main === 0 ? 'Укажите основной диагноз по МКБ-10' : 'Основной диагноз может быть только один',
  }
}
const noDiagnosisTwice: Rule = (r) => {
  const twice = r.diagnoses.find((d, i) => r.diagnoses.findIndex((other) => other.code === d.code) !== i)
  return twice && { path: 'diagnoses', message: `Диагноз ${twice.code} указан дважды` }
}
const aServiceIsRendered: Rule = (r) =>
  r.services.length > 0 ? undefined : { path: 'services', message: 'Укажите хотя бы одну оказанную услугу' }
const recommendationsAreWritten: Rule = (r) =>
  r.recommendations.trim() ? undefined : { path: 'recommendations', message: 'Напишите рекомендации пациенту' }
const pressureIsWhole: Rule = ({ vitals: v }) =>
  (v.systolic === null) === (v.diastolic === null)
    ? undefined
    : { path: 'vitals', message: 'Укажите оба значения давления' }
const pressureIsOrdered: Rule = ({ vitals: v }) =>
  v.systolic !== null && v.diastolic !== null && v.systolic <= v.diastolic
    ? { path: 'vitals', message: 'Верхнее давление должно быть больше нижнего' }
    : undefined

/** What a consultation record must have before it is signed (приказ 834н, форма 025/у: sections of the
 * record; СЭМД 119 for the severity, which has no «not known»). */
const rules: readonly Rule[] = [
  complaintsAreWritten,
  anamnesisIsWritten,
  objectiveIsWritten,
  severityIsSaid,
  oneMainDiagnosis,
  noDiagnosisTwice,
  aServiceIsRendered,
  recommendationsAreWritten,
  pressureIsWhole,
  pressureIsOrdered,
]

/** Everything that keeps a record from being signed, by section, in the order of the editor; empty when it is whole. */
export const flawsOf = (record: ConsultationDraft): Flaw[] => rules.flatMap((rule) => rule(record) ?? [])
