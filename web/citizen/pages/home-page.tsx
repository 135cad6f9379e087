import type { ReactNode } from 'react'
import { listPatientAppointments, type Appointment } from '../../../contracts/booking.ts'
import { listDocuments } from '../../../contracts/documents.ts'
import type { Charge } from '../../../contracts/patients.ts'
import { useLive, useRead } from '../../api/index.ts'
import {
  ButtonLink,
  capital,
  Card,
  dayOf,
  dayWords,
  ErrorState,
  Icon,
  type IconName,
  Page,
  Rows,
  shortName,
  Skeleton,
  timeWords,
  useNow,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { ChangesFirst } from '../blocks/change-card.tsx'
import { DocumentLine } from '../blocks/document-line.tsx'
import { FormerCharges } from '../blocks/former-charges.tsx'
import { LinkState } from '../blocks/link-state.tsx'
import { OffersFirst, WaitingLink } from '../blocks/offers-first.tsx'
import { VisitRow } from '../blocks/visit-row.tsx'
import { WhoseCard } from '../blocks/whose-card.tsx'
import { WithCard } from '../blocks/with-card.tsx'
import { useSession } from '../session.tsx'

/** What is next, what is new, and where to go. */
export default function HomePage(): ReactNode {
  return (
    <WithCard title="Главная">
      <Home />
    </WithCard>
  )
}

function Home(): ReactNode {
  const { me, link, who } = useSession()
  const patient = who!
  const params = { patientId: patient.id }
  useLive([`patient/${patient.id}`], [listPatientAppointments, listDocuments])
  return (
    <Page title={`Здравствуйте, ${me.name.split(' ')[1] ?? me.name}!`} tabTitle="Главная">
      <WhoseCard address={at.home} />
      {link.state !== 'linked' && <LinkState />}
      <FormerCharges />
      <ChangesFirst />
      <OffersFirst />
      <NextVisit params={params} patient={patient} />
      <WaitingLink patient={patient} />
      <ul className="tiles">
        <Tile href={at.book({ for: patient.id })} icon="calendar-plus" label="Записаться к врачу" />
        <Tile href={at.card(patient)} icon="card" label="Медицинская карта" />
        <Tile href={at.documents(patient)} icon="document" label="Документы" />
        <Tile href={at.whoLooked(patient)} icon="eye" label="Кто смотрел карту" />
      </ul>
      <LatestDocuments params={params} patient={patient} />
    </Page>
  )
}

type Part = { params: { patientId: string }; patient: Charge }

function NextVisit({ params, patient }: Part): ReactNode {
  const read = useRead(listPatientAppointments, { params })
  if (read.error && !read.data)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!read.data) return <Skeleton shape="card" label="Загружаем записи" />
  const [next, ...later] = read.data.coming
  if (!next)
    return (
      <Card kind="brand" title="Записей к врачу нет">
        <p className="soft">
          {patient.relation === 'self' ? 'Выберите врача и удобное время.' : `Пациент: ${patient.name}`}
        </p>
        <div>
          <ButtonLink kind="primary" size="large" icon="calendar-plus" href={at.book({ for: patient.id })}>
            Записаться к врачу
          </ButtonLink>
        </div>
      </Card>
    )
  return (
    <>
      <NextCard visit={next} />
      {later.length > 0 && (
        <Card title="Потом" aside={<a href={at.visits(patient)}>Все записи</a>}>
          <Rows>
            {later.slice(0, 2).map((visit) => (
              <VisitRow key={visit.id} visit={visit} />
            ))}
          </Rows>
        </Card>
      )}
    </>
  )
}

function NextCard({ visit }: { visit: Appointment }): ReactNode {
  const zone = visit.timeZone
  const today = dayOf(useNow(), zone)
  return (
    <Card kind="brand" title="Ближайший приём">
      <p className="when">
        <span className="when__day">{capital(dayWords(dayOf(visit.startsAt, zone), today))}</span>
        <span className="when__time numbers">{timeWords(visit.startsAt, zone)}</span>
      </p>
      <div>
        <p className="strong">
          {visit.specialtyTitle}, {shortName(visit.doctorName)}
        </p>
        <p>
          {visit.organizationName}
          {visit.room && `, кабинет ${visit.room}`}
        </p>
        <p className="soft">{visit.address}</p>
      </div>
      <div className="cluster">
        <ButtonLink kind="primary" href={at.ticket(visit.patientId, visit.id)}>
          Открыть талон
        </ButtonLink>
        {visit.changeUntil && (
          <ButtonLink icon="move" href={at.moving(visit)}>
            Перенести
          </ButtonLink>
        )}
      </div>
    </Card>
  )
}

function LatestDocuments({ params, patient }: Part): ReactNode {
  const read = useRead(listDocuments, { params })
  const documents = read.data?.documents ?? []
  return (
    <Card title="Новые документы" aside={documents.length > 3 && <a href={at.documents(patient)}>Все документы</a>}>
      {read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data ? (
        <Skeleton shape="rows" label="Загружаем документы" />
      ) : documents.length === 0 ? (
        <p className="soft">Документов пока нет. Они появятся здесь сразу, как только врач подпишет запись о приёме.</p>
      ) : (
        <Rows>
          {documents.slice(0, 3).map((document) => (
            <DocumentLine key={document.id} patientId={patient.id} document={document} />
          ))}
        </Rows>
      )}
    </Card>
  )
}

const Tile = ({ href, icon, label }: { href: string; icon: IconName; label: string }) => (
  <li>
    <a className="tile" href={href}>
      <Icon name={icon} size={28} />
      <span>{label}</span>
    </a>
  </li>
)
