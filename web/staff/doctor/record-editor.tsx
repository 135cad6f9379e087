import { useRef, useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { ConsultationDraft, Visit } from '../../../contracts/chart.ts'
import { prepareDocument, RecordIncomplete } from '../../../contracts/documents.ts'
import { Refusal, useAction } from '../../api/index.ts'
import { Button, Card, classes, Icon, Notice, TextArea } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { Keys } from '../keyboard/keys.tsx'
import { useShortcut } from '../keyboard/shortcuts.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { DiagnosesSection } from './diagnoses-section.tsx'
import type { DraftKeeper } from './draft-keeper.ts'
import { measureFlaws, textsOf } from './measures.ts'
import { ObjectiveSection } from './objective-section.tsx'
import { cleanText, isWritten, sectionOf, sections, type SectionId } from './records.ts'
import { saveWords } from './save-words.ts'
import { ServicesSection } from './services-section.tsx'
import { useDraft } from './use-draft.ts'

type SectionFlaws = Partial<Record<SectionId, string>>

/**
 * The record by sections. It is kept saved while it is written; Ctrl + Enter goes on to reading and signing. `who` stays in
 * sight all the way down: the wrong patient's record is the dearest mistake here.
 */
export function RecordEditor({ visit, who }: { visit: Visit; who: string }): ReactNode {
  const keeper = useDraft(visit)
  const form = useRef<HTMLDivElement>(null)
  const [texts, setTexts] = useState(() => textsOf(keeper.body.vitals))
  const { prepare, busy, flaws, judged, refused, forget } = usePreparation(visit, keeper, () => {
    const wrong = Object.keys(measureFlaws(texts)).length > 0
    if (wrong) requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
    return !wrong
  })
  const change = (next: Partial<ConsultationDraft>) => {
    const section = sectionOf(Object.keys(next)[0] ?? '')
    if (section) forget(section)
    keeper.change({ ...keeper.body, ...next })
  }
  useShortcut('Ctrl+Enter', 'Проверить и подписать', prepare)
  useShortcut('Alt+↓', 'К следующему разделу записи', () => toSection(form.current, 1))
  useShortcut('Alt+↑', 'К предыдущему разделу записи', () => toSection(form.current, -1))
  const record = keeper.body
  const area = (field: 'complaints' | 'anamnesis' | 'lifeAnamnesis' | 'prescriptions' | 'recommendations') => (
    <TextArea
      label={sections.find((s) => s.id === field)!.title}
      labelHidden
      maxLength={20_000}
      value={record[field]}
      onChange={(text) => change({ [field]: cleanText(text) })}
      error={flaws[field]}
    />
  )
  const content: Record<SectionId, ReactNode> = {
    complaints: area('complaints'),
    anamnesis: area('anamnesis'),
    lifeAnamnesis: area('lifeAnamnesis'),
    objective: (
      <ObjectiveSection
        record={record}
        onChange={change}
        texts={texts}
        onTexts={setTexts}
        judgeAll={judged}
        error={flaws.objective}
      />
    ),
    diagnoses: (
      <>
        <DiagnosesSection
          diagnoses={record.diagnoses}
          onChange={(diagnoses) => change({ diagnoses })}
          error={flaws.diagnoses}
        />
        <TextArea
          label="Пояснение к диагнозу"
          optional
          rows={2}
          maxLength={20_000}
          value={record.diagnosisNote}
          onChange={(text) => change({ diagnosisNote: cleanText(text) })}
        />
      </>
    ),
    services: (
      <ServicesSection
        services={record.services}
        onChange={(services) => change({ services })}
        error={flaws.services}
      />
    ),
    prescriptions: area('prescriptions'),
    recommendations: area('recommendations'),
  }
  return (
    <div className="record" ref={form}>
      <SectionLinks who={who} record={record} flaws={flaws} />
      {sections.map(({ id, title }) => (
        <section key={id} id={id} className="record__section" data-section>
          <Card title={title}>{content[id]}</Card>
        </section>
      ))}
      <ProblemNotice refusal={refused} />
      <SaveBar keeper={keeper} zone={visit.timeZone} busy={busy} onPrepare={prepare} />
      <Conflict keeper={keeper} zone={visit.timeZone} onTaken={(body) => setTexts(textsOf(body.vitals))} />
    </div>
  )
}

/** Saves, freezes the document and goes on to reading it; or says what the record still needs, section by section. */
function usePreparation(visit: Visit, keeper: DraftKeeper, isReady: () => boolean) {
  const { patientId, id: visitId } = visit
  const [, navigate] = useLocation()
  const [flaws, setFlaws] = useState<SectionFlaws>({})
  const [judged, setJudged] = useState(false)
  const [flushing, setFlushing] = useState(false)
  const action = useAction(prepareDocument, {
    onDone: ({ documentId, certificate }) =>
      navigate(at.signing(patientId, visitId, documentId), { state: { certificate } }),
  })
  const busy = flushing || action.busy
  const prepare = () => {
    setJudged(true)
    if (busy || !isReady()) return
    setFlushing(true)
    void keeper
      .flush()
      .then((draftVersion) => {
        if (draftVersion === undefined) return undefined
        setFlaws({})
        return action.runAsync({ params: { patientId, visitId }, body: { draftVersion } })
      })
      .catch((refusal: unknown) => {
        const found = refusal instanceof Refusal ? flawsOf(refusal) : {}
        setFlaws(found)
        const first = sections.find(({ id }) => found[id])
        if (first) focusSection(first.id)
      })
      .finally(() => setFlushing(false))
  }
  const { refusal } = action
  const incomplete = refusal?.problem.type === RecordIncomplete.type
  const forget = (id: SectionId) => flaws[id] && setFlaws(({ [id]: _gone, ...others }) => others)
  return {
    prepare,
    busy,
    flaws,
    judged,
    refused: busy || (incomplete && Object.keys(flaws).length === 0) ? undefined : refusal,
    forget,
  }
}

/** What a refusal says of each section; several flaws of one section are told together. */
function flawsOf(refusal: Refusal): SectionFlaws {
  const found: SectionFlaws = {}
  for (const { path, message } of refusal.problem.fields ?? []) {
    const id = sectionOf(path)
    if (id) found[id] = found[id] ? `${found[id]}. ${message}` : message
  }
  return found
}

const firstControl = 'textarea, input, select'

/** Puts the focus where the section is written; what is wrong there first. */
function focusSection(id: SectionId): void {
  requestAnimationFrame(() => {
    const section = document.getElementById(id)
    const control =
      section?.querySelector<HTMLElement>('[aria-invalid]') ?? section?.querySelector<HTMLElement>(firstControl)
    control?.focus({ preventScroll: true })
    section?.scrollIntoView({ block: 'start' })
  })
}

function toSection(area: HTMLElement | null, by: 1 | -1): void {
  const all = [...(area?.querySelectorAll<HTMLElement>('[data-section]') ?? [])]
  const here = all.findIndex((section) => section.contains(document.activeElement))
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by]
  if (next) focusSection(next.id as SectionId)
}

/** The sections at a glance: which are written, which need something; each leads there. */
function SectionLinks({
  who,
  record,
  flaws,
}: {
  who: string
  record: ConsultationDraft
  flaws: SectionFlaws
}): ReactNode {
  return (
    <nav className="record__links" aria-label="Разделы записи">
      <p className="record__who">{who}</p>
      <ul>
        {sections.map(({ id, title }) => {
          const state = flaws[id] ? 'wrong' : isWritten(record, id) ? 'written' : 'empty'
          return (
            <li key={id}>
              <a
                href={`#${id}`}
                className={classes('record__link', `record__link--${state}`)}
                onClick={(event) => {
                  event.preventDefault()
                  focusSection(id)
                }}
              >
                {state !== 'empty' && <Icon name={state === 'wrong' ? 'warning' : 'check'} size={18} />}
                {title}
                {state !== 'empty' && (
                  <span className="visually-hidden">{state === 'wrong' ? ', нужно дополнить' : ', заполнено'}</span>
                )}
              </a>
            </li>
          )
        })}
        <li className="record__keys">
          <Keys of="Alt+↓" />
        </li>
      </ul>
    </nav>
  )
}

type SaveBarProps = { keeper: DraftKeeper; zone: string; busy: boolean; onPrepare: () => void }

/** Always in sight: where what is typed is now, and the way on. */
function SaveBar({ keeper, zone, busy, onPrepare }: SaveBarProps): ReactNode {
  const { text, kind } = saveWords(keeper.state, zone)
  return (
    <div className="save-bar">
      <p
        className={classes('save-bar__state', `save-bar__state--${kind}`)}
        role={kind === 'plain' ? undefined : 'status'}
      >
        {kind !== 'plain' && <Icon name={keeper.state.kind === 'offline' ? 'offline' : 'warning'} size={20} />}
        {text}
      </p>
      <div className="cluster">
        <Keys of="Ctrl+Enter" />
        <Button kind="primary" busy={busy} busyText="Готовим документ…" onClick={onPrepare}>
          Проверить и подписать
        </Button>
      </div>
    </div>
  )
}

type ConflictProps = { keeper: DraftKeeper; zone: string; onTaken: (body: ConsultationDraft) => void }

function Conflict({ keeper, zone, onTaken }: ConflictProps): ReactNode {
  const { state } = keeper
  const [aside, setAside] = useState<unknown>(undefined)
  if (state.kind !== 'conflict') return null
  return (
    <>
      <Notice
        live
        kind="warning"
        title="Запись изменена в другом окне"
        actions={
          <Button kind="primary" size="small" onClick={() => setAside(undefined)}>
            Сравнить и выбрать
          </Button>
        }
      >
        <p>Пока вы не выберете, что оставить, эта запись не сохраняется на сервере.</p>
      </Notice>
      <ConflictDialog
        open={aside !== state}
        mine={keeper.body}
        theirs={state.theirs}
        zone={zone}
        onClose={() => setAside(state)}
        onChoose={(body) => {
          keeper.resolve(body)
          onTaken(body)
        }}
      />
    </>
  )
}
