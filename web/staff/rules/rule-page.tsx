import { useState, type ReactNode } from 'react'
import {
  changeRule,
  listRuleOverrides,
  listRules,
  showRuleHistory,
  type BookingRule,
  type RuleVersion,
} from '../../../contracts/booking-rules.ts'
import { useAction, useRead } from '../../api/index.ts'
import {
  Badge,
  Button,
  Card,
  dateDigits,
  Dialog,
  EmptyState,
  ErrorState,
  Facts,
  Notice,
  ownZone,
  Page,
  showToast,
  Skeleton,
  stampWords,
  Table,
  TextInput,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSession } from '../session.tsx'
import { RuleFields } from './rule-fields.tsx'
import { decisionOf, formOf } from './rule-form.ts'
import { demandWords, kindTitle, scopeWords, type Names } from './rule-words.ts'
import { shown, State } from './rules-page.tsx'
import { useRules } from './use-rules.ts'

type Known = ReturnType<typeof useRules>
const stamp = (instant: string) => stampWords(instant, ownZone())

/** A rule as it stands, its change, its history, and when staff booked past it. */
export default function RulePage({ ruleId }: { ruleId: string }): ReactNode {
  const { me } = useSession()
  const known = useRules()
  const rule = known.rules?.find((r) => r.id === ruleId)
  const [editing, setEditing] = useState(false)
  const [ending, setEnding] = useState(false)
  const back = { href: at.rules(), label: 'К правилам' }
  if (known.failed)
    return (
      <Page title="Правило записи" back={back}>
        <ErrorState problem={known.failed.error!.problem} onRetry={() => void known.failed!.refetch()} />
      </Page>
    )
  if (!known.ready)
    return (
      <Page title="Правило записи" back={back}>
        <Skeleton shape="card" label="Загружаем правило" />
      </Page>
    )
  if (!rule)
    return (
      <Page title="Правило записи" back={back}>
        <EmptyState icon="search" title="Такого правила нет" />
      </Page>
    )
  const mayChange = me.role === 'administrator'
  const live = !latest(rule).withdrawn
  return (
    <Page
      title={shown(rule).name}
      lead={kindTitle(shown(rule).body.kind)}
      back={back}
      actions={
        mayChange &&
        !editing && (
          <>
            <Button kind="primary" icon="edit" onClick={() => setEditing(true)}>
              {live ? 'Изменить' : 'Вернуть правило'}
            </Button>
            {live && <Button onClick={() => setEnding(true)}>Отменить правило</Button>}
          </>
        )
      }
    >
      {editing ? (
        <Change rule={rule} known={known} onDone={() => setEditing(false)} />
      ) : (
        <>
          <Card title="Сейчас" aside={<State rule={rule} />}>
            <What version={shown(rule)} names={known.names} />
          </Card>
          {rule.coming.map((version) => (
            <Card key={version.version} title={`С ${stamp(version.takesEffectAt)}`} kind="plain">
              {version.withdrawn ? (
                <p>Правило перестанет действовать.</p>
              ) : (
                <What version={version} names={known.names} />
              )}
              <p className="soft small">
                Решено {stamp(version.changedAt)}, {version.changedBy}: {version.reason}
              </p>
            </Card>
          ))}
        </>
      )}
      <History ruleId={ruleId} names={known.names} />
      {(me.role === 'administrator' || me.role === 'head') && <Overrides ruleId={ruleId} />}
      <Ending open={ending} rule={rule} onClose={() => setEnding(false)} />
    </Page>
  )
}

/** The last version that was decided: what the next one is built upon. */
const latest = (rule: BookingRule): RuleVersion =>
  [rule.current, ...rule.coming].filter((v) => v !== null).reduce((a, b) => (b.version > a.version ? b : a))

const What = ({ version, names }: { version: RuleVersion; names: Names }) => (
  <Facts
    items={[
      ['Требуется', demandWords(version.body)],
      ['Касается', scopeWords(version, names)],
      ['Основание', version.legalSource],
      [
        'Для приёмов',
        `с ${dateDigits(version.validFrom)}${version.validUntil ? ` по ${dateDigits(version.validUntil)}` : ', без окончания'}`,
      ],
      ['Порядок проверки', version.order],
      ['Сотрудник', version.overridable ? 'может обойти, указав причину' : 'обойти не может'],
    ]}
  />
)

const refreshes = [listRules, showRuleHistory]

function Change({ rule, known, onDone }: { rule: BookingRule; known: Known; onDone: () => void }): ReactNode {
  const last = latest(rule)
  const change = useAction(changeRule, {
    refreshes,
    onDone: () => {
      showToast({ text: 'Новая версия правила сохранена' })
      onDone()
    },
  })
  return (
    <>
      {rule.coming.length > 0 && (
        <Notice kind="warning" title="Есть запланированное изменение">
          <p>Форма заполнена по нему. Версия, которая вступит в силу раньше, заменит запланированную.</p>
        </Notice>
      )}
      <RuleFields
        first={formOf(last)}
        known={known}
        busy={change.busy}
        refusal={change.refusal}
        sendWords="Сохранить новую версию"
        onChange={change.reset}
        onSend={(form) =>
          change.run({
            params: { ruleId: rule.id },
            body: { ...decisionOf(form), version: last.version, withdrawn: false },
          })
        }
      />
      <div>
        <Button onClick={onDone}>Не менять</Button>
      </div>
    </>
  )
}

function Ending({ open, rule, onClose }: { open: boolean; rule: BookingRule; onClose: () => void }): ReactNode {
  const [reason, setReason] = useState('')
  const last = latest(rule)
  const end = useAction(changeRule, {
    refreshes,
    onDone: () => {
      showToast({ text: 'Правило больше не действует' })
      onClose()
    },
  })
  const send = () => {
    if (reason.trim() === '' || end.busy) return
    const body = { ...decisionOf(formOf(last)), reason: reason.trim(), version: last.version, withdrawn: true }
    end.run({ params: { ruleId: rule.id }, body })
  }
  return (
    <Dialog
      open={open}
      title="Отменить правило?"
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" busy={end.busy} onClick={send}>
            Отменить правило
          </Button>
          <Button onClick={onClose}>Оставить</Button>
        </>
      }
    >
      <p>Оно перестанет действовать сразу. История останется, вернуть правило можно новой версией.</p>
      <TextInput
        label="Почему"
        value={reason}
        onChange={(value) => {
          end.reset()
          setReason(value)
        }}
        hint="Останется в истории правила"
      />
      {!end.busy && <ProblemNotice refusal={end.refusal} />}
    </Dialog>
  )
}

const columnsOf = (names: Names) => [
  { name: 'Версия', numbers: true, heading: true, cell: (v: RuleVersion) => v.version },
  { name: 'Действует с', numbers: true, cell: (v: RuleVersion) => stamp(v.takesEffectAt) },
  {
    name: 'Что решено',
    cell: (v: RuleVersion) =>
      v.withdrawn ? (
        <Badge>Отменено</Badge>
      ) : (
        <>
          {demandWords(v.body)}
          <br />
          <span className="soft small">{scopeWords(v, names)}</span>
        </>
      ),
  },
  {
    name: 'Кто, когда и почему',
    cell: (v: RuleVersion) => (
      <>
        {v.changedBy}, <span className="numbers">{stamp(v.changedAt)}</span>
        <br />
        <span className="soft small">{v.reason}</span>
      </>
    ),
  },
]

function History({ ruleId, names }: { ruleId: string; names: Names }): ReactNode {
  const read = useRead(showRuleHistory, { params: { ruleId } })
  if (read.error && !read.data)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!read.data) return <Skeleton shape="rows" count={2} label="Загружаем историю" />
  return (
    <Card title="История">
      <Table
        caption="Версии правила, новые сверху"
        rows={read.data.versions}
        keyOf={(v) => String(v.version)}
        columns={columnsOf(names)}
      />
    </Card>
  )
}

function Overrides({ ruleId }: { ruleId: string }): ReactNode {
  const read = useRead(listRuleOverrides, { params: { ruleId } })
  const rows = read.data?.overrides
  if (read.error && !rows)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!rows) return <Skeleton shape="rows" count={1} label="Загружаем исключения" />
  return (
    <Card title="Исключения">
      {rows.length === 0 ? (
        <p className="soft">Это правило ещё никто не обходил.</p>
      ) : (
        <Table
          caption="Когда правило обошли, новые сверху"
          rows={rows}
          keyOf={(row) => row.appointmentId}
          columns={[
            { name: 'Когда', numbers: true, heading: true, cell: (row) => stamp(row.at) },
            { name: 'Кто', cell: (row) => row.by },
            { name: 'Почему', cell: (row) => row.reason },
            { name: 'Версия правила', numbers: true, cell: (row) => row.version },
          ]}
        />
      )}
    </Card>
  )
}
