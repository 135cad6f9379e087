import type { ReactNode } from 'react'
import {
  downloadPdf,
  downloadSignature,
  downloadXml,
  showDocument,
  type DocumentView,
} from '../../../contracts/documents.ts'
import { pathOf, useRead } from '../../api/index.ts'
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  dateWords,
  dayOf,
  Facts,
  Notice,
  ownZone,
  Page,
  Skeleton,
  stampWords,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { NotRead } from '../blocks/not-read.tsx'
import { diagnosisKind, textSections, vitalsWords } from '../../domain/record-words.ts'
import { SignatureDetails } from '../../domain/signature-details.tsx'
import { verdictOf } from '../../domain/signature-words.ts'

type Props = { patientId: string; documentId: string }

/** A signed record: what it says in plain words, its files, and whether its signature holds, checked just now. */
export default function DocumentPage({ patientId, documentId }: Props): ReactNode {
  const params = { patientId, documentId }
  const read = useRead(showDocument, { params })
  const back = { href: at.documents({ id: patientId, relation: 'other' }), label: 'Все документы' }
  if (!read.data)
    return (
      <Page title="Документ" back={back}>
        {read.error ? (
          <NotRead
            refusal={read.error}
            missing="Такого документа нет"
            onRetry={() => void read.refetch()}
            retrying={read.isFetching}
          />
        ) : (
          <Skeleton shape="card" label="Открываем документ и проверяем подпись" />
        )}
      </Page>
    )
  const document = read.data
  const day = dateWords(dayOf(document.happenedAt, document.timeZone))
  return (
    <Page title={document.title} tabTitle={`${document.title}, ${day}`} back={back} lead={day}>
      <Head document={document} params={params} />
      <Contents document={document} />
      <Signatures document={document} params={params} onCheck={() => void read.refetch()} checking={read.isFetching} />
    </Page>
  )
}

type Part = { document: DocumentView; params: Props }

function Head({ document, params }: Part): ReactNode {
  const verdict = verdictOf(document.signatures)
  const badge = <Badge kind={verdict.kind}>{verdict.title}</Badge>
  return (
    <Card>
      <Facts
        items={[
          ['Пациент', document.patientName],
          ['Врач', document.doctorName],
          ['Организация', document.organizationName],
          document.versionNumber > 1 && ['Версия', `${document.versionNumber}, исправленная`],
          ['Подпись', badge],
        ]}
      />
      <div className="cluster no-print">
        <ButtonLink kind="primary" icon="document" href={pathOf(downloadPdf, { params })} newTab>
          Открыть PDF
        </ButtonLink>
        <ButtonLink icon="download" href={pathOf(downloadXml, { params })} download>
          Скачать XML
        </ButtonLink>
      </div>
    </Card>
  )
}

function Contents({ document }: { document: DocumentView }): ReactNode {
  const { content, plainWords } = document
  const { first, details } = textSections(content)
  const vitals = vitalsWords(content.vitals)
  const meanings = new Map(plainWords.map((p) => [p.term, p.meaning]))
  return (
    <>
      {content.diagnoses.length > 0 && (
        <Card title={content.diagnoses.length > 1 ? 'Диагнозы' : 'Диагноз'}>
          <ul className="findings">
            {content.diagnoses.map((diagnosis) => (
              <li key={diagnosis.code + diagnosis.kind}>
                <p className="strong">{diagnosis.name}</p>
                {meanings.get(diagnosis.name) && <p>Проще говоря: {meanings.get(diagnosis.name)}</p>}
                {diagnosis.note.trim() && <p className="as-typed">{diagnosis.note}</p>}
                <p className="soft small">
                  {diagnosisKind(diagnosis.kind)}, код МКБ-10: {diagnosis.code}
                </p>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {first.map(([title, text]) => (
        <Card key={title} title={title}>
          <p className="as-typed">{text}</p>
        </Card>
      ))}
      {(details.length > 0 || vitals.length > 0 || content.services.length > 0) && (
        <Card title="Как проходил приём">
          {details.map(([title, text]) => (
            <section key={title} className="stack stack--tight">
              <h3>{title}</h3>
              <p className="as-typed">{text}</p>
            </section>
          ))}
          {vitals.length > 0 && (
            <section className="stack stack--tight">
              <h3>Измерения</h3>
              <Facts items={vitals} />
            </section>
          )}
          {content.services.length > 0 && (
            <section className="stack stack--tight">
              <h3>Что сделали</h3>
              <ul className="plain-list">
                {content.services.map((service) => (
                  <li key={service.code}>
                    {service.name}
                    {service.quantity > 1 && `, ${service.quantity} раз`}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </Card>
      )}
    </>
  )
}

type CheckProps = Part & { onCheck: () => void; checking: boolean }

function Signatures({ document, params, onCheck, checking }: CheckProps): ReactNode {
  const { signatures } = document
  const verdict = verdictOf(signatures)
  const checkedAt = signatures[0]?.checkedAt
  return (
    <Card title="Проверка подписи">
      <Notice kind={verdict.kind} title={verdict.title}>
        <p>{verdict.text}</p>
        {checkedAt && <p className="small">Проверено: {stampWords(checkedAt, ownZone())}.</p>}
      </Notice>
      {signatures.map((signature) => (
        <SignatureDetails
          key={signature.format + signature.certificateSerial}
          signature={signature}
          zone={document.timeZone}
          file={pathOf(downloadSignature, { params: { ...params, format: signature.format } })}
        />
      ))}
      <div className="no-print">
        <Button busy={checking} busyText="Проверяем…" icon="seal" onClick={onCheck}>
          Проверить ещё раз
        </Button>
      </div>
    </Card>
  )
}
