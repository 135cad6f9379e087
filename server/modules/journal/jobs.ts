import { ensureActionPartitions } from '../../platform/journal.ts'
import type { Job } from '../../platform/jobs.ts'
import { sealJournal } from './seal-journal.ts'

/** Sealing every five minutes (a backlog is caught up batch by batch), and next month's partition every night. */
export const journalJobs = (): readonly Job[] => [
  {
    name: 'journal.seal',
    cron: '*/5 * * * *',
    run: async (work) => {
      for (let batches = 0; batches < 48 && (await sealJournal(work)); batches++);
    },
  },
  { name: 'journal.make-partitions', cron: '30 1 * * *', run: (work) => ensureActionPartitions(work.db, work.now) },
]
