import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { loadStarterSet } from '../modules/terminology/index.ts'
import { useTestApp } from '../platform/testing/test-app.ts'
import { importOrganizationsCommand, putFiles } from './import-organizations.ts'
import { readOrganizationFiles, type FileName } from './read-organization-files.ts'
import { makeEmployee } from './create-employee.ts'

const organizations = `oid;name;short_name;kind;address;latitude;longitude;phone;inn;ogrn;license;time_zone;change_deadline_minutes
1.2.643.5.1.13.13.12.2.77.9001;"Городская поликлиника № 9; главный корпус";Поликлиника № 9;polyclinic;г. Энск, ул. Новая, 9;55,75;37.61;+7 495 000-00-09;7707083893;1027700132195;;Europe/Moscow;
`
const departments = `organization_oid;oid;name;address
1.2.643.5.1.13.13.12.2.77.9001;1.2.643.5.1.13.13.12.2.77.9001.0.1;Терапия;
`
const rooms = `department_oid;number;floor
1.2.643.5.1.13.13.12.2.77.9001.0.1;12;1
1.2.643.5.1.13.13.12.2.77.9001.0.1;13;
`
const staff = `snils;last_name;first_name;middle_name;sex;birth_date;department_oid;position_code;specialty_code;since;until
112-233-445 95;Громова;Анна;Петровна;female;1980-02-29;1.2.643.5.1.13.13.12.2.77.9001.0.1;109;27;2020-01-01;
`
const whole = { organizations, departments, rooms, staff }
type Texts = Partial<Record<FileName, string>>
const bytesOf = (texts: Texts): Partial<Record<FileName, Uint8Array>> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]))

describe('rmis import organizations', () => {
  const app = useTestApp({ routes: () => [], fill: ({ db, now }) => loadStarterSet(db, now) })
  const put = (texts: Texts) => putFiles(app().platform, bytesOf(texts))
  const problemsOf = async (texts: Texts) => {
    const outcome = await put(texts)
    if (!('problems' in outcome)) throw new Error('nothing was refused')
    return outcome.problems.map(({ file, line, text }) => `${file}:${line} ${text}`)
  }
  const count = async (table: 'organization' | 'department' | 'room' | 'practitioner' | 'practitioner_role') => {
    const row = await app()
      .db.selectFrom(`organizations.${table}`)
      .select((e) => e.fn.countAll().as('n'))
      .executeTakeFirstOrThrow()
    return Number(row.n)
  }
  const exitCode = process.exitCode
  afterEach(() => void (process.exitCode = exitCode))

  it('writes nothing when a line is wrong, and names every one', async () => {
    expect(
      await problemsOf({
        ...whole,
        departments: `${departments}1.2.3.4;1.2.3.4.5;Нигде;\n`,
        rooms: `${rooms}1.2.643.5.1.13.13.12.2.77.9001.0.1;13;2\n`,
        staff: staff.replace(';109;27;', ';999999;27;'),
      }),
    ).toEqual([
      'rooms.csv:4 этот кабинет встречается дважды',
      'departments.csv:3 нет организации с таким organization_oid',
      expect.stringContaining('staff.csv:2 position_code: кода «999999» нет в загруженном справочнике'),
    ])
    expect(await count('organization')).toBe(0)
  })

  it('registers organisations, departments, rooms and staff, and journals it', async () => {
    expect(await put(whole)).toMatchObject({
      updated: { organizations: { added: 1 }, departments: { added: 1 }, rooms: { added: 2 }, staff: { added: 1 } },
    })
    const organization = await app().db.selectFrom('organizations.organization').selectAll().executeTakeFirstOrThrow()
    expect(organization).toMatchObject({
      name: 'Городская поликлиника № 9; главный корпус',
      latitude: 55.75,
      license: null,
      change_deadline_minutes: 120,
    })
    expect(await app().journal('organizations.import')).toHaveLength(2)
  })

  it('changes nothing when it is repeated', async () => {
    expect(await put(whole)).toEqual({
      updated: {
        organizations: { added: 0, changed: 0, same: 1 },
        departments: { added: 0, changed: 0, same: 1 },
        rooms: { added: 0, changed: 0, same: 2 },
        staff: { added: 0, changed: 0, same: 1 },
      },
    })
  })

  it('makes a doctor’s account with every position the person holds', async () => {
    const made = await makeEmployee(app().platform, 'ab'.repeat(32), {
      role: 'doctor',
      login: 'gromova',
      name: '112-233-445 95',
      organizationOid: undefined,
    })
    const assignments = await app()
      .db.selectFrom('access.assignment')
      .select(['role', 'staff_id'])
      .where('account_id', '=', made.accountId)
      .execute()
    const positions = await app().db.selectFrom('organizations.practitioner_role').select('id').execute()
    expect(assignments).toEqual(positions.map(({ id }) => ({ role: 'doctor', staff_id: id })))
    const nobody = { role: 'doctor', login: 'nobody', name: '16079854199', organizationOid: undefined } as const
    await expect(makeEmployee(app().platform, 'ab'.repeat(32), nobody)).rejects.toThrow('nobody with this СНИЛС')
  })

  it('changes what differs and keeps its id, since timetables and records refer to it', async () => {
    const idOf = () => app().db.selectFrom('organizations.practitioner_role').select('id').executeTakeFirstOrThrow()
    const before = await idOf()
    expect(
      await put({
        organizations: organizations.replace('ул. Новая, 9', 'ул. Старая, 1'),
        staff: staff.replace('Громова', 'Громова-Ильина').replace('2020-01-01;', '2020-01-01;2026-12-31'),
      }),
    ).toMatchObject({ updated: { organizations: { changed: 1 }, staff: { added: 0, changed: 1 } } })
    expect(await idOf()).toEqual(before)
    expect(await count('practitioner')).toBe(1)
  })

  it('adds one of each when two imports run at once', async () => {
    const more = `${rooms}1.2.643.5.1.13.13.12.2.77.9001.0.1;14;1\n`
    const moreStaff = staff.replace('112-233-445 95', '160-798-541 99')
    await Promise.all(Array.from({ length: 8 }, () => put({ rooms: more, staff: moreStaff })))
    expect([await count('room'), await count('practitioner'), await count('practitioner_role')]).toEqual([3, 2, 2])
  })

  it('does not move a department to another organisation', async () => {
    const other = organizations.replace('77.9001;', '77.9002;')
    const moved = departments.replace('77.9001;1', '77.9002;1')
    expect(await problemsOf({ organizations: other, departments: moved })).toEqual([
      expect.stringContaining('departments.csv:2 это подразделение другой организации'),
    ])
  })

  it.each([[[]], [['--help']], [['one', 'two']]])('does not understand %j', async (args: string[]) => {
    await importOrganizationsCommand(args)
    expect(process.exitCode).toBe(2)
  })
})

describe('files of organisations', () => {
  const problemsOf = (texts: Texts) =>
    readOrganizationFiles(bytesOf(texts)).problems.map(({ file, line, text }) => `${file}:${line} ${text}`)

  it('are read in UTF-8 with a mark and in windows-1251 alike', () => {
    const marked = readOrganizationFiles({ departments: Buffer.from(`\uFEFF${departments}`) })
    // «Терапия» in windows-1251.
    const [before, after] = departments.split('Терапия')
    const cyrillic = Buffer.from([0xd2, 0xe5, 0xf0, 0xe0, 0xef, 0xe8, 0xff])
    const windows = readOrganizationFiles({
      departments: Buffer.concat([Buffer.from(before!), cyrillic, Buffer.from(after!)]),
    })
    expect(marked).toEqual(windows)
    expect(windows.files.departments[0]).toMatchObject({ name: 'Терапия', line: 2 })
  })

  it.each([
    [
      'a column is missing',
      { rooms: 'department_oid;number\n' },
      'rooms.csv:1 в первой строке не хватает столбцов: floor',
    ],
    [
      'a СНИЛС is wrong',
      { staff: staff.replace('445 95', '445 96') },
      'staff.csv:2 snils: СНИЛС не проходит проверку: в номере опечатка',
    ],
    [
      'a day does not exist',
      { staff: staff.replace('1980-02-29', '1981-02-29') },
      'staff.csv:2 birth_date: «1981-02-29» – не дата (пишется 2026-03-01)',
    ],
    [
      'a zone is unknown',
      { organizations: organizations.replace('Europe/Moscow', 'Europe/Ensk') },
      'organizations.csv:2 time_zone: «Europe/Ensk» – не часовой пояс (например, Europe/Moscow)',
    ],
    [
      'a floor is a word',
      { rooms: rooms.replace(';1\n', ';первый\n') },
      'rooms.csv:2 floor: «первый» – не число от -5 до 200',
    ],
    ['a name is missing', { departments: departments.replace('Терапия', '') }, 'departments.csv:2 name: не заполнено'],
  ])('are refused when %s', (_why, texts: Texts, told) => {
    expect(problemsOf(texts)).toEqual([told])
  })

  it('tell the line of a row with too many cells', () => {
    expect(problemsOf({ rooms: `${rooms}a;b;c;d;e\n` })).toEqual([expect.stringMatching(/^rooms\.csv:4 /)])
  })

  it('never end in an error of the program, whatever they are made of', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }), (bytes, text) => {
        readOrganizationFiles({ rooms: bytes, staff: Buffer.from(staff.split('\n')[0] + '\n' + text) })
      }),
    )
  })
})
