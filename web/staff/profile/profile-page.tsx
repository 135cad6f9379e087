import type { ReactNode } from 'react'
import { listSessions, revokeSession, signOut } from '../../../contracts/access.ts'
import { useAction, useRead } from '../../api/index.ts'
import { deviceWords } from '../../domain/device-words.ts'
import {
  Badge,
  Button,
  Card,
  ErrorState,
  Facts,
  momentWords,
  ownZone,
  Page,
  Row,
  Rows,
  showToast,
  Skeleton,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { roleWords } from '../role-words.ts'
import { enter, useSession } from '../session.tsx'
import { PlaceStep } from '../sign-in/place-step.tsx'

/** Who one is here, in which capacity, and where one is signed in. */
export default function ProfilePage(): ReactNode {
  const { me, workplace } = useSession()
  const own = workplace?.staff.find((s) => s.id === me.staffId)
  return (
    <Page title="Профиль" lead={me.name} actions={<SignOut />}>
      <Card title="Рабочее место">
        <Facts
          items={[
            ['Роль', roleWords(me.role)],
            ['Организация', me.organizationId === null ? 'Вся область' : (workplace?.organization.name ?? '…')],
            ['Должность', own?.position],
            ['Отделение', own?.departmentName],
          ]}
        />
      </Card>
      {me.assignments.length > 1 && (
        <Card title="Другое рабочее место">
          <PlaceStep me={me} action="Перейти" onDone={enter} />
        </Card>
      )}
      <Sessions />
    </Page>
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
      {!revoke.busy && <ProblemNotice refusal={revoke.refusal} />}
      {read.error && !sessions ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !sessions ? (
        <Skeleton shape="rows" label="Загружаем входы" />
      ) : (
        <Rows label="Входы">
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
                  {session.address && `, адрес ${session.address}`}
                  <br />
                  Последнее действие: {momentWords(session.seenAt, ownZone())}
                </>
              }
            >
              {!session.current && (
                <Button
                  size="small"
                  kind="danger"
                  busy={revoke.busy}
                  onClick={() => revoke.run({ params: { sessionId: session.id } })}
                >
                  Завершить этот вход
                </Button>
              )}
            </Row>
          ))}
        </Rows>
      )}
      <p className="soft small">Не узнаёте вход? Завершите его и сообщите специалисту по безопасности.</p>
    </Card>
  )
}

/** Out at once. Nothing read stays in the browser: the page is loaded anew. */
function SignOut(): ReactNode {
  const leave = useAction(signOut, { onDone: () => location.assign(at.home()) })
  return (
    <>
      {!leave.busy && <ProblemNotice refusal={leave.refusal} />}
      <Button icon="exit" busy={leave.busy} busyText="Выходим…" onClick={() => leave.run({})}>
        Выйти
      </Button>
    </>
  )
}
