import { directories } from '../../../../contracts/terminology.ts'
import { icd10 } from './icd10.ts'
import { positions } from './positions.ts'
import { services } from './services.ts'
import { specialties } from './specialties.ts'

type StarterDirectory = { oid: string; name: string; rows: readonly (readonly [code: string, name: string])[] }

/** What a clone without the НСИ works with: real codes and names, chosen by use in out-patient care. */
export const starterDirectories: readonly StarterDirectory[] = [
  { oid: directories.icd10, name: 'МКБ-10: частые диагнозы', rows: icd10 },
  { oid: directories.services, name: 'Номенклатура медицинских услуг: частые услуги', rows: services },
  { oid: directories.positions, name: 'Должности: врачи и сёстры поликлиники', rows: positions },
  { oid: directories.specialties, name: 'Специальности врачей и сестёр', rows: specialties },
]

/** Codes of a directory that are used often: the starter set is chosen by that, so search shows them first. */
export const commonCodes = (oid: string): string[] =>
  starterDirectories.find((directory) => directory.oid === oid)?.rows.map(([code]) => code) ?? []
