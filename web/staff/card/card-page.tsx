import type { ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { showTimeline } from '../../../contracts/chart.ts'
import { kinds, periods } from '../../domain/timeline.ts'
import { Segments, Select } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { PatientFrame } from '../people/patient-frame.tsx'
import { Timeline } from './timeline-list.tsx'

/** The medical card as a doctor reads it. */
export default function CardPage({ patientId }: { patientId: string }): ReactNode {
  const [, navigate] = useLocation()
  const search = new URLSearchParams(useSearch())
  const kind = kinds.find((k) => k.value === search.get('kind'))?.value ?? ''
  const period = periods.find((p) => p.value === search.get('period'))?.value ?? ''
  const filter = (next: { kind?: string; period?: string }) =>
    navigate(at.card(patientId, { kind, period, ...next }), { replace: true })
  return (
    <PatientFrame patientId={patientId} current="card" live={[showTimeline]}>
      {() => (
        <>
          <div className="toolbar">
            <Segments
              legend="Что показать"
              value={kind}
              onChange={(value) => filter({ kind: value })}
              options={kinds}
            />
            <Select label="Период" value={period} onChange={(value) => filter({ period: value })} options={periods} />
          </div>
          <Timeline patientId={patientId} kind={kind} period={period} />
        </>
      )}
    </PatientFrame>
  )
}
