import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { formatSnils } from '../../../contracts/formats.ts'
import { decideLinkRequest, listLinkRequests, type LinkRequest, type PatientRow } from '../../../contracts/patients.ts'
import { useAction, useRead } from '../../api/index.ts'
import {
  Badge,
  Button,
  Card,
  dateDigits,
  Dialog,
  EmptyState,
  ErrorState,
  momentWords,
  Page,
  showToast,
  Skeleton,
  TextInput,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { PatientPicker } from '../people/patient-picker.tsx'
import { useSession } from '../session.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { compared, lineOf, reasonWords } from './link-words.ts'

const EVERY_MS = 20_000

/** Accounts of Госуслуги that found no card by themselves: a registrar compares and connects, or refuses with a reason. */
export default function LinksPage(): ReactNode {
  const read = useRead(listLinkRequests, {}, { every: () => EVERY_MS })
  const requests = read.data?.requests
  return (
    <Page title="Подключение карт" lead="Граждане вошли через Госуслуги, но карта не нашлась сама: сверьте и решите">
      {read.error && !requests ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !requests ? (
        <Skeleton shape="card" label="Загружаем заявки" />
      ) : requests.length === 0 ? (
        <EmptyState icon="check" title="Заявок нет">
          <p>Новые появятся здесь сами.</p>
        </EmptyState>
      ) : (
        requests.map((request) => <Request key={request.id} request={request} />)
      )}
    </Page>
  )
}

function Request({ request }: { request: LinkRequest }): ReactNode {
  const { zone } = useSession()
  const [, navigate] = useLocation()
  const [other, setOther] = useState<PatientRow | null>(null)
  const [refusing, setRefusing] = useState(false)
  const [note, setNote] = useState('')
  const { claimed, reason, createdAt } = request
  const name = [claimed.lastName, claimed.firstName, claimed.middleName].filter(Boolean).join(' ')
  const card = other ?? request.candidate
  const decide = useAction(decideLinkRequest, {
    refreshes: [listLinkRequests],
    onDone: ({ state }) => {
      setRefusing(false)
      showToast({ text: state === 'linked' ? `${name}: карта подключена` : `${name}: в подключении отказано` })
    },
  })
  const params = { requestId: request.id }
  return (
    <Card title={name} aside={<span className="soft">{momentWords(createdAt, zone)}</span>}>
      <p>{reasonWords(reason)}</p>
      {card && <Comparison request={request} card={card} />}
      <PatientPicker
        label={card ? 'Другая карта' : 'Найдите карту'}
        value={other}
        onChange={setOther}
        hint="Имя, дата рождения, СНИЛС или полис"
      />
      {!decide.busy && <ProblemNotice refusal={decide.refusal} />}
      <div className="cluster">
        <Button
          kind="primary"
          disabled={!card}
          busy={decide.busy}
          onClick={() => card && decide.run({ params, body: { link: true, patientId: card.id, note: null } })}
        >
          {card ? `Подключить карту: ${card.name}` : 'Подключить карту'}
        </Button>
        {!card && (
          <Button icon="plus" onClick={() => navigate(at.newPatient(), { state: { from: lineOf(claimed) } })}>
            Зарегистрировать нового<span className="visually-hidden">: {name}</span>
          </Button>
        )}
        <Button kind="danger" onClick={() => setRefusing(true)}>
          Отказать
        </Button>
      </div>
      <Dialog open={refusing} title={`Отказать: ${name}`} onClose={() => setRefusing(false)}>
        <RefuseForm
          busy={decide.busy}
          note={note}
          onNote={setNote}
          onClose={() => setRefusing(false)}
          onRefuse={() => decide.run({ params, body: { link: false, patientId: null, note: note.trim() } })}
        />
      </Dialog>
    </Card>
  )
}

/** What the account says beside what the card says; what differs is marked in words and not by colour alone. */
function Comparison({ request, card }: { request: LinkRequest; card: PatientRow }): ReactNode {
  return (
    <table className="table comparison">
      <caption className="visually-hidden">Сравнение данных Госуслуг и карты</caption>
      <thead>
        <tr>
          <th scope="col">Данные</th>
          <th scope="col">Госуслуги</th>
          <th scope="col">Карта</th>
        </tr>
      </thead>
      <tbody>
        {compared(request.claimed, card).map(({ what, claimed, known, same }) => (
          <tr key={what}>
            <th scope="row">{what}</th>
            <td>{shown(what, claimed)}</td>
            <td>
              {shown(what, known)} {!same && <Badge kind="warning">отличается</Badge>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function shown(what: string, value: string | null): string {
  if (!value) return '—'
  if (what === 'Дата рождения') return dateDigits(value)
  return what === 'СНИЛС' ? formatSnils(value) : value
}

type RefuseProps = {
  busy: boolean
  note: string
  onNote: (note: string) => void
  onClose: () => void
  onRefuse: () => void
}

/** A refusal is read by the person it is about, so it needs words of help and not a bare no. */
function RefuseForm({ busy, note, onNote, onClose, onRefuse }: RefuseProps): ReactNode {
  const [tried, setTried] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (note.trim()) onRefuse()
    else input.current?.focus()
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <TextInput
        label="Что сделать, чтобы карту подключили"
        hint="Эти слова прочитает гражданин в своём кабинете"
        maxLength={200}
        inputRef={input}
        value={note}
        onChange={onNote}
        error={tried && !note.trim() ? 'Напишите причину: её прочитает гражданин' : undefined}
      />
      <div className="cluster">
        <Button type="submit" kind="danger" busy={busy} busyText="Отправляем…">
          Отказать
        </Button>
        <Button onClick={onClose}>Не сейчас</Button>
      </div>
    </form>
  )
}
