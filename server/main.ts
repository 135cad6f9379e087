import { WrongSetting } from './config.ts'

const usage = `rmis <command>

  demo                      the demo region on this machine, with an embedded PostgreSQL
  serve                     a production node (settings: docs/operations)
  migrate                   bring the database of RMIS_DATABASE_URL to the newest migration
  import nsi <folder>       load directories of the НСИ from a folder of JSON files
  import nsi --online OID…  load directories from the НСИ's REST service
  import organizations DIR  organisations, departments, rooms and staff from CSV files
  import trust FILE…        certificates of authorities whose signatures are trusted (PEM or DER)
  create-employee …         an account for the first administrator and those they need
  import calendar <file>    take a production calendar (JSON or CSV), or --law YEAR… for ст. 112 ТК РФ
  verify-journal            recompute the seals of the action journal
`

/** One program of subcommands; each command is loaded only when it is called. */
async function main(args: string[]): Promise<void> {
  const [command, ...rest] = args
  switch (command) {
    case 'demo':
      return (await import('./commands/demo.ts')).demo()
    case 'serve':
      return (await import('./commands/serve.ts')).serveProduction()
    case 'migrate':
      return (await import('./commands/migrate.ts')).migrateCommand()
    case 'import':
      if (rest[0] === 'calendar')
        return (await import('./commands/import-calendar.ts')).importCalendarCommand(rest.slice(1))
      if (rest[0] === 'organizations')
        return (await import('./commands/import-organizations.ts')).importOrganizationsCommand(rest.slice(1))
      if (rest[0] === 'trust') return (await import('./commands/import-trust.ts')).importTrustCommand(rest.slice(1))
      return (await import('./commands/import-nsi.ts')).importNsiCommand(rest)
    case 'create-employee':
      return (await import('./commands/create-employee.ts')).createEmployeeCommand(rest)
    case 'verify-journal':
      return (await import('./commands/verify-journal.ts')).verifyJournalCommand()
    default:
      process.stderr.write(usage)
      process.exitCode = command === undefined || command === 'help' || command === '--help' ? 0 : 2
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  // A wrong setting is the operator's to mend: one sentence, no stack.
  process.stderr.write(
    error instanceof WrongSetting ? `rmis: ${error.message}\n` : `rmis: ${(error as Error).stack ?? String(error)}\n`,
  )
  process.exit(1)
})
