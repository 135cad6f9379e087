import { useState, type ReactNode } from 'react'
import { listOrganizations, type Organization } from '../../../contracts/organizations.ts'
import { listExternalSystems, revokeExternalSystem, type ExternalSystem } from '../../../contracts/other-systems.ts'
import { useAction, useRead } from '../../api/index.ts'
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  Dialog,
  EmptyState,
  ErrorState,
  Facts,
  momentWords,
  ownZone,
  Page,
  showToast,
  Skeleton,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { RegisterForm, TokenShown, type Registered } from './register-form.tsx'
import { interfaces } from './system-words.ts'

/** Systems that book through us: who has access, by what, since when; giving and taking it. */
export default function SystemsPage(): ReactNode {
  const read = useRead(listExternalSystems, {})
  const places = useRead(listOrganizations, {})
  const [adding, setAdding] = useState(false)
  const [registered, setRegistered] = useState<Registered | null>(null)
  const systems = read.data?.systems
  const organizations = places.data?.organizations ?? []
  return (
    <Page
      title="Другие системы"
      lead="Порталы и концентраторы, которые записывают пациентов через эту систему"
      actions={
        <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
          Подключить систему
        </Button>
      }
    >
      {registered && <TokenShown registered={registered} onClose={() => setRegistered(null)} />}
      {read.error && !systems ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !systems ? (
        <Skeleton shape="card" label="Загружаем список систем" />
      ) : systems.length === 0 ? (
        <EmptyState icon="device" title="Пока никто не подключён">
          <p>Когда система будет подключена, здесь будет видно, когда она обращалась в последний раз.</p>
        </EmptyState>
      ) : (
        systems.map((system) => <System key={system.id} system={system} organizations={organizations} />)
      )}
      <Dialog open={adding} title="Подключить систему" onClose={() => setAdding(false)}>
        <RegisterForm
          organizations={organizations}
          onClose={() => setAdding(false)}
          onDone={(done) => {
            setAdding(false)
            setRegistered(done)
          }}
        />
      </Dialog>
    </Page>
  )
}

function System({
  system,
  organizations,
}: {
  system: ExternalSystem
  organizations: readonly Organization[]
}): ReactNode {
  const [asking, setAsking] = useState(false)
  const revoke = useAction(revokeExternalSystem, {
    refreshes: [listExternalSystems],
    onDone: () => {
      setAsking(false)
      showToast({ text: `${system.name}: доступ отозван` })
    },
  })
  const zone = ownZone()
  const revoked = system.revokedAt !== null
  return (
    <Card title={system.name} aside={revoked ? <Badge>Доступ отозван</Badge> : <Badge kind="success">Работает</Badge>}>
      <Facts
        items={[
          ['Протоколы', protocolWords(system)],
          ['Организации', placesWords(system, organizations)],
          ['Запросов в минуту', `не больше ${system.requestsPerMinute}`],
          ['Подключена', momentWords(system.createdAt, zone)],
          ['Последнее обращение', system.seenAt ? momentWords(system.seenAt, zone) : 'ещё не обращалась'],
          system.revokedAt !== null && ['Отозвана', momentWords(system.revokedAt, zone)],
        ]}
      />
      <div className="cluster">
        <ButtonLink href={at.system(system.id)}>Обращения и проверка связи</ButtonLink>
        {!revoked && (
          <Button kind="danger" onClick={() => setAsking(true)}>
            Отозвать доступ
          </Button>
        )}
      </div>
      <Dialog open={asking} title={`Отозвать доступ: ${system.name}`} onClose={() => setAsking(false)}>
        <div className="stack">
          <p>Токен перестанет действовать сразу. Записи, которые система уже сделала, останутся.</p>
          {!revoke.busy && <ProblemNotice refusal={revoke.refusal} />}
          <div className="cluster">
            <Button
              kind="danger"
              busy={revoke.busy}
              busyText="Отзываем…"
              onClick={() => revoke.run({ params: { systemId: system.id } })}
            >
              Отозвать
            </Button>
            <Button onClick={() => setAsking(false)}>Не отзывать</Button>
          </div>
        </div>
      </Dialog>
    </Card>
  )
}

const protocolWords = (system: ExternalSystem): string =>
  interfaces
    .filter(({ value }) => system.interfaces.includes(value))
    .map(({ title, path }) => `${title} (${path})`)
    .join(', ')

function placesWords({ organizationIds }: ExternalSystem, organizations: readonly Organization[]): string {
  if (organizationIds === null) return 'все'
  const names = new Map(organizations.map(({ id, shortName }) => [id, shortName]))
  return organizationIds.map((id) => names.get(id) ?? 'закрытая организация').join(', ')
}
