import { readFile } from 'node:fs/promises'
import { WrongSetting } from '../config.ts'
import { offerFreedTimes } from '../modules/booking/index.ts'
import { importCalendar, statutoryCalendar, type CalendarDay } from '../modules/schedules/index.ts'
import { perform, system } from '../platform/perform.ts'
import { readCalendar } from './calendar-file.ts'
import { withPlatform } from './open-platform.ts'

const usage = `rmis import calendar <file>        a production calendar: JSON or CSV (day;kind;like;name)
rmis import calendar --law YEAR…   the holidays of ст. 112 ТК РФ, without the days that the Government moves
`
const operation = { name: 'schedules.import-calendar', journal: 'change' } as const

/**
 * `rmis import calendar`: takes a production calendar in the place of what was known for its years; published times follow
 * it. Exit code: 0 done, 2 the command was not understood.
 */
export async function importCalendarCommand(args: readonly string[]): Promise<void> {
  const [what, ...years] = args
  const byLaw = what === '--law'
  if (
    what === undefined ||
    (byLaw ? years.length === 0 || !years.every((y) => /^20\d\d$/.test(y)) : args.length !== 1)
  ) {
    process.stderr.write(usage)
    process.exitCode = 2
    return
  }
  const days = byLaw ? years.flatMap((year) => statutoryCalendar(Number(year))) : await daysOf(what)
  const done = await withPlatform((platform) =>
    perform(platform, system, operation, (work) => importCalendar(work, offerFreedTimes, days)),
  )
  process.stdout.write(
    `Дней в календаре: ${days.length}, изменилось: ${done.changedDays}. Время приёма: закрыто ${done.closed}, открыто ${done.opened}, ` +
      `добавлено ${done.added}. Записей на нерабочее время: ${done.booked}.\n`,
  )
}

async function daysOf(file: string): Promise<CalendarDay[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new WrongSetting(`«${file}» cannot be read`)
  })
  try {
    return readCalendar(text)
  } catch (error) {
    throw new WrongSetting(`«${file}»: ${(error as Error).message}`)
  }
}
