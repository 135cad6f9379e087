import type { ReactNode } from 'react'
import type { BookingRule, RuleVersion } from '../../../contracts/booking-rules.ts'
import {
  Badge,
  ButtonLink,
  Card,
  EmptyState,
  ErrorState,
  ownZone,
  Page,
  Skeleton,
  stampWords,
  Table,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useSession } from '../session.tsx'
import { demandWords, kindTitle, scopeWords, type Names } from './rule-words.ts'
import { useRules } from './use-rules.ts'

/** What the region has decided about booking, in the order in which it is judged (BOK-4). */
export default function RulesPage(): ReactNode {
  const { me } = useSession()
  const { rules, names, ready, failed } = useRules()
  const mayChange = me.role === 'administrator'
  return (
    <Page
      title="Правила записи"
      lead="Кого, когда и как записывают. Правила проверяются по порядку, отказ называет правило и что делать"
      actions={
        <>
          {mayChange && (
            <ButtonLink kind="primary" href={at.newRule()}>
              Новое правило
            </ButtonLink>
          )}
          <ButtonLink href={at.ruleTrial()}>Проверить на примере</ButtonLink>
        </>
      }
    >
      {failed ? (
        <ErrorState
          problem={failed.error!.problem}
          onRetry={() => void failed.refetch()}
          retrying={failed.isFetching}
        />
      ) : !ready ? (
        <Skeleton shape="rows" count={6} label="Загружаем правила" />
      ) : rules!.length === 0 ? (
        <EmptyState icon="calendar" title="Правил пока нет">
          <p>Записываются все, ко всем и на любое открытое время; к одной специальности — одна запись.</p>
        </EmptyState>
      ) : (
        <Card>
          <Table caption="Правила по порядку" rows={rules!} keyOf={(rule) => rule.id} columns={columnsOf(names)} />
        </Card>
      )}
    </Page>
  )
}

/** A rule is shown as it stands; one that has not begun, as it will be. */
export const shown = (rule: BookingRule): RuleVersion => rule.current ?? rule.coming[0]!

const columnsOf = (names: Names) => [
  { name: 'Порядок', numbers: true, cell: (rule: BookingRule) => shown(rule).order },
  {
    name: 'Правило',
    heading: true,
    cell: (rule: BookingRule) => (
      <>
        <a href={at.rule(rule.id)}>{shown(rule).name}</a>
        <br />
        <span className="soft small">{shown(rule).legalSource}</span>
      </>
    ),
  },
  {
    name: 'Что требуется',
    cell: (rule: BookingRule) => (
      <>
        {demandWords(shown(rule).body)}
        <br />
        <span className="soft small">{kindTitle(shown(rule).body.kind)}</span>
      </>
    ),
  },
  { name: 'Кого касается', cell: (rule: BookingRule) => scopeWords(shown(rule), names) },
  { name: 'Состояние', cell: (rule: BookingRule) => <State rule={rule} /> },
]

/** In force, ended, or to come; and whether staff may book past it. */
export function State({ rule }: { rule: BookingRule }): ReactNode {
  const { current, coming } = rule
  const next = coming[0]
  return (
    <span className="stack stack--tight">
      {current?.withdrawn ? (
        <Badge>Отменено</Badge>
      ) : current ? (
        <Badge kind="success">Действует</Badge>
      ) : (
        <Badge kind="info">Ещё не действует</Badge>
      )}
      {next && <span className="soft small">Изменится {stampWords(next.takesEffectAt, ownZone())}</span>}
      {shown(rule).overridable && <span className="soft small">Можно обойти с причиной</span>}
    </span>
  )
}
