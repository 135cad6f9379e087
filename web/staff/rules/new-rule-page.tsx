import { useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { createRule, listRules, type RuleKind } from '../../../contracts/booking-rules.ts'
import { useAction } from '../../api/index.ts'
import { Button, Card, ErrorState, Page, Row, Rows, showToast, Skeleton } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useToday } from '../session.tsx'
import { RuleFields } from './rule-fields.tsx'
import { decisionOf, newForm } from './rule-form.ts'
import { kinds, kindTitle } from './rule-words.ts'
import { useRules } from './use-rules.ts'

/** First what the rule is about, then the rule. */
export default function NewRulePage(): ReactNode {
  const [kind, setKind] = useState<RuleKind | undefined>(undefined)
  const known = useRules()
  const back = { href: at.rules(), label: 'К правилам' }
  if (kind === undefined)
    return (
      <Page key="kind" title="О чём новое правило" back={back}>
        <Card>
          <Rows label="Виды правил">
            {kinds.map(({ kind: each, title, about }) => (
              <Row key={each} title={title} about={about} onPress={() => setKind(each)} />
            ))}
          </Rows>
        </Card>
      </Page>
    )
  return (
    <Page
      key="rule"
      title="Новое правило"
      lead={kindTitle(kind)}
      back={back}
      actions={<Button onClick={() => setKind(undefined)}>Другой вид</Button>}
    >
      {known.failed ? (
        <ErrorState problem={known.failed.error!.problem} onRetry={() => void known.failed!.refetch()} />
      ) : known.ready ? (
        <NewRule kind={kind} known={known} />
      ) : (
        <Skeleton shape="card" label="Загружаем списки" />
      )}
    </Page>
  )
}

function NewRule({ kind, known }: { kind: RuleKind; known: ReturnType<typeof useRules> }): ReactNode {
  const today = useToday()
  const [, navigate] = useLocation()
  const create = useAction(createRule, {
    refreshes: [listRules],
    onDone: ({ id }) => {
      showToast({ text: 'Правило создано' })
      navigate(at.rule(id), { replace: true })
    },
  })
  return (
    <RuleFields
      first={newForm(kind, today)}
      known={known}
      busy={create.busy}
      refusal={create.refusal}
      sendWords="Создать правило"
      onChange={create.reset}
      onSend={(form) => create.run({ body: decisionOf(form) })}
    />
  )
}
