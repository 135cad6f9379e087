import type { Me } from '../../contracts/access.ts'

const roles: Record<Me['role'], string> = {
  citizen: 'Пациент',
  registrar: 'Регистратор',
  'call-centre': 'Оператор колл-центра',
  'guardianship-officer': 'Сотрудник органа опеки',
  doctor: 'Врач',
  head: 'Заведующий',
  administrator: 'Администратор',
  'security-officer': 'Специалист по безопасности',
}

/** A role as the staff name it. */
export const roleWords = (role: Me['role']): string => roles[role]

/** Those who book in any organisation of the region, and not in one of their own. */
export const worksEverywhere = (role: Me['role']): boolean => role === 'call-centre' || role === 'guardianship-officer'

/** Who books visits for patients. */
export const books = (role: Me['role']): boolean => role === 'registrar' || role === 'doctor' || worksEverywhere(role)
