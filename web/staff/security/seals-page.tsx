import type { ReactNode } from 'react'
import { verifyJournal } from '../../../contracts/journal.ts'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { useAction } from '../../api/index.ts'
import { Button, Card, count, Facts, Notice, ownZone, Page, stampWords } from '../../ui/index.ts'
import { Keys } from '../keyboard/keys.tsx'
import { useShortcut } from '../keyboard/shortcuts.ts'
import { ProblemNotice } from '../problem-notice.tsx'

/** Whether anybody has changed, removed or added anything in the journal since it was sealed. */
export default function SealsPage(): ReactNode {
  const verification = useAction(verifyJournal)
  const run = () => !verification.busy && verification.run({ body: {} })
  useShortcut('Ctrl+Enter', 'Проверить журнал', run)
  return (
    <Page title="Печати журнала" lead="Журнал запечатывается по частям, и каждая печать держит следующую">
      <Card>
        <p>
          Проверка пересчитывает все печати по записям, какие они есть сейчас. Изменённая, удалённая или вставленная
          запись, как и убранная печать, будет видна. На большом журнале это занимает время.
        </p>
        <div className="cluster">
          <Button kind="primary" icon="shield" busy={verification.busy} busyText="Пересчитываем печати…" onClick={run}>
            Проверить журнал
          </Button>
          <Keys of="Ctrl+Enter" />
        </div>
        {!verification.busy && <ProblemNotice refusal={verification.refusal} />}
        {verification.done && !verification.busy && <Verdict verdict={verification.done} />}
      </Card>
    </Page>
  )
}

function Verdict({ verdict }: { verdict: ReplyOf<typeof verifyJournal> }): ReactNode {
  const { intact, seals, sealedUntil, lastHash, broken } = verdict
  return (
    <>
      {seals === 0 ? (
        <Notice live title="Печатей ещё нет">
          <p>Первая появится, как только пройдёт очередное запечатывание; до него проверять нечего.</p>
        </Notice>
      ) : intact ? (
        <Notice live kind="success" title="Журнал цел">
          <p>Ни одна запечатанная запись не изменена, не удалена и не добавлена.</p>
        </Notice>
      ) : (
        <Notice live kind="error" title="Журнал нарушен">
          <ul className="plain-list">
            {broken.map(({ number, why }) => (
              <li key={number}>
                Печать {number}: {why}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Facts
        items={[
          ['Печатей', count(seals, ['печать', 'печати', 'печатей'])],
          ['Запечатано по', sealedUntil && stampWords(sealedUntil, ownZone())],
          ['Последняя печать', lastHash && <span className="numbers serial">{lastHash}</span>],
        ]}
      />
      <p className="soft small">
        Запишите последнюю печать там, куда у администраторов базы нет доступа: по ней видно и полную подмену журнала.
      </p>
    </>
  )
}
