import { createContext, useContext, useEffect, useRef, type ReactNode } from 'react'
import { whoAmI, type Me } from '../../contracts/access.ts'
import type { ReplyOf } from '../../contracts/endpoint.ts'
import { showOrganization } from '../../contracts/organizations.ts'
import { NotSignedIn } from '../../contracts/problems.ts'
import { queryKey, useRead } from '../api/index.ts'
import { dayOf, ownZone, useNow } from '../ui/index.ts'
import { at } from './addresses.ts'
import { queryClient, sessionEnd } from './query-client.ts'

export type Workplace = ReplyOf<typeof showOrganization>

type Session = {
  me: Me
  /** Where one works; undefined for those who work for the whole region, and while it is being read. */
  workplace: Workplace | undefined
  /** The zone of the organisation, or of the device for those who have none. */
  zone: string
}

const SessionContext = createContext<Session | undefined>(undefined)

/** Who is at work here, and where. Only inside `Working`. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is for pages of a signed-in employee')
  return session
}

/** Today by the calendar of the workplace, 'YYYY-MM-DD'. */
export const useToday = (): string => dayOf(useNow(), useSession().zone)

/** Who is signed in: not known yet, nobody, or somebody. Once known, a session that ends does not take them off the page. */
export function useWho() {
  const read = useRead(whoAmI, {})
  const nobody = !read.data && read.error?.problem.type === NotSignedIn.type
  return { me: read.data, nobody, read }
}

/** Somebody has signed in: they are who this page is for from now on. */
export function enter(me: Me): void {
  queryClient.setQueryData(queryKey(whoAmI, {}), me)
  sessionEnd.renewed()
}

/**
 * Opens the page to an employee. Should somebody else, or the same person in another capacity, turn out to be signed in
 * (in another tab, or after the session ended), nothing that was read for the former one stays: the page begins anew.
 */
export function Working({ me, children }: { me: Me; children: ReactNode }): ReactNode {
  const params = { organizationId: me.organizationId ?? '' }
  const { data: workplace } = useRead(
    showOrganization,
    { params },
    { enabled: me.organizationId !== null && me.role !== 'guardianship-officer' },
  )
  const identity = identityOf(me)
  const first = useRef(identity)
  useEffect(() => {
    if (first.current !== identity) location.assign(at.home())
  }, [identity])
  const zone = workplace?.organization.timeZone ?? ownZone()
  return <SessionContext.Provider value={{ me, workplace, zone }}>{children}</SessionContext.Provider>
}

const identityOf = (me: Me) => `${me.accountId} ${me.assignments.find((a) => a.current)?.id ?? ''}`
