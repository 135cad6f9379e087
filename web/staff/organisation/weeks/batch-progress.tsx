import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { resumeTimetableBatch, type BatchItem, type TimetableBatch } from '../../../../contracts/timetable-batches.ts'
import { useAction, type Refusal } from '../../../api/index.ts'
import { Badge, Button, Card, count, Row, Rows, Skeleton } from '../../../ui/index.ts'
import { at } from '../../addresses.ts'
import { ProblemNotice } from '../../problem-notice.tsx'

type Props = { batch: TimetableBatch | undefined; refusal: Refusal | undefined; onResumed: () => void }

/** How many timetables of a publication are through, and those that are not, each with what to do about it. */
export function BatchProgress({ batch, refusal, onResumed }: Props): ReactNode {
  const [, navigate] = useLocation()
  const resume = useAction(resumeTimetableBatch, { onDone: onResumed })
  if (refusal && !batch) return <ProblemNotice refusal={refusal} />
  if (!batch) return <Skeleton shape="card" label="Загружаем ход публикации" />
  const of = (...states: BatchItem['state'][]) => batch.items.filter((item) => states.includes(item.state))
  const waiting = of('waiting').length
  const left = of('touches-visits', 'refused')
  const ready = batch.items.length - waiting
  const words = `${ready} из ${count(batch.items.length, ['графика', 'графиков', 'графиков'])}`
  return (
    <Card
      title={waiting > 0 ? 'Публикуем графики' : 'Публикация закончена'}
      aside={<span className="soft">{words}</span>}
    >
      <progress className="progress" max={batch.items.length} value={ready} aria-label="Обработано графиков" />
      <p aria-live="polite">
        {waiting > 0
          ? 'Страницу можно закрыть: работа идёт на сервере.'
          : left.length === 0
            ? 'Все графики опубликованы.'
            : `Опубликовано ${of('done').length}, осталось решить: ${left.length}.`}
      </p>
      {left.length > 0 && (
        <Rows label="Не опубликованы">
          {left.map((item) => (
            <Row
              key={item.n}
              title={item.doctorName}
              about={whyWords(item)}
              aside={
                item.state === 'touches-visits' ? (
                  <Badge kind="warning">{count(item.visits, ['запись', 'записи', 'записей'])}</Badge>
                ) : undefined
              }
            >
              {item.state === 'touches-visits' && (
                <Button
                  size="small"
                  onClick={() =>
                    navigate(at.editTimetable(item.staffId, item.scheduleId), {
                      state: { edit: { from: batch.from, changes: item.changes } },
                    })
                  }
                >
                  Решить, что делать с записями
                </Button>
              )}
            </Row>
          ))}
        </Rows>
      )}
      {left.length > 0 && waiting === 0 && (
        <div className="cluster">
          <Button busy={resume.busy} onClick={() => resume.run({ params: { batchId: batch.id }, body: {} })}>
            Попробовать оставшиеся ещё раз
          </Button>
        </div>
      )}
      <ProblemNotice refusal={resume.refusal} />
    </Card>
  )
}

const whyWords = ({ state, problem }: BatchItem): string =>
  state === 'touches-visits'
    ? 'На время, которое исчезает, записаны пациенты'
    : [problem?.title, problem?.detail, problem?.advice].filter(Boolean).join('. ')
