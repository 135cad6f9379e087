import { WrongSetting } from '../config.ts'
import { migrate } from '../platform/database/migrate.ts'
import { migrateJobs } from '../platform/jobs.ts'
import { databaseUrlOf } from './open-platform.ts'

/** Brings the database of RMIS_DATABASE_URL to the newest migration and says what was applied. */
export async function migrateCommand(): Promise<void> {
  const url = databaseUrlOf()
  if (!url) throw new WrongSetting('RMIS_DATABASE_URL is required')
  const applied = await migrate(url)
  await migrateJobs(url)
  process.stdout.write(applied.length > 0 ? `applied: ${applied.join(', ')}\n` : 'nothing to apply\n')
}
