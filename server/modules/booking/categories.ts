import type { Kysely } from 'kysely'
import type { InputOf, ReplyOf } from '../../../contracts/endpoint.ts'
import { PatientNotFound } from '../../../contracts/patients.ts'
import { Invalid } from '../../../contracts/problems.ts'
import {
  CategoryChangedMeanwhile,
  CategoryDoesNotFit,
  CategoryNotFound,
  type changeCategory as changeContract,
  type createCategory as createContract,
  type ServiceCategory,
  type showCategoryHistory as historyContract,
} from '../../../contracts/service-categories.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import { newId, SYSTEM_ID } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { bookingFactsOf, mayActFor, type BookingFacts } from '../patients/index.ts'
import { ageToday } from './apply-rules.ts'
import * as store from './store-categories.ts'

/** Whether a category is for somebody of this age (full years) and sex. */
const isFor = (category: Pick<ServiceCategory, 'ageFrom' | 'ageTo' | 'sex'>, age: number, sex: 'male' | 'female') =>
  age >= category.ageFrom && age <= category.ageTo && (category.sex === null || category.sex === sex)

/** What people come for; with a patient, only what is for them. Throws PatientNotFound. */
export async function listCategories(
  work: Work,
  patientId: string | undefined,
): Promise<{ categories: ServiceCategory[] }> {
  const [may, person, all] = await Promise.all([
    patientId === undefined || mayActFor(work, patientId),
    patientId === undefined ? undefined : bookingFactsOf(work, patientId),
    store.currentCategories(work),
  ])
  if (patientId !== undefined && (!may || !person)) throw new Problem(PatientNotFound)
  const fit = person ? all.filter((c) => isFor(c, ageToday(work, person), person.sex)) : all
  return { categories: fit.map(shown) }
}

const shown = (row: store.CategoryRow): ServiceCategory => {
  const { withdrawn: _w, changedAt: _a, changedBy: _b, changedByName: _n, reason: _r, ...category } = row
  return category
}

/** Every version of a category with who made it, when and why. Throws CategoryNotFound. */
export async function showCategoryHistory(work: Work, id: string): Promise<ReplyOf<typeof historyContract>> {
  const versions = await store.categoryVersions(work, id)
  if (versions.length === 0) throw new Problem(CategoryNotFound)
  return {
    versions: versions.map(({ id: _id, changedBy: _by, changedByName, changedAt, ...version }) => ({
      ...version,
      changedAt: changedAt.toISOString(),
      changedBy: changedByName,
    })),
  }
}

/** Makes a category. Throws Invalid. */
export async function createCategory(
  work: Work,
  asked: InputOf<typeof createContract>['body'],
): Promise<ServiceCategory> {
  requireSound(asked)
  const row = { ...asked, id: newId(), version: 1, withdrawn: false, ...changedBy(work) }
  await store.insertCategory(work.db, row)
  return announced(work, row)
}

/**
 * Adds a version over the one that was read: the primary key lets one of several through. Throws CategoryNotFound,
 * CategoryChangedMeanwhile, Invalid.
 */
export async function changeCategory(
  work: Work,
  id: string,
  asked: InputOf<typeof changeContract>['body'],
): Promise<ServiceCategory> {
  requireSound(asked)
  const [last] = await store.categoryVersions(work, id)
  if (!last) throw new Problem(CategoryNotFound)
  const row = { ...asked, id, version: asked.version + 1, ...changedBy(work) }
  if (last.version !== asked.version || !(await store.insertCategory(work.db, row)))
    throw new Problem(CategoryChangedMeanwhile)
  return announced(work, row)
}

const changedBy = (work: Work) => ({
  changedAt: work.now,
  changedBy: work.actor.id,
  changedByName: work.actor.name,
})

function announced(work: Work, row: store.CategoryRow): ServiceCategory {
  work.note({ objectType: 'service-category', objectId: row.id })
  work.announce({ type: 'booking.category-changed', key: row.id, topics: [], payload: { categoryId: row.id } })
  return shown(row)
}

function requireSound({ ageFrom, ageTo }: { ageFrom: number; ageTo: number }): void {
  if (ageFrom > ageTo)
    throw new Problem(Invalid, {
      fields: [{ path: 'ageTo', message: 'Верхний возраст должен быть не меньше нижнего' }],
    })
}

/**
 * The category that a time is asked for: in force, served by the specialty, and for this person. Throws
 * CategoryDoesNotFit.
 */
export async function categoryFor(
  work: Work,
  id: string,
  person: BookingFacts,
  specialtyCode: string,
): Promise<{ id: string; version: number }> {
  const category = (await store.currentCategories(work)).find((c) => c.id === id)
  if (!category?.specialtyCodes.includes(specialtyCode) || !isFor(category, ageToday(work, person), person.sex))
    throw new Problem(CategoryDoesNotFit)
  return category
}

export type NewCategory = Omit<store.CategoryRow, 'version' | 'withdrawn' | 'changedAt' | 'changedBy' | 'changedByName'>

/** Puts in what a region begins with; one whose id is there stays as it is. */
export async function importCategories(db: Kysely<DB>, now: Date, categories: readonly NewCategory[]): Promise<void> {
  for (const category of categories)
    await store.insertCategory(db, {
      ...category,
      version: 1,
      withdrawn: false,
      changedAt: now,
      changedBy: SYSTEM_ID,
      changedByName: 'РМИС',
    })
}
