import type { FileContent } from '../../../contracts/endpoint.ts'
import type { Work } from '../../platform/work.ts'
import { showUtilisation, type Asked } from './show-utilisation.ts'
import { csvOf } from './usage.ts'

const columns = [
  'Что',
  'Подробнее',
  'Предложено',
  'Занято',
  'Принято',
  'Не пришли',
  'Исход не отмечен',
  'Предстоит',
  'Не использовано',
  'Свободно впереди',
  'Закрыто',
  'Поздние отмены',
  'Дней до третьего свободного времени',
]

/** The rows of `showUtilisation` as a file for a spreadsheet, the total last. */
export async function exportUtilisation(work: Work, asked: Asked): Promise<FileContent> {
  const { rows, total, from, to } = await showUtilisation(work, asked)
  const all = [...rows, { title: 'Всего', note: null, ...total, thirdFreeDays: null }]
  const cells = all.map((r) => [
    r.title,
    r.note,
    r.offered,
    r.taken,
    r.fulfilled,
    r.noShow,
    r.unmarked,
    r.coming,
    r.unused,
    r.free,
    r.closed,
    r.lateCancelled,
    r.thirdFreeDays,
  ])
  return { bytes: Buffer.from(csvOf(columns, cells)), fileName: `Использование времени ${from} – ${to}.csv` }
}
