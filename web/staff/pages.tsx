import { lazy, useEffect, type ComponentType, type ReactNode } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import type { Me } from '../../contracts/access.ts'
import { ButtonLink, EmptyState, Page } from '../ui/index.ts'
import { at } from './addresses.ts'
import { homeOf } from './areas.ts'
import { useSession } from './session.tsx'

type Role = Me['role']
type Params = Record<string, string>
type Screen = { path: string; roles: readonly Role[]; View: ComponentType<Params> }

/** A page: its address, who may open it, and where its code is. The page is given the parameters of the address. */
const screen = <P extends object>(
  path: string,
  roles: readonly Role[],
  load: () => Promise<{ default: ComponentType<P> }>,
): Screen => ({ path: `/staff${path}`, roles, View: lazy(load) as unknown as ComponentType<Params> })

const everybody: readonly Role[] = [
  'registrar',
  'call-centre',
  'doctor',
  'head',
  'guardianship-officer',
  'administrator',
  'security-officer',
]
const lookers: readonly Role[] = ['registrar', 'doctor', 'head', 'administrator']
const finders: readonly Role[] = [...lookers, 'call-centre']
const keepers: readonly Role[] = ['registrar', 'head', 'administrator']
const reception: readonly Role[] = ['registrar', 'administrator']
const desk: readonly Role[] = ['registrar', 'head']
const booking: readonly Role[] = ['registrar', 'doctor']
const readers: readonly Role[] = ['doctor', 'head', 'guardianship-officer']

/** Every page of the workplace. The server decides again who may do what; here it only spares a dead end. */
const screens: readonly Screen[] = [
  screen('/patients', finders, () => import('./people/search-page.tsx')),
  screen('/patients/new', reception, () => import('./reception/register-page.tsx')),
  screen('/patients/:patientId', [...finders, 'guardianship-officer'], () => import('./people/patient-page.tsx')),
  screen(
    '/patients/:patientId/book',
    [...booking, 'call-centre', 'guardianship-officer'],
    () => import('./reception/book-page.tsx'),
  ),
  screen('/patients/:patientId/card', readers, () => import('./card/card-page.tsx')),
  screen('/patients/:patientId/documents', readers, () => import('./card/documents-page.tsx')),
  screen('/patients/:patientId/documents/:documentId', readers, () => import('./card/document-page.tsx')),
  screen('/wards', ['guardianship-officer'], () => import('./people/wards-page.tsx')),
  screen('/categories', ['administrator'], () => import('./administration/categories-page.tsx')),
  screen('/authorities', ['administrator'], () => import('./administration/authorities-page.tsx')),
  screen('/schedule', lookers, () => import('./organisation/schedule-page.tsx')),
  screen('/timetables/weeks', keepers, () => import('./organisation/weeks/department-page.tsx')),
  screen('/timetables/publication', keepers, () => import('./organisation/publication-page.tsx')),
  screen('/timetables/:staffId?', keepers, () => import('./organisation/timetables-page.tsx')),
  screen('/timetables/:staffId/new', keepers, () => import('./organisation/new-timetable-page.tsx')),
  screen('/timetables/:staffId/:scheduleId/edit', keepers, () => import('./edits/edit-timetable-page.tsx')),
  screen('/timetables/:staffId/:scheduleId/history', keepers, () => import('./edits/history-page.tsx')),
  screen('/absences', keepers, () => import('./edits/absences-page.tsx')),
  screen('/absences/new', keepers, () => import('./edits/new-absence-page.tsx')),
  screen('/absences/calendar', keepers, () => import('./edits/holidays-page.tsx')),
  screen('/utilisation', keepers, () => import('./utilisation/utilisation-page.tsx')),
  screen('/tickets/:token?', booking, () => import('./reception/tickets-page.tsx')),
  screen('/waiting', desk, () => import('./reception/waiting-page.tsx')),
  screen('/links', reception, () => import('./reception/links-page.tsx')),
  screen('/rules', lookers, () => import('./rules/rules-page.tsx')),
  screen('/rules/new', ['administrator'], () => import('./rules/new-rule-page.tsx')),
  screen('/rules/trial', lookers, () => import('./rules/trial-page.tsx')),
  screen('/rules/:ruleId', lookers, () => import('./rules/rule-page.tsx')),
  screen('/day', ['doctor'], () => import('./doctor/day-page.tsx')),
  screen('/visits/:patientId/:visitId', ['doctor'], () => import('./doctor/visit-page.tsx')),
  screen('/visits/:patientId/:visitId/signing/:documentId', ['doctor'], () => import('./doctor/signing-page.tsx')),
  screen('/journal', ['security-officer'], () => import('./security/journal-page.tsx')),
  screen('/deliveries', ['administrator'], () => import('./administration/deliveries-page.tsx')),
  screen('/seals', ['security-officer'], () => import('./security/seals-page.tsx')),
  screen('/calendars', ['doctor', 'registrar', 'head'], () => import('./calendars/calendars-page.tsx')),
  screen('/systems', ['administrator'], () => import('./systems/systems-page.tsx')),
  screen('/systems/:systemId', ['administrator'], () => import('./systems/system-page.tsx')),
  screen('/profile', everybody, () => import('./profile/profile-page.tsx')),
]

export function Pages(): ReactNode {
  return (
    <Switch>
      <Route path="/staff" component={Home} />
      {screens.map(({ path, roles, View }) => (
        <Route key={path} path={path}>
          {(params: Params) => (
            <For roles={roles}>
              <View key={Object.values(params).join(' ')} {...params} />
            </For>
          )}
        </Route>
      ))}
      <Route component={NoSuchPage} />
    </Switch>
  )
}

/** The working day begins where one works. */
function Home(): ReactNode {
  const { me } = useSession()
  const [, navigate] = useLocation()
  const home = homeOf(me.role)
  useEffect(() => navigate(home, { replace: true }), [home, navigate])
  return null
}

function For({ roles, children }: { roles: readonly Role[]; children: ReactNode }): ReactNode {
  const { me } = useSession()
  if (roles.includes(me.role)) return children
  return (
    <Page title="Этот раздел не для вашей роли">
      <EmptyState
        icon="shield"
        title="Здесь работают другие сотрудники"
        actions={
          <>
            <ButtonLink kind="primary" href={homeOf(me.role)}>
              К моей работе
            </ButtonLink>
            {me.assignments.length > 1 && <ButtonLink href={at.profile()}>Сменить рабочее место</ButtonLink>}
          </>
        }
      >
        <p>Если раздел нужен вам для работы, попросите администратора дать вам эту роль.</p>
      </EmptyState>
    </Page>
  )
}

function NoSuchPage(): ReactNode {
  const { me } = useSession()
  return (
    <Page title="Такой страницы нет">
      <EmptyState
        icon="search"
        title="Возможно, ссылка устарела или в адресе опечатка"
        actions={
          <ButtonLink kind="primary" href={homeOf(me.role)}>
            К моей работе
          </ButtonLink>
        }
      />
    </Page>
  )
}
