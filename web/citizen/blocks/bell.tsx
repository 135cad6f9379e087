import { useEffect, useRef, type ReactNode } from 'react'
import { whoAmI } from '../../../contracts/access.ts'
import { countUnread, listNotifications } from '../../../contracts/notifications.ts'
import { listMyCharges } from '../../../contracts/patients.ts'
import { useLive, useRead } from '../../api/index.ts'
import { announce, count, Icon } from '../../ui/index.ts'
import { at } from '../addresses.ts'

/** The bell in the header: how many notifications nobody has read, kept true while the page is open. */
export function Bell(): ReactNode {
  const me = useRead(whoAmI, {})
  const charges = useRead(listMyCharges, {}, { enabled: me.data?.kind === 'citizen' })
  const patients = charges.data?.patients ?? []
  const { data } = useRead(countUnread, {}, { enabled: patients.length > 0 })
  useLive(
    patients.map((patient) => `patient/${patient.id}`),
    [countUnread, listNotifications],
  )
  const unread = data?.unread ?? 0
  const before = useRef(unread)
  useEffect(() => {
    if (data && unread > before.current) announce(words(unread))
    before.current = unread
  }, [data, unread])
  if (patients.length === 0) return null
  return (
    <a className="bell" href={at.notifications()} aria-label={words(unread)}>
      <Icon name="bell" />
      {unread > 0 && (
        <span className="bell__count numbers" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </a>
  )
}

const words = (unread: number): string =>
  unread === 0 ? 'Уведомления' : `Уведомления: ${count(unread, ['новое', 'новых', 'новых'])}`
