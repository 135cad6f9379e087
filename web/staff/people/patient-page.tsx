import type { ReactNode } from 'react'
import type { Me } from '../../../contracts/access.ts'
import { listPatientAppointments, type Appointment } from '../../../contracts/booking.ts'
import { formatSnils } from '../../../contracts/formats.ts'
import type { Patient } from '../../../contracts/patients.ts'
import { useRead } from '../../api/index.ts'
import {
  Badge,
  Card,
  capital,
  dateWords,
  EmptyState,
  ErrorState,
  Facts,
  momentWords,
  Notice,
  phoneHref,
  phoneWords,
  Row,
  Rows,
  Skeleton,
} from '../../ui/index.ts'
import { worksEverywhere } from '../role-words.ts'
import { useSession } from '../session.tsx'
import { PatientFrame } from './patient-frame.tsx'
import { sexWords } from './person-words.ts'
import { Representations } from './representations.tsx'
import { VisitActions } from './visit-actions.tsx'
import { statusWords } from './visit-words.ts'

/** A patient's data and visits: what the registrar works with. */
export default function PatientPage({ patientId }: { patientId: string }): ReactNode {
  const { me } = useSession()
  return (
    <PatientFrame patientId={patientId} current="data" live={[listPatientAppointments]}>
      {(patient) => (
        <>
          {history.state?.registered === patientId && (
            <Notice kind="success" title="Карта создана">
              <p>Теперь пациента можно записать на приём.</p>
            </Notice>
          )}
          <div className="columns">
            <div className="stack">
              <Data patient={patient} />
              {keepsTies(me.role) && <Representations patient={patient} keeps={me.role !== 'guardianship-officer'} />}
            </div>
            {me.role !== 'administrator' && <Visits patient={patient} />}
          </div>
        </>
      )}
    </PatientFrame>
  )
}

const keepsTies = (role: Me['role']) =>
  role === 'registrar' || role === 'administrator' || role === 'guardianship-officer'

const noSnils = {
  newborn: 'нет: новорождённый',
  foreigner: 'нет: иностранный гражданин',
  'no-documents': 'нет: без документов',
} as const

function Data({ patient }: { patient: Patient }): ReactNode {
  const { me } = useSession()
  const { attachment: place } = patient
  // The call centre is told what booking needs, and the numbers of documents are not sent to it.
  const numbers = me.role !== 'call-centre'
  const number = (value: string) => <span className="numbers">{value}</span>
  return (
    <Card title="Данные">
      <Facts
        items={[
          ['Дата рождения', dateWords(patient.birthDate)],
          ['Пол', sexWords(patient.sex)],
          numbers && [
            'СНИЛС',
            patient.snils
              ? number(formatSnils(patient.snils))
              : patient.noSnilsReason && noSnils[patient.noSnilsReason],
          ],
          numbers && ['Полис ОМС', patient.enp ? number(patient.enp) : 'не указан'],
          patient.inn !== null && ['ИНН', number(patient.inn)],
          ['Телефон', patient.phone ? <a href={phoneHref(patient.phone)}>{phoneWords(patient.phone)}</a> : 'не указан'],
          numbers && ['Почта', patient.email],
          ['Адрес', patient.address ?? 'не указан'],
          [
            'Прикрепление',
            place
              ? `${place.organizationName}${place.area ? `, участок ${place.area}` : ''}, с ${dateWords(place.since)}`
              : 'не прикреплён',
          ],
        ]}
      />
    </Card>
  )
}

function Visits({ patient }: { patient: Patient }): ReactNode {
  const read = useRead(listPatientAppointments, { params: { patientId: patient.id } })
  if (read.error && !read.data)
    return (
      <Card title="Записи">
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      </Card>
    )
  if (!read.data) return <Skeleton shape="card" label="Загружаем записи" />
  const { coming, past } = read.data
  return (
    <div className="stack">
      <Card title="Предстоящие записи">
        {coming.length === 0 ? (
          <EmptyState icon="calendar" title="Предстоящих записей нет" />
        ) : (
          <Rows label="Предстоящие записи">
            {coming.map((visit) => (
              <VisitRow key={visit.id} visit={visit} />
            ))}
          </Rows>
        )}
      </Card>
      {past.length > 0 && (
        <Card title="Прошлые записи">
          <Rows label="Прошлые записи">
            {past.map((visit) => (
              <VisitRow key={visit.id} visit={visit} />
            ))}
          </Rows>
        </Card>
      )}
    </div>
  )
}

function VisitRow({ visit }: { visit: Appointment }): ReactNode {
  const { me } = useSession()
  const status = statusWords(visit.status)
  const ours = visit.organizationId === me.organizationId || worksEverywhere(me.role)
  return (
    <Row
      title={capital(momentWords(visit.startsAt, visit.timeZone))}
      about={
        <>
          {visit.specialtyTitle}, {visit.doctorName}
          {visit.room && `, кабинет ${visit.room}`}
          <br />
          {visit.organizationId !== me.organizationId && `${visit.organizationName}. `}Код талона{' '}
          <span className="numbers">{visit.code}</span>
          {visit.category && `. Цель: ${visit.category.name}`}
          {visit.cancelReason && `. Причина отмены: ${visit.cancelReason}`}
        </>
      }
      aside={<Badge kind={status.kind}>{status.text}</Badge>}
    >
      {ours && <VisitActions visit={visit} zone={visit.timeZone} specialty={visit.specialtyCode} />}
    </Row>
  )
}
