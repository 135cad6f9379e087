import type { OutsideJob } from '../../platform/jobs.ts'
import { perform, system } from '../../platform/perform.ts'
import { deliverDue } from './deliver.ts'
import { DELIVER } from './notify.ts'
import type { NotificationSettings } from './ports.ts'
import { remindDue } from './remind.ts'

/** Sending: at once when something was made, and every minute for what waited. Reminding: every minute. */
export const notificationJobs = (settings: NotificationSettings): readonly OutsideJob[] => [
  { name: DELIVER, cron: '* * * * *', runOutside: async (platform) => void (await deliverDue(platform, settings)) },
  {
    name: 'notifications.remind',
    cron: '* * * * *',
    runOutside: async (platform) => {
      const operation = { name: 'notifications.remind', journal: 'change' } as const
      // A batch is a transaction: what a long standstill has piled up does not hold one for minutes.
      while ((await perform(platform, system, operation, (work) => remindDue(work, settings))) > 0);
    },
  },
]
