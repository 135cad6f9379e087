import { verifyJournal } from '../modules/journal/index.ts'
import { perform, system } from '../platform/perform.ts'
import { withPlatform } from './open-platform.ts'

/** Recomputes the seals of the action journal, prints the verdict as JSON; the exit code tells (0 intact, 1 broken). */
export async function verifyJournalCommand(): Promise<void> {
  const verdict = await withPlatform((platform) =>
    perform(platform, system, { name: 'journal.verify', journal: 'read' }, verifyJournal),
  )
  process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`)
  process.exitCode = verdict.intact ? 0 : 1
}
