import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { Route, Switch, useLocation, useSearch } from 'wouter'
import { ErrorBoundary, followLinks, Shell, Skeleton, type IconName } from '../ui/index.ts'
import { at, isPage } from './addresses.ts'
import { Bell } from './blocks/bell.tsx'
import { SignInPage } from './pages/sign-in-page.tsx'
import { queryClient } from './query-client.ts'
import { SignedIn } from './session.tsx'

const parts = {
  home: () => import('./pages/home-page.tsx'),
  book: () => import('./booking/booking-page.tsx'),
  visits: () => import('./pages/visits-page.tsx'),
  calendar: () => import('./calendar/calendar-page.tsx'),
  ticket: () => import('./pages/ticket-page.tsx'),
  waiting: () => import('./pages/waiting-page.tsx'),
  joinWaiting: () => import('./booking/join-waiting-page.tsx'),
  card: () => import('./pages/card-page.tsx'),
  documents: () => import('./pages/documents-page.tsx'),
  document: () => import('./pages/document-page.tsx'),
  whoLooked: () => import('./pages/who-looked-page.tsx'),
  profile: () => import('./pages/profile-page.tsx'),
  notifications: () => import('./notifications/notifications-page.tsx'),
  answer: () => import('./notifications/answer-page.tsx'),
  notFound: () => import('./pages/not-found-page.tsx'),
}
const HomePage = lazy(parts.home)
const BookingPage = lazy(parts.book)
const VisitsPage = lazy(parts.visits)
const CalendarPage = lazy(parts.calendar)
const TicketPage = lazy(parts.ticket)
const WaitingPage = lazy(parts.waiting)
const JoinWaitingPage = lazy(parts.joinWaiting)
const CardPage = lazy(parts.card)
const DocumentsPage = lazy(parts.documents)
const DocumentPage = lazy(parts.document)
const WhoLookedPage = lazy(parts.whoLooked)
const ProfilePage = lazy(parts.profile)
const NotificationsPage = lazy(parts.notifications)
const AnswerPage = lazy(parts.answer)
const NotFoundPage = lazy(parts.notFound)

const firstNeeded: Record<string, () => Promise<unknown>> = {
  '/': parts.home,
  '/book': parts.book,
  '/visits': parts.visits,
  '/waiting': parts.waiting,
  '/card': parts.card,
  '/documents': parts.documents,
}

/** Asks for the code of the page in the address while it is still being found out who is signed in. */
export const warmUp = (path: string): void => void firstNeeded[path]?.().catch(() => undefined)

const demo = document.documentElement.hasAttribute('data-demo')
const name = 'Кабинет пациента'

export function App(): ReactNode {
  const [, navigate] = useLocation()
  useEffect(() => followLinks(navigate, isPage), [navigate])
  return (
    <QueryClientProvider client={queryClient}>
      <Switch>
        <Route path="/sign-in">
          <Shell home="/" name={name} demo={demo}>
            <SignInPage demo={demo} />
          </Shell>
        </Route>
        <Route path="/v/:token">
          {({ token }) => (
            <Shell home="/" name={name} demo={demo}>
              <ErrorBoundary key={token}>
                <Suspense fallback={<Skeleton shape="card" />}>
                  <AnswerPage key={token} token={token} />
                </Suspense>
              </ErrorBoundary>
            </Shell>
          )}
        </Route>
        <Route>
          <Cabinet />
        </Route>
      </Switch>
    </QueryClientProvider>
  )
}

function Cabinet(): ReactNode {
  const [path] = useLocation()
  const item = (href: string, label: string, icon: IconName, here: RegExp) => ({
    href,
    label,
    icon,
    current: here.test(path),
  })
  const asked = new URLSearchParams(useSearch()).get('for') ?? /^\/(?:visits|documents)\/([^/]+)\//.exec(path)?.[1]
  const who = asked ? { id: asked, relation: 'other' } : undefined
  const nav = [
    item(at.home(who), 'Главная', 'home', /^\/$/),
    item(at.book({ for: who?.id }), 'К врачу', 'calendar-plus', /^\/book/),
    item(at.visits(who), 'Записи', 'calendar', /^\/(visits|waiting)/),
    item(at.card(who), 'Карта', 'card', /^\/(card|documents|who-looked)/),
    item(at.profile(), 'Профиль', 'person', /^\/profile/),
  ]
  return (
    <Shell home={at.home(who)} name={name} nav={nav} demo={demo} aside={<Bell />}>
      <SignedIn>
        <ErrorBoundary key={path}>
          <Suspense fallback={<Skeleton shape="card" />}>
            <Pages />
          </Suspense>
        </ErrorBoundary>
      </SignedIn>
    </Shell>
  )
}

function Pages(): ReactNode {
  return (
    <Switch>
      <Route path="/" component={HomePage} />
      <Route path="/book" component={BookingPage} />
      <Route path="/visits" component={VisitsPage} />
      <Route path="/visits/calendar" component={CalendarPage} />
      <Route path="/visits/:patientId/:appointmentId">
        {({ patientId, appointmentId }) => (
          <TicketPage key={appointmentId} patientId={patientId} appointmentId={appointmentId} />
        )}
      </Route>
      <Route path="/waiting" component={WaitingPage} />
      <Route path="/waiting/join" component={JoinWaitingPage} />
      <Route path="/card" component={CardPage} />
      <Route path="/documents" component={DocumentsPage} />
      <Route path="/documents/:patientId/:documentId">
        {({ patientId, documentId }) => <DocumentPage key={documentId} patientId={patientId} documentId={documentId} />}
      </Route>
      <Route path="/who-looked" component={WhoLookedPage} />
      <Route path="/notifications" component={NotificationsPage} />
      <Route path="/profile" component={ProfilePage} />
      <Route component={NotFoundPage} />
    </Switch>
  )
}
