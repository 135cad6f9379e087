import { useState, type ReactNode } from 'react'
import type { Patient } from '../../../contracts/patients.ts'
import { listRepresentations, type Representation } from '../../../contracts/representation.ts'
import { useRead } from '../../api/index.ts'
import { Badge, Button, Card, dateWords, ErrorState, Row, Rows, Skeleton } from '../../ui/index.ts'
import { AddRepresentation, EndRepresentation } from './representation-dialogs.tsx'
import { basisWords, documentWords, stateWords } from './representation-words.ts'

type Props = { patient: Patient; keeps: boolean }

/** Who acts for the patient and for whom the patient acts; registrars enter and end it here. */
export function Representations({ patient, keeps }: Props): ReactNode {
  const read = useRead(listRepresentations, { params: { patientId: patient.id } })
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Representation | undefined>(undefined)
  if (read.error && !read.data)
    return (
      <Card title="Законные представители">
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      </Card>
    )
  if (!read.data) return <Skeleton shape="card" label="Загружаем представителей" />
  const { representatives, wards } = read.data
  const end = keeps ? setEnding : undefined
  return (
    <>
      <Card title="Законные представители">
        {representatives.length === 0 ? (
          <p className="soft">Никто не действует за этого пациента.</p>
        ) : (
          <List label="Законные представители" lines={representatives} onEnd={end} />
        )}
        {keeps && (
          <div>
            <Button icon="plus" onClick={() => setAdding(true)}>
              Добавить представителя
            </Button>
          </div>
        )}
      </Card>
      {wards.length > 0 && (
        <Card title="За кого действует">
          <List label="За кого действует" lines={wards} onEnd={end} />
        </Card>
      )}
      {adding && <AddRepresentation patient={patient} onClose={() => setAdding(false)} />}
      {ending && <EndRepresentation line={ending} onClose={() => setEnding(undefined)} />}
    </>
  )
}

type ListProps = {
  label: string
  lines: readonly Representation[]
  onEnd: ((line: Representation) => void) | undefined
}

const List = ({ label, lines, onEnd }: ListProps): ReactNode => (
  <Rows label={label}>
    {lines.map((line) => (
      <Row
        key={line.id}
        title={line.person?.name ?? line.authorityName ?? 'Представитель'}
        about={<About line={line} />}
        aside={<Badge kind={stateWords[line.state].kind}>{stateWords[line.state].text}</Badge>}
      >
        {onEnd && (line.state === 'live' || line.state === 'ahead') && (
          <Button size="small" kind="danger" onClick={() => onEnd(line)}>
            Прекратить
          </Button>
        )}
      </Row>
    ))}
  </Rows>
)

const About = ({ line }: { line: Representation }): ReactNode => (
  <>
    {basisWords[line.basis]}. {documentWords(line.document)}
    <br />С {dateWords(line.since)} по {dateWords(line.until)}
    {line.addedBy && (
      <>
        <br />
        Внёс: {line.addedBy}
      </>
    )}
    {line.state === 'ended' && (
      <>
        <br />
        {line.endedBy && `Прекратил: ${line.endedBy}. `}
        {line.endReason && `Причина: ${line.endReason}`}
      </>
    )}
  </>
)
