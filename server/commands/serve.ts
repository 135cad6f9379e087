import { readConfig, WrongSetting } from '../config.ts'
import { esiaSettings } from '../exchange/esia/index.ts'
import { isDemoPresent } from '../modules/access/index.ts'
import { isDemoAuthorityPresent } from '../modules/signatures/index.ts'
import { openDatabase } from '../platform/database/open-database.ts'
import { migrate } from '../platform/database/migrate.ts'
import { migrateJobs } from '../platform/jobs.ts'
import { startNode } from '../start-node.ts'
import { stopOnSignal } from './stop-on-signal.ts'

/** A production node. Refuses default secrets, a missing database, and a database that holds demo users. */
export async function serveProduction(): Promise<void> {
  const config = readConfig('production')
  const databaseUrl = config.databaseUrl!
  // A node that could not serve anyway must not have changed the database first.
  esiaSettings(config, config.secret!)
  await migrate(databaseUrl)
  await migrateJobs(databaseUrl)
  const database = openDatabase(databaseUrl, { max: 2 })
  const [demo, demoAuthority] = await Promise.all([
    isDemoPresent(database.db),
    isDemoAuthorityPresent(database.db),
  ]).finally(() => database.close())
  if (demo)
    throw new WrongSetting(
      'this database holds demo users whose passwords are public; production needs a database of its own',
    )
  if (demoAuthority)
    throw new WrongSetting(
      'this database trusts the demo authority, whose signatures mean nothing; production needs a database of its own',
    )
  const node = await startNode({ config, databaseUrl, secret: config.secret! })
  node.platform.log.info({ address: node.address }, 'ready')
  await stopOnSignal(() => node.stop())
}
