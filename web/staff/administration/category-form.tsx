import { useState, type FormEvent, type ReactNode } from 'react'
import {
  changeCategory,
  createCategory,
  listServiceCategories,
  showCategoryHistory,
  type ServiceCategory,
} from '../../../contracts/service-categories.ts'
import { useAction } from '../../api/index.ts'
import { Button, Checkbox, Dialog, fieldMessage, Select, showToast, TextArea, TextInput } from '../../ui/index.ts'
import { ProblemNotice } from '../problem-notice.tsx'

type Draft = {
  name: string
  about: string
  specialties: string
  services: string
  ageFrom: string
  ageTo: string
  sex: string
  bring: string
  order: string
  reason: string
}

const draftOf = (c: ServiceCategory | undefined): Draft => ({
  name: c?.name ?? '',
  about: c?.about ?? '',
  specialties: c?.specialtyCodes.join(', ') ?? '',
  services: c?.serviceCodes.join(', ') ?? '',
  ageFrom: String(c?.ageFrom ?? 0),
  ageTo: String(c?.ageTo ?? 150),
  sex: c?.sex ?? '',
  bring: c?.bring ?? '',
  order: String(c?.order ?? 100),
  reason: '',
})

const listOf = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
const isAge = (text: string): boolean => /^\d{1,3}$/.test(text.trim()) && Number(text) <= 150
const SERVICE = /^[A-Z]\d{2}(\.\d{2,3}){1,3}$/

const flawsOf = (draft: Draft) => ({
  name: draft.name.trim() ? undefined : 'Напишите, зачем приходят, словами пациента',
  specialties: listOf(draft.specialties).length > 0 ? undefined : 'Назовите хотя бы одну специальность',
  services: listOf(draft.services).every((code) => SERVICE.test(code))
    ? undefined
    : 'Код услуги выглядит так: B04.047.004',
  ageFrom: isAge(draft.ageFrom) ? undefined : 'От 0 до 150',
  ageTo: isAge(draft.ageTo) && Number(draft.ageTo) >= Number(draft.ageFrom) ? undefined : 'Не меньше нижнего, до 150',
  order: /^\d{1,4}$/.test(draft.order.trim()) ? undefined : 'Число от 0 до 9999',
  reason: draft.reason.trim() ? undefined : 'Напишите, почему: это останется в истории',
})

type Props = { category: ServiceCategory | undefined; onClose: () => void }

/** Makes or changes what people come for; a change is a new version with its author and reason. */
export function CategoryForm({ category, onClose }: Props): ReactNode {
  const [draft, setDraft] = useState(() => draftOf(category))
  const [withdrawn, setWithdrawn] = useState(false)
  const [tried, setTried] = useState(false)
  const refreshes = [listServiceCategories, showCategoryHistory]
  const onDone = () => {
    onClose()
    showToast({ text: 'Цель визита сохранена' })
  }
  const create = useAction(createCategory, { refreshes, onDone })
  const change = useAction(changeCategory, { refreshes, onDone })
  const action = category ? change : create
  const flaws = flawsOf(draft)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.values(flaws).some(Boolean) || action.busy) return
    const body = {
      name: draft.name.trim(),
      about: draft.about.trim() || null,
      specialtyCodes: listOf(draft.specialties),
      serviceCodes: listOf(draft.services),
      ageFrom: Number(draft.ageFrom),
      ageTo: Number(draft.ageTo),
      sex: draft.sex === 'female' || draft.sex === 'male' ? (draft.sex as 'female' | 'male') : null,
      bring: draft.bring.replace(/\s+/g, ' ').trim() || null,
      order: Number(draft.order),
      reason: draft.reason.trim(),
    }
    if (category)
      change.run({ params: { categoryId: category.id }, body: { ...body, version: category.version, withdrawn } })
    else create.run({ body })
  }
  const text = (field: keyof Draft & keyof typeof flaws, label: string, more: object = {}) => (
    <TextInput
      label={label}
      maxLength={200}
      value={draft[field]}
      onChange={(value) => setDraft({ ...draft, [field]: value })}
      error={tried ? (flaws[field] ?? fieldMessage(action.refusal?.problem, field)) : undefined}
      {...more}
    />
  )
  return (
    <Dialog open title={category ? `Цель визита: ${category.name}` : 'Новая цель визита'} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        {text('name', 'Зачем приходят', { hint: 'Например: «Справка 086/у для учёбы»' })}
        <TextInput
          label="Пояснение"
          optional
          maxLength={200}
          value={draft.about}
          onChange={(about) => setDraft({ ...draft, about })}
        />
        {text('specialties', 'Специальности', { hint: 'Коды НСИ через запятую: 27, 22', maxLength: 1000 })}
        {text('services', 'Услуги', { optional: true, hint: 'Коды приказа 804н через запятую', maxLength: 1000 })}
        {text('ageFrom', 'Возраст от, лет', { inputMode: 'numeric', width: 'short' })}
        {text('ageTo', 'Возраст до, лет', { inputMode: 'numeric', width: 'short' })}
        <Select
          label="Кому"
          value={draft.sex}
          onChange={(sex) => setDraft({ ...draft, sex })}
          options={[
            { value: '', label: 'Всем' },
            { value: 'female', label: 'Женщинам' },
            { value: 'male', label: 'Мужчинам' },
          ]}
        />
        <TextArea
          label="Что взять с собой"
          optional
          maxLength={1000}
          value={draft.bring}
          onChange={(bring) => setDraft({ ...draft, bring })}
        />
        {text('order', 'Место в списке', { inputMode: 'numeric', width: 'short' })}
        {category && <Checkbox label="Снять: больше не показывать" checked={withdrawn} onChange={setWithdrawn} />}
        {text('reason', 'Почему')}
        {!action.busy && <ProblemNotice refusal={action.refusal} />}
        <div className="cluster">
          <Button type="submit" kind="primary" busy={action.busy} busyText="Сохраняем…">
            Сохранить
          </Button>
          <Button onClick={onClose}>Не нужно</Button>
        </div>
      </form>
    </Dialog>
  )
}
