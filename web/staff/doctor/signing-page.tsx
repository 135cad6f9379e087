import { useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { StepUpNeeded } from '../../../contracts/access.ts'
import { listDayVisits } from '../../../contracts/day-visits.ts'
import { showTimeline, showVisit } from '../../../contracts/chart.ts'
import { listDocuments, PreparedIsStale, showDocument, signDocument } from '../../../contracts/documents.ts'
import { queryKey, useAction, useRead } from '../../api/index.ts'
import { Button, ButtonLink, dateDigits, dayOf, Dialog, ErrorState, Page, Skeleton } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { DocumentContents } from '../card/document-contents.tsx'
import { DocumentHead } from '../card/document-reading.tsx'
import { Keys } from '../keyboard/keys.tsx'
import { useShortcut } from '../keyboard/shortcuts.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { queryClient } from '../query-client.ts'
import { useSession } from '../session.tsx'
import { CodeStep } from '../sign-in/code-step.tsx'

type Props = { patientId: string; visitId: string; documentId: string }

/** The frozen document before it is signed: what is read here is what will be signed, byte for byte. */
export default function SigningPage(props: Props): ReactNode {
  const { patientId, visitId, documentId } = props
  const params = { patientId, documentId }
  const read = useRead(showDocument, { params })
  const back = { href: at.visit(patientId, visitId), label: 'Вернуться к правке' }
  const document = read.data
  if (!document)
    return (
      <Page title="Подписание" back={back}>
        {read.error ? (
          <ErrorState
            problem={read.error.problem}
            onRetry={() => void read.refetch()}
            retrying={read.isFetching}
            actions={<ButtonLink href={back.href}>Вернуться к записи</ButtonLink>}
          />
        ) : (
          <Skeleton shape="card" label="Открываем документ" />
        )}
      </Page>
    )
  if (document.state === 'signed')
    return (
      <Page title="Документ уже подписан" back={{ href: back.href, label: 'К приёму' }}>
        <div>
          <ButtonLink kind="primary" href={at.document(patientId, documentId)}>
            Открыть с подписью
          </ButtonLink>
        </div>
        <DocumentHead document={document} />
        <DocumentContents record={document.content} level={2} />
      </Page>
    )
  return (
    <Page title="Прочитайте и подпишите" back={back} lead="Подпись ставится под тем, что вы видите здесь и в PDF">
      <DocumentHead document={document} />
      <DocumentContents record={document.content} level={2} />
      <Sign {...props} zone={document.timeZone} />
    </Page>
  )
}

type Certificate = { owner: string; serial: string; validUntil: string }

function Sign({ patientId, visitId, documentId, zone }: Props & { zone: string }): ReactNode {
  const { me } = useSession()
  const [, navigate] = useLocation()
  const [proving, setProving] = useState(false)
  const params = { patientId, documentId }
  const sign = useAction(signDocument, {
    refreshes: [listDayVisits, listDocuments, showTimeline, showVisit],
    onDone: (signed) => {
      queryClient.setQueryData(queryKey(showDocument, { params }), signed)
      navigate(at.document(patientId, documentId), { replace: true, state: { signed: documentId } })
    },
  })
  const run = () => {
    if (sign.busy) return
    void sign.runAsync({ params, body: {} }).catch((refusal: typeof sign.refusal) => {
      if (refusal?.problem.type === StepUpNeeded.type) setProving(true)
    })
  }
  useShortcut('Ctrl+Enter', 'Подписать', run)
  const type = sign.refusal?.problem.type
  const certificate = (history.state as { certificate?: Certificate } | null)?.certificate
  return (
    <>
      {type !== StepUpNeeded.type && !sign.busy && (
        <ProblemNotice
          refusal={sign.refusal}
          actions={
            type === PreparedIsStale.type && (
              <ButtonLink size="small" kind="primary" href={at.visit(patientId, visitId)}>
                К записи
              </ButtonLink>
            )
          }
        />
      )}
      <div className="save-bar">
        <p className="save-bar__state">
          {certificate
            ? `Сертификат: ${certificate.owner}, до ${dateDigits(dayOf(certificate.validUntil, zone))}`
            : 'Подпись усиленная, по ГОСТ Р 34.10-2012'}
        </p>
        <div className="cluster">
          <Keys of="Ctrl+Enter" />
          <Button kind="primary" icon="seal" busy={sign.busy} busyText="Подписываем…" onClick={run}>
            Подписать
          </Button>
        </div>
      </div>
      <Dialog open={proving} title="Подтвердите, что это вы" onClose={() => setProving(false)}>
        <p>Подпись приравнена к собственноручной, поэтому нужен код второго фактора.</p>
        <CodeStep
          demo={me.demo}
          action="Подписать"
          onDone={() => {
            setProving(false)
            run()
          }}
          other={
            <Button kind="plain" onClick={() => setProving(false)}>
              Не сейчас
            </Button>
          }
        />
      </Dialog>
    </>
  )
}
