import type { ReactNode } from 'react'
import { listServiceCategories, type ServiceCategory } from '../../../contracts/service-categories.ts'
import { useRead } from '../../api/index.ts'
import { Card, Notice, Row, Rows } from '../../ui/index.ts'

/** What this patient may come for; none while it is read, for it only helps to choose. */
export function useCategories(patientId: string): readonly ServiceCategory[] {
  return useRead(listServiceCategories, { query: { patientId } }).data?.categories ?? []
}

type Props = {
  categories: readonly ServiceCategory[]
  /** Codes of the specialties that receive here. */
  here: ReadonlySet<string>
  onChoose: (category: ServiceCategory) => void
}

/** «Зачем идёте»: for those who know what they need and not which doctor gives it. */
export function Categories({ categories, here, onChoose }: Props): ReactNode {
  const served = categories.filter(({ specialtyCodes }) => specialtyCodes.some((code) => here.has(code)))
  if (served.length === 0) return null
  return (
    <Card title="Зачем идёте">
      <Rows label="Цели визита">
        {served.map((category) => (
          <Row key={category.id} title={category.name} about={category.about} onPress={() => onChoose(category)} />
        ))}
      </Rows>
    </Card>
  )
}

/** What is chosen, and what to bring for it. */
export const ChosenCategory = ({ category }: { category: ServiceCategory }): ReactNode => (
  <Notice title={category.name}>{category.bring && <p>Возьмите с собой: {category.bring}</p>}</Notice>
)
