import { useState, type ReactNode } from 'react'
import {
  listServiceCategories,
  showCategoryHistory,
  type ServiceCategory,
} from '../../../contracts/service-categories.ts'
import { useRead } from '../../api/index.ts'
import {
  Button,
  Card,
  Dialog,
  EmptyState,
  ErrorState,
  ownZone,
  Page,
  Row,
  Rows,
  Skeleton,
  stampWords,
} from '../../ui/index.ts'
import { CategoryForm } from './category-form.tsx'

/** What people come for, in their own words: citizens begin booking from it, registrars see it. */
export default function CategoriesPage(): ReactNode {
  const read = useRead(listServiceCategories, { query: {} })
  const [editing, setEditing] = useState<ServiceCategory | 'new' | undefined>(undefined)
  const [shown, setShown] = useState<ServiceCategory | undefined>(undefined)
  const categories = read.data?.categories
  return (
    <Page
      title="Цели визита"
      lead="Зачем приходят, словами пациента. Врачи каких специальностей это делают и что взять с собой"
      actions={
        <Button kind="primary" icon="plus" onClick={() => setEditing('new')}>
          Новая цель
        </Button>
      }
    >
      {read.error && !categories ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !categories ? (
        <Skeleton shape="rows" count={6} label="Загружаем цели визита" />
      ) : categories.length === 0 ? (
        <EmptyState icon="check" title="Целей пока нет">
          <p>Без них записываются сразу к врачу нужной специальности.</p>
        </EmptyState>
      ) : (
        <Card>
          <Rows label="Цели визита">
            {categories.map((category) => (
              <Row key={category.id} title={category.name} about={aboutWords(category)}>
                <div className="cluster">
                  <Button size="small" onClick={() => setEditing(category)}>
                    Изменить
                  </Button>
                  <Button size="small" kind="plain" onClick={() => setShown(category)}>
                    История
                  </Button>
                </div>
              </Row>
            ))}
          </Rows>
        </Card>
      )}
      {editing && (
        <CategoryForm category={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
      {shown && <History category={shown} onClose={() => setShown(undefined)} />}
    </Page>
  )
}

const aboutWords = ({ about, ageFrom, ageTo, sex, bring }: ServiceCategory): string =>
  [
    about,
    ageFrom === 0 && ageTo === 150 ? null : `${ageFrom}–${ageTo} лет`,
    sex && (sex === 'female' ? 'женщинам' : 'мужчинам'),
    bring && `С собой: ${bring}`,
  ]
    .filter(Boolean)
    .join('. ')
    .replaceAll('..', '.')

function History({ category, onClose }: { category: ServiceCategory; onClose: () => void }): ReactNode {
  const read = useRead(showCategoryHistory, { params: { categoryId: category.id } })
  return (
    <Dialog open title={`История: ${category.name}`} onClose={onClose}>
      {read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data ? (
        <Skeleton shape="rows" label="Загружаем историю" />
      ) : (
        <Rows label="Изменения">
          {read.data.versions.map((version) => (
            <Row
              key={version.version}
              title={`${version.name}${version.withdrawn ? ' — снята' : ''}`}
              about={`${stampWords(version.changedAt, ownZone())}, ${version.changedBy}. ${version.reason}`}
            />
          ))}
        </Rows>
      )}
    </Dialog>
  )
}
