import type { ConsultationDraft } from '../../../contracts/chart.ts'

export type Measure = keyof ConsultationDraft['vitals']
type Spec = { name: Measure; label: string; unit: string; from: number; to: number; whole: boolean }

/** What is measured at a visit, in the order it is usually said; bounds are those of the contract. */
export const measures: readonly Spec[] = [
  { name: 'systolic', label: 'Давление, верхнее', unit: 'мм рт. ст.', from: 40, to: 300, whole: true },
  { name: 'diastolic', label: 'Давление, нижнее', unit: 'мм рт. ст.', from: 20, to: 200, whole: true },
  { name: 'pulse', label: 'Пульс', unit: 'уд/мин', from: 20, to: 300, whole: true },
  { name: 'temperature', label: 'Температура', unit: '°C', from: 30, to: 45, whole: false },
  { name: 'saturation', label: 'Сатурация', unit: '%', from: 40, to: 100, whole: true },
  { name: 'height', label: 'Рост', unit: 'см', from: 20, to: 260, whole: false },
  { name: 'weight', label: 'Вес', unit: 'кг', from: 0.3, to: 400, whole: false },
]

const words = (n: number) => String(n).replace('.', ',')

/** A number as it is typed; nothing was typed: null. What cannot be is an error and is not kept as a number. */
export function readMeasure(text: string, { from, to, whole }: Spec): { value: number | null; error?: string } {
  const trimmed = text.trim()
  if (trimmed === '') return { value: null }
  if (!/^\d{1,4}([.,]\d{0,2})?$/.test(trimmed)) return { value: null, error: 'Введите число' }
  const value = Number(trimmed.replace(',', '.'))
  if (whole && !Number.isInteger(value)) return { value: null, error: 'Без дробной части' }
  if (value < from || value > to) return { value: null, error: `От ${words(from)} до ${words(to)}` }
  return { value }
}

/** A kept number as text of its field. */
const measureText = (value: number | null): string => (value === null ? '' : words(value))

export type MeasureTexts = Record<Measure, string>
export const textsOf = (vitals: ConsultationDraft['vitals']): MeasureTexts =>
  Object.fromEntries(measures.map(({ name }) => [name, measureText(vitals[name])])) as MeasureTexts

/** What is wrong with the numbers as typed, by field. */
export const measureFlaws = (texts: MeasureTexts): Partial<Record<Measure, string>> =>
  Object.fromEntries(
    measures.flatMap((spec) => {
      const { error } = readMeasure(texts[spec.name], spec)
      return error ? [[spec.name, error]] : []
    }),
  )

/** Body mass index, kg/m², to one decimal place; undefined when one of the two is not measured. */
export function bodyMassIndex({ height, weight }: ConsultationDraft['vitals']): string | undefined {
  if (height === null || weight === null || height < 100) return undefined
  return words(Math.round((weight / (height / 100) ** 2) * 10) / 10)
}
