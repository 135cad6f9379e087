import type { ReactNode } from 'react'
import { listSessions, myIdentity, revokeSession, signOut } from '../../../contracts/access.ts'
import { formatSnils } from '../../../contracts/formats.ts'
import { useAction, useRead } from '../../api/index.ts'
import {
  ageWords,
  Badge,
  Button,
  Card,
  dateWords,
  dayOf,
  ErrorState,
  Facts,
  inOneSentence,
  momentWords,
  Notice,
  ownZone,
  Page,
  phoneWords,
  Row,
  Rows,
  showToast,
  Skeleton,
  useNow,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { deviceWords } from '../../domain/device-words.ts'
import { LinkState } from '../blocks/link-state.tsx'
import { NotificationSettingsCard } from '../notifications/settings-card.tsx'
import { queryClient } from '../query-client.ts'
import { useSession } from '../session.tsx'

/** Who I am here, whose cards I may open, and where I am signed in. */
export default function ProfilePage(): ReactNode {
  const { me, link } = useSession()
  return (
    <Page title="Профиль" lead={me.name}>
      <OwnCard />
      <Identity />
      <Representations />
      {link.state === 'linked' && <NotificationSettingsCard />}
      {link.state === 'linked' && (
        <Rows label="Ещё">
          <Row icon="calendar-plus" href={at.calendar()} title="Календарь телефона" about="Приёмы в вашем календаре" />
        </Rows>
      )}
      <Sessions />
      <SignOut />
    </Page>
  )
}

function OwnCard(): ReactNode {
  const { link } = useSession()
  return (
    <Card title="Медицинская карта">
      {link.state === 'linked' ? (
        <Notice kind="success" title="Карта подключена">
          <p>Её нашли по СНИЛС, имени и дате рождения с Госуслуг.</p>
        </Notice>
      ) : (
        <LinkState />
      )}
    </Card>
  )
}

function Identity(): ReactNode {
  const read = useRead(myIdentity, {})
  const me = read.data
  return (
    <Card title="Данные из Госуслуг">
      {read.error && !me ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !me ? (
        <Skeleton count={5} />
      ) : (
        <>
          <Facts
            items={[
              ['Имя', [me.lastName, me.firstName, me.middleName].filter(Boolean).join(' ')],
              ['Дата рождения', me.birthDate && dateWords(me.birthDate)],
              ['СНИЛС', me.snils && <span className="numbers">{formatSnils(me.snils)}</span>],
              ['Телефон', me.phone && phoneWords(me.phone)],
              ['Почта', me.email],
              [
                'Учётная запись',
                me.trusted ? <Badge kind="success">Подтверждена</Badge> : <Badge kind="warning">Не подтверждена</Badge>,
              ],
            ]}
          />
          <p className="soft small">
            Изменить эти данные можно на Госуслугах; здесь они обновятся при следующем входе. Здесь мы их не меняем.
          </p>
        </>
      )}
    </Card>
  )
}

const relations = { child: 'Ребёнок', ward: 'Подопечный' } as const

function Representations(): ReactNode {
  const { charges } = useSession()
  const others = charges.filter((charge) => charge.relation !== 'self')
  const today = dayOf(useNow(), ownZone())
  return (
    <Card title="Кого я представляю">
      {others.length === 0 ? (
        <p className="soft">
          Никого. Ребёнок появится здесь сам, если он есть в вашем профиле на Госуслугах. Опекуну поможет регистратура:
          нужны паспорт и документ об опеке.
        </p>
      ) : (
        <Rows>
          {others.map((charge) => (
            <Row
              key={charge.id}
              icon="people"
              href={at.card(charge)}
              title={charge.name}
              about={`${relations[charge.relation as keyof typeof relations]}, ${ageWords(charge.birthDate, today)}${charge.until ? `. До ${dateWords(charge.until)}` : ''}`}
            />
          ))}
        </Rows>
      )}
    </Card>
  )
}

const methods = { esia: 'через Госуслуги', password: 'по паролю', 'password+totp': 'по паролю и коду' } as const

function Sessions(): ReactNode {
  const read = useRead(listSessions, {})
  const revoke = useAction(revokeSession, {
    refreshes: [listSessions],
    onDone: () => showToast({ text: 'Вход на другом устройстве завершён' }),
  })
  const sessions = read.data?.sessions
  return (
    <Card title="Где вы вошли">
      {revoke.refusal && (
        <Notice live kind="error">
          {inOneSentence(revoke.refusal.problem)}
        </Notice>
      )}
      {read.error && !sessions ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !sessions ? (
        <Skeleton shape="rows" />
      ) : (
        <Rows>
          {sessions.map((session) => (
            <Row
              key={session.id}
              icon="device"
              title={
                <>
                  {deviceWords(session.userAgent)} {session.current && <Badge kind="success">Это устройство</Badge>}
                </>
              }
              about={
                <>
                  Вход {methods[session.method]}: {momentWords(session.createdAt, ownZone())}
                  <br />
                  Последнее действие: {momentWords(session.seenAt, ownZone())}
                </>
              }
            >
              {!session.current && (
                <Button
                  size="small"
                  kind="danger"
                  busy={revoke.busy && revoke.asked?.params.sessionId === session.id}
                  onClick={() => revoke.run({ params: { sessionId: session.id } })}
                >
                  Завершить этот вход
                </Button>
              )}
            </Row>
          ))}
        </Rows>
      )}
      <p className="soft small">Не узнаёте устройство? Завершите вход и смените пароль на Госуслугах.</p>
    </Card>
  )
}

function SignOut(): ReactNode {
  const leave = useAction(signOut, {
    onDone: () => {
      queryClient.clear()
      history.pushState(null, '', at.signIn())
    },
  })
  return (
    <div className="stack">
      {leave.refusal && (
        <Notice live kind="error">
          {inOneSentence(leave.refusal.problem)}
        </Notice>
      )}
      <div>
        <Button icon="exit" busy={leave.busy} busyText="Выходим…" onClick={() => leave.run({})}>
          Выйти
        </Button>
      </div>
    </div>
  )
}
