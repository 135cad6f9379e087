import { existsSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { directories } from '../../../contracts/terminology.ts'
import {
  conceptsByCodes,
  currentVersion,
  importDirectory,
  loadStarterSet,
  refreshStatistics,
  searchConcepts,
  type DirectoryContent,
} from '../../modules/terminology/index.ts'
import { actorOf, useTestApp } from '../../platform/testing/test-app.ts'
import { directoryFiles, readDirectoryFile } from './directory-file.ts'

// The state directories themselves, when they lie beside the project: nothing of them is kept in it.
const folder = path.resolve('../shared/data/nsi')
const drugs = '1.2.643.5.1.13.13.99.2.611'
const doctor = actorOf({ role: 'doctor' })

describe.skipIf(!existsSync(folder))('the real directories (skipped when ../shared/data is absent)', () => {
  const app = useTestApp({ routes: () => [] })
  const contents = new Map<string, DirectoryContent>()
  /** Codes and names of the starter set, by directory. */
  const starter = new Map<string, { code: string; name: string }[]>()
  const search = (oid: string, q: string) => app().work(doctor, (work) => searchConcepts(work, oid, q))

  beforeAll(async () => {
    for (const file of await directoryFiles(folder)) {
      const content = await readDirectoryFile(file)
      contents.set(content.oid, content)
    }
    await loadStarterSet(app().db, app().now)
    for (const oid of Object.values(directories)) {
      const rows = app().db.selectFrom('terminology.concept').select(['code', 'name']).where('oid', '=', oid)
      starter.set(oid, await rows.execute())
    }
    for (const oid of [...Object.values(directories), drugs]) await importDirectory(app().platform, contents.get(oid)!)
    await refreshStatistics(app().db)
  }, 240_000)

  it('are 137, all of a known shape, each under an OID of its own, with as many rows as their passports say', async () => {
    expect(contents.size).toBe(137)
    for (const content of contents.values()) {
      let rows = 0
      for await (const batch of content.rowsFrom(0)) {
        rows += batch.length
        for (const row of batch) expect(row.code && row.name, `${content.oid} ${row.key}`).toBeTruthy()
      }
      expect(rows, content.oid).toBe(content.rowCount)
      expect(content.publishedAt, content.oid).toMatch(/^20\d\d-/)
    }
  })

  it('take the place of the starter set', async () => {
    const versions = await app().work(doctor, (work) =>
      Promise.all(Object.values(directories).map((oid) => currentVersion(work, oid))),
    )
    expect(versions).toEqual(['9.6', '2.24', '5.4', '2.10'])
  })

  it.each(Object.entries(directories))('agree with every code and name of the starter set: %s', async (_name, oid) => {
    const ours = starter.get(oid)!
    const codes = ours.map((concept) => concept.code)
    const real = await app().work(doctor, (work) => conceptsByCodes(work, oid, codes))
    expect(ours.length).toBeGreaterThan(40)
    for (const { code, name } of ours) expect(real.get(code)?.name, code).toBe(name)
  })

  it.each([
    [directories.icd10, 'О20', 'J20'],
    [directories.icd10, 'О20', 'O20'],
    [directories.icd10, 'острого бронхита', 'J20.9'],
    [directories.icd10, 'пнивмония', 'J18.9'],
    [directories.icd10, 'nhfdvf ukfpf', 'S05'],
    [directories.icd10, 'болезнь паркенсона', 'G20'],
    [directories.icd10, 'гепатит c', 'B18.2'],
    [directories.icd10, 'сахарный диабет второго типа', 'E11'],
    [directories.icd10, 'ишимический инсульт', 'I63.9'],
    [directories.icd10, 'камни в почках', 'N20.0'],
    [directories.services, 'консультация кардиолога первичная', 'B01.015.001'],
    [directories.services, 'узи почек', 'A04.28.002.001'],
    [directories.services, 'А01.01.001', 'A01.01.001'],
    [directories.positions, 'участковый терапевт', '110'],
    [directories.specialties, 'невралогия', '14'],
  ])('at full size (%s) «%s» has %s among the first three', async (oid, q, code) => {
    expect((await search(oid, q)).slice(0, 3).map((concept) => concept.code)).toContain(code)
  })

  it('find a drug by its name with a typing error and by its dose', async () => {
    expect((await search(drugs, 'парацетомол'))[0]?.name).toContain('ПАРАЦЕТАМОЛ')
    expect((await search(drugs, 'амоксициллин 500'))[0]?.name).toMatch(/^АМОКСИЦИЛЛИН, .*500 мг/)
  })

  it('never offer a class, a block or an abolished code', async () => {
    for (const q of ['A00-A09', 'кишечные инфекции', 'геморрой', 'I', ''])
      for (const { code } of await search(directories.icd10, q)) expect(code).toMatch(/^[A-Z]\d{2}(\.\d{1,2})?$/)
    expect((await search(directories.icd10, 'I84.9')).map((concept) => concept.code)).not.toContain('I84.9')
  })
})
