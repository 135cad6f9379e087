import { createContext, useContext, type ReactNode } from 'react'
import { useSearch } from 'wouter'
import { whoAmI, type Me } from '../../contracts/access.ts'
import type { ReplyOf } from '../../contracts/endpoint.ts'
import { listMyCharges, type Charge, type FormerCharge } from '../../contracts/patients.ts'
import { useLive, useRead } from '../api/index.ts'
import { ButtonLink, EmptyState, ErrorState, Page, Skeleton } from '../ui/index.ts'
import { at } from './addresses.ts'

export type Link = Pick<ReplyOf<typeof listMyCharges>, 'state' | 'reason'>

type Session = {
  me: Me
  /** How one's own card is connected to the account. */
  link: Link
  /** Whose cards are open to this person: their own first, then children and wards. */
  charges: readonly Charge[]
  /** For whom this person acted until lately. */
  former: readonly FormerCharge[]
  /** Whose card the page shows now; undefined when none is open, or the address names somebody else's. */
  who: Charge | undefined
  /** The address names a card that is not open to this person. */
  stranger: boolean
}

const SessionContext = createContext<Session | undefined>(undefined)

/** Who is signed in and whose card is open. Only inside `SignedIn`. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is for pages inside SignedIn')
  return session
}

/** The person whose card is open, for pages inside `WithCard`. */
export function useWho(): Charge {
  const { who } = useSession()
  if (!who) throw new Error('useWho is for pages inside WithCard')
  return who
}

/** A card that is not connected yet has no live updates: a registrar's decision is asked for now and then. */
const whileWaiting = ({ state }: Pick<Link, 'state'>) => (state === 'waiting' ? 20_000 : undefined)

/** Reads who is signed in before any page shows. Nobody: the query client leads to signing in and back. */
export function SignedIn({ children }: { children: ReactNode }): ReactNode {
  const me = useRead(whoAmI, {})
  const charges = useRead(listMyCharges, {}, { enabled: me.data?.kind !== 'employee', every: whileWaiting })
  const asked = new URLSearchParams(useSearch()).get('for')
  const patients = charges.data?.patients ?? []
  useLive(
    patients.map((p) => `patient/${p.id}`),
    [listMyCharges],
  )
  if (me.data?.kind === 'employee') return <ForEmployees name={me.data.name} />
  if (me.data && charges.data) {
    const who = asked ? patients.find((p) => p.id === asked) : patients[0]
    const { state, reason, former } = charges.data
    const link = { state, reason }
    const session = { me: me.data, link, charges: patients, former, who, stranger: Boolean(asked && !who) }
    return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>
  }
  const failed = me.error ?? charges.error
  if (!failed || failed.problem.status === 401) return <Skeleton label="Открываем кабинет" shape="card" />
  return (
    <Page title="Кабинет пациента">
      <ErrorState
        problem={failed.problem}
        onRetry={() => void Promise.all([me.refetch(), charges.refetch()])}
        retrying={me.isFetching || charges.isFetching}
      />
    </Page>
  )
}

const ForEmployees = ({ name }: { name: string }) => (
  <Page title="Это кабинет пациента">
    <EmptyState
      icon="person"
      title={`Вы вошли как сотрудник: ${name}`}
      actions={
        <>
          <ButtonLink kind="primary" href="/staff/">
            На рабочее место
          </ButtonLink>
          <ButtonLink href={at.esia('/')}>Войти как пациент</ButtonLink>
        </>
      }
    >
      <p>Чтобы увидеть свою медицинскую карту, войдите через Госуслуги.</p>
    </EmptyState>
  </Page>
)
