import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { allEndpoints } from '../contracts/index.ts'

// The arrows of architecture.json hold in four places: imports (dependency-cruiser, `npm run check`), and here the
// text of SQL, foreign keys and the list of folders. Beside them, rules of this repository, each with its reason.

const root = path.resolve(import.meta.dirname, '..')
const { modules } = JSON.parse(readFileSync(path.join(root, 'architecture.json'), 'utf8')) as {
  modules: Record<string, string[]>
}
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const schema = read('server/migrations/schema.generated.sql')

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder)).flatMap((name) => {
    const file = path.join(folder, name)
    return statSync(path.join(root, file)).isDirectory() ? filesUnder(file) : [file]
  })
}
const code = filesUnder('server').filter(
  (file) => /\.tsx?$/.test(file) && !/\.(test|generated)\.ts$|testing\/|\/test-[a-z-]+\.ts$/.test(file),
)

/** Every table with its own text: «create table booking.appointment (…)». */
const tables = [...schema.matchAll(/^create table (\w+)\.(\w+) \(\n([\s\S]*?)\n\)/gm)].map(([, room, name, body]) => ({
  room: room!,
  name: `${room}.${name}`,
  body: body!,
}))

/** The text of a file without its comments: they may speak of any table. */
const codeOf = (file: string): string => read(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

const mentions = (file: string): string[] => {
  const text = codeOf(file)
  return tables
    .filter(({ name }) => new RegExp(`\\b${name.replace('.', '\\.')}\\b(?!-)`).test(text))
    .map(({ name }) => name)
}

describe('the list of modules', () => {
  it('is the list of folders, each with a README and a face', () => {
    expect(readdirSync(path.join(root, 'server/modules')).sort()).toEqual(Object.keys(modules).sort())
    for (const name of Object.keys(modules)) {
      expect(existsSync(path.join(root, `server/modules/${name}/README.md`)), `${name}/README.md`).toBe(true)
      expect(existsSync(path.join(root, `server/modules/${name}/index.ts`)), `${name}/index.ts`).toBe(true)
    }
  })

  it('has arrows without circles', () => {
    const visit = (name: string, above: string[]): void => {
      expect(above, [...above, name].join(' → ')).not.toContain(name)
      modules[name]!.forEach((other) => visit(other, [...above, name]))
    }
    Object.keys(modules).forEach((name) => visit(name, []))
  })
})

describe('SQL', () => {
  const moduleOf = (file: string) => /^server\/modules\/([^/]+)\//.exec(file)?.[1]
  // The journal's tables stand in `platform`, because every operation writes them; its module reads and seals them.
  const also: Record<string, string[]> = { journal: ['platform'] }

  it('of a module speaks of its own tables only', () => {
    for (const file of code) {
      const room = moduleOf(file)
      if (!room) continue
      const foreign = mentions(file).filter((name) => ![room, ...(also[room] ?? [])].includes(name.split('.')[0]!))
      expect(foreign, file).toEqual([])
    }
  })

  it('of the platform speaks of no module, and adapters have none', () => {
    for (const file of code.filter((f) => f.startsWith('server/platform/')))
      expect(
        mentions(file).filter((name) => !name.startsWith('platform.')),
        file,
      ).toEqual([])
    for (const file of code.filter((f) => /^server\/(exchange|standards)\//.test(f)))
      expect(mentions(file), file).toEqual([])
  })

  it('of a module stands in its stores', () => {
    const astray = code.filter((f) => moduleOf(f) && !/\/store(-[a-z-]+)?\.ts$/.test(f) && mentions(f).length > 0)
    expect(astray).toEqual([])
  })
})

describe('foreign keys', () => {
  it('follow the arrows', () => {
    for (const { room, name, body } of tables) {
      for (const [, target] of body.matchAll(/FOREIGN KEY \([^)]*\) REFERENCES (\w+)\.\w+/g)) {
        const allowed = [room, ...(modules[room] ?? [])]
        expect(allowed, `${name} refers to ${target}`).toContain(target)
      }
    }
  })
})

// Why: on a cluster a table lies by its key; see ARCHITECTURE.md, «Keys», and ADR 0005.
describe('keys', () => {
  const families: Record<string, string> = {
    schedules: 'organization_id',
    patients: 'patient_id',
    booking: 'organization_id',
    chart: 'patient_id',
    documents: 'patient_id',
    notifications: 'patient_id',
  }
  const exceptions: Record<string, string> = {
    'booking.patient_visit': 'patient_id',
    // The question beside a visit, asked and answered on the patient's side.
    'booking.change_offer': 'patient_id',
    // Claimed by another system's own id, before the organisation is known.
    'booking.external_booking': 'system_id',
    // Keyed by the number itself: «one person per СНИЛС» cannot be a unique index of a table that lies by patient.
    'patients.identifier': 'system',
    // A dictionary of words, copied everywhere like the directories.
    'patients.name_word': 'word',
    // Rules of the region: few, read by every node, copied everywhere like the directories.
    'booking.rule_version': 'rule_id',
    'booking.rule_set': 'single',
    // What people come for: the same.
    'booking.service_category_version': 'category_id',
    // One production calendar for the country: a directory, copied everywhere.
    'schedules.calendar_day': 'day',
    // Some dozens of authorities, copied everywhere like the directories.
    'patients.guardianship_authority': 'id',
    // A request of an account that has no card yet.
    'patients.link_request': 'id',
    // Found by the token alone: whoever follows a reminder's link names nobody.
    'notifications.answer_link': 'token',
  }

  it('lead with the organisation or the patient', () => {
    for (const { room, name, body } of tables) {
      const lead = exceptions[name] ?? families[room]
      if (!lead) continue
      const primary = /PRIMARY KEY \((\w+)/.exec(body)?.[1]
      expect(primary, `primary key of ${name}`).toBe(lead)
    }
  })

  it('of unique indexes lead with it too', () => {
    const byAccount = new Set([
      'patients.account_link',
      'patients.link_request',
      'patients.identifier',
      'notifications.answer_link',
    ])
    for (const [, name, column] of schema.matchAll(/^CREATE UNIQUE INDEX \w+ ON (\w+\.\w+) USING btree \((\w+)/gm)) {
      const lead = exceptions[name!] ?? families[name!.split('.')[0]!]
      if (lead && !byAccount.has(name!)) expect(column, `unique index of ${name}`).toBe(lead)
    }
  })
})

describe('rules of this repository', () => {
  it('names each operation once', () => {
    const names = allEndpoints.map((e) => e.name)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
    const addresses = allEndpoints.map((e) => `${e.method} ${e.path}`)
    expect(addresses.filter((a, i) => addresses.indexOf(a) !== i)).toEqual([])
  })

  it('reads process.env in config.ts alone, so that docs/operations can list every setting', () => {
    expect(
      code.filter(
        (f) => f !== 'server/config.ts' && /process\.env\b(?!,| \})/.test(read(f).replaceAll('...process.env', '')),
      ),
    ).toEqual([])
  })

  it('takes the time from the operation: a use case that asks the machine cannot be tested', () => {
    const astray = code.filter((f) => f.startsWith('server/modules/') && /Date\.now\(\)|new Date\(\)/.test(read(f)))
    expect(astray).toEqual([])
  })

  it('lets no module open a transaction of its own', () => {
    // The starter set is loaded by a command and by the tests, outside any operation, a transaction a directory.
    const allowed = ['server/modules/terminology/load-starter-set.ts']
    expect(
      code.filter(
        (f) =>
          f.startsWith('server/modules/') && !allowed.includes(f) && /\.transaction\(\)|\.transact\(/.test(read(f)),
      ),
    ).toEqual([])
  })
})

describe('the documents', () => {
  it('list every setting that config.ts reads, and no other', () => {
    const names = (text: string) => new Set(text.match(/\bRMIS_[A-Z_]*[A-Z]\b/g))
    const config = names(read('server/config.ts'))
    // The message about missing files puts the names of settings together from this beginning.
    config.delete('RMIS_ESIA')
    const listed = new Set(
      [...read('docs/operations/README.md').matchAll(/^\| `(RMIS_\w+)`/gm)].map(([, name]) => name!),
    )
    expect([...listed].sort()).toEqual([...config].sort())
  })
})
