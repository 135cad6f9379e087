import type { Me } from '../../contracts/access.ts'

const roles: Record<Me['role'], string> = {
  citizen: 'Пациент',
  registrar: 'Регистратор',
  doctor: 'Врач',
  head: 'Заведующий',
  administrator: 'Администратор',
  'security-officer': 'Специалист по безопасности',
}

/** A role as the staff name it. */
export const roleWords = (role: Me['role']): string => roles[role]
