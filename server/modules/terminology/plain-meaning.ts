import { plainMeanings } from './plain-meanings.ts'

const meanings = new Map(Object.entries(plainMeanings))

/**
 * A short explanation of a diagnosis for the patient, in plain Russian; the three-character category speaks for codes
 * that have none of their own. Undefined when there is none: then the official name stands alone.
 */
export const plainMeaning = (icd10Code: string): string | undefined =>
  meanings.get(icd10Code) ?? meanings.get(icd10Code.slice(0, 3))
