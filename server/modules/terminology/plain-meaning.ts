import { plainMeanings } from './plain-meanings.ts'

/**
 * A short explanation of a diagnosis for the patient, in plain Russian; the three-character category speaks for codes
 * that have none of their own. Undefined when there is none: then the official name stands alone.
 */
export const plainMeaning = (icd10Code: string): string | undefined =>
  plainMeanings[icd10Code] ?? plainMeanings[icd10Code.slice(0, 3)]
