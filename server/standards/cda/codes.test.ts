import { describe, expect, it } from 'vitest'
import * as codes from './codes.ts'
import { allSubjects } from './subjects.ts'
import { haveDirectories, standsInDirectory } from './testing/directories.ts'

const isCode = (value: object): value is codes.Code => 'systemName' in value
const codesIn = (value: unknown): codes.Code[] =>
  value === null || typeof value !== 'object'
    ? []
    : isCode(value)
      ? [value]
      : Object.values(value).flatMap((inner) => codesIn(inner))

describe.skipIf(!haveDirectories)('codes of the CDA codec (skipped without ../shared/data)', () => {
  const own = [...codesIn({ ...codes }), ...allSubjects]

  it('are many', () => expect(own.length).toBeGreaterThan(130))

  it('stand in the directory, in that version, under that name', () =>
    expect(own.filter((code) => !standsInDirectory(code))).toEqual([]))
})
