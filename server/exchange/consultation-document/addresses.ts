import type { Code } from '../../standards/cda/codes.ts'
import type { Address } from '../../standards/cda/consultation.ts'
import { allSubjects, subjectOf } from '../../standards/cda/subjects.ts'

// Cards and organisations keep an address as one line. Only what the line itself says is taken out of it.

/** The address of a patient: the subject of the Federation when the line names it in full, the postal code when it has one. */
export const patientAddress = (line: string): Address => ({
  line,
  subject: subjectNamedIn(line),
  postalCode: postalCodeIn(line),
})

/** The address of an organisation; its OID (1.2.643.5.1.13.13.12.<kind>.<subject>.<number>) tells the subject. */
export const organizationAddress = (line: string, oid: string): Address => ({
  line,
  subject: subjectOfOid(oid) ?? subjectNamedIn(line),
  postalCode: postalCodeIn(line),
})

function subjectOfOid(oid: string): Code | undefined {
  const code = /^1\.2\.643\.5\.1\.13\.13\.12\.\d+\.(\d{1,2})\.\d/.exec(oid)?.[1]
  return code === undefined ? undefined : subjectOf(code)
}

/** An address begins with the postal code and the subject; a street further on may bear a subject's name too. */
function subjectNamedIn(line: string): Code | null {
  const start = line.replace(/^\s*(Россия|Российская Федерация)?[\s,]*\d{0,6}[\s,]*/iu, '').toLowerCase()
  return allSubjects.find((subject) => start.startsWith(subject.name.toLowerCase())) ?? null
}

const postalCodeIn = (line: string): string | null => /^\D{0,40}?(\d{6})(?!\d)/.exec(line)?.[1] ?? null
