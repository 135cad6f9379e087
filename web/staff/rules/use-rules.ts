import { listRules } from '../../../contracts/booking-rules.ts'
import { listOrganizations } from '../../../contracts/organizations.ts'
import { useRead } from '../../api/index.ts'
import type { Names } from './rule-words.ts'

/** The rules with the names of what they concern. */
export function useRules() {
  const rules = useRead(listRules, {})
  const organizations = useRead(listOrganizations, {})
  const names: Names = {
    specialties: new Map(rules.data?.specialties.map((s) => [s.code, s.title])),
    organizations: new Map(organizations.data?.organizations.map((o) => [o.id, o.shortName])),
  }
  const failed = [rules, organizations].find((read) => read.error && !read.data)
  return {
    rules: rules.data?.rules,
    specialties: rules.data?.specialties ?? [],
    organizations: organizations.data?.organizations ?? [],
    names,
    ready: Boolean(rules.data && organizations.data),
    failed,
  }
}
