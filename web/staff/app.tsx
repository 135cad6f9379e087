import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Me } from '../../contracts/access.ts'
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorBoundary,
  ErrorState,
  followLinks,
  Icon,
  Page,
  Shell,
  shortName,
  Skeleton,
} from '../ui/index.ts'
import { at, isPage } from './addresses.ts'
import { sectionsOf } from './areas.ts'
import { ShortcutsHelp } from './keyboard/shortcuts-dialog.tsx'
import { useShortcut } from './keyboard/shortcuts.ts'
import { Pages } from './pages.tsx'
import { queryClient, useSessionState } from './query-client.ts'
import { roleWords } from './role-words.ts'
import { enter, useSession, useWho, Working } from './session.tsx'
import { SessionOver } from './sign-in/session-over.tsx'

const SignInPage = lazy(() => import('./sign-in/sign-in-page.tsx'))
const demo = document.documentElement.hasAttribute('data-demo')
const name = 'Рабочее место'

export function App(): ReactNode {
  const [, navigate] = useLocation()
  useEffect(() => followLinks(navigate, isPage), [navigate])
  return (
    <QueryClientProvider client={queryClient}>
      <Entrance />
    </QueryClientProvider>
  )
}

/** Nobody passes without being known. The address stays what it was, so one gets where one wanted. */
function Entrance(): ReactNode {
  const { me, nobody, read } = useWho()
  const [instead, setInstead] = useState(false)
  if (me?.kind === 'employee')
    return (
      <Working me={me}>
        <Workplace />
      </Working>
    )
  return (
    <Shell home={at.home()} name={name} demo={demo} width="wide">
      <Suspense fallback={<Skeleton shape="card" label="Открываем вход" />}>
        {nobody || instead ? (
          <SignInPage demo={demo} onDone={enter} />
        ) : me ? (
          <ForCitizens me={me} onStaff={() => setInstead(true)} />
        ) : read.error ? (
          <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
        ) : (
          <Skeleton shape="card" label="Открываем рабочее место" />
        )}
      </Suspense>
    </Shell>
  )
}

function Workplace(): ReactNode {
  const [path, navigate] = useLocation()
  const { me } = useSession()
  const sections = sectionsOf(me)
  const nav = sections.map(({ href, label, icon, here }, i) => ({
    href,
    label,
    icon,
    current: here.test(path),
    keys: `Alt+${i + 1}`,
  }))
  const over = useSessionState()
  return (
    <Shell
      home={at.home()}
      name={name}
      nav={nav}
      navAt="side"
      width="wide"
      demo={demo}
      aside={<Whoever me={me} />}
      footer={<ShortcutsHelp />}
    >
      {nav.map((item) => (
        <SectionKeys key={item.href} keys={item.keys} label={item.label} open={() => navigate(item.href)} />
      ))}
      <div className={over === 'over, put aside' ? 'stack' : undefined}>
        <SessionOver demo={demo} />
        <ErrorBoundary key={path}>
          <Suspense fallback={<Skeleton shape="card" />}>
            <Pages />
          </Suspense>
        </ErrorBoundary>
      </div>
    </Shell>
  )
}

type SectionKeysProps = { keys: string; label: string; open: () => void }

function SectionKeys({ keys, label, open }: SectionKeysProps): ReactNode {
  useShortcut(keys, `Раздел «${label}»`, open)
  return null
}

/** Who is at work, where, and the way to one's own settings and out. */
function Whoever({ me }: { me: Me }): ReactNode {
  const { workplace } = useSession()
  const place = workplace?.organization.shortName
  return (
    <a className="whoever" href={at.profile()}>
      <span className="whoever__words">
        <span className="strong">{shortName(me.name)}</span>
        <span className="soft small">
          {roleWords(me.role)}
          {place && `, ${place}`}
        </span>
        <span className="visually-hidden">. Профиль и выход</span>
      </span>
      <Icon name="person" />
    </a>
  )
}

const ForCitizens = ({ me, onStaff }: { me: Me; onStaff: () => void }) => (
  <Page title="Это рабочее место сотрудника">
    <EmptyState
      icon="person"
      title={`Вы вошли как пациент: ${me.name}`}
      actions={
        <>
          <ButtonLink kind="primary" href="/">
            В кабинет пациента
          </ButtonLink>
          <Button onClick={onStaff}>Войти как сотрудник</Button>
        </>
      }
    >
      <p>Чтобы работать с записью и картами, войдите по логину и паролю сотрудника.</p>
    </EmptyState>
  </Page>
)
