import { useState, type FormEvent, type ReactNode } from 'react'
import { addAuthority, listAuthorities } from '../../../contracts/representation.ts'
import { useAction, useRead } from '../../api/index.ts'
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  Page,
  Row,
  Rows,
  showToast,
  Skeleton,
  TextInput,
} from '../../ui/index.ts'
import { ProblemNotice } from '../problem-notice.tsx'

/** Guardianship authorities of the region: registrars choose among them, officers work at one of them. */
export default function AuthoritiesPage(): ReactNode {
  const read = useRead(listAuthorities, {})
  const authorities = read.data?.authorities
  return (
    <Page title="Органы опеки" lead="Кто действует за тех, у кого нет другого законного представителя">
      {read.error && !authorities ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !authorities ? (
        <Skeleton shape="rows" label="Загружаем список" />
      ) : authorities.length === 0 ? (
        <EmptyState icon="people" title="Органов опеки ещё нет" />
      ) : (
        <Card>
          <Rows label="Органы опеки">
            {authorities.map(({ id, name, address, phone }) => (
              <Row key={id} title={name} about={[address, phone].filter(Boolean).join(' · ')} />
            ))}
          </Rows>
        </Card>
      )}
      <AddForm />
    </Page>
  )
}

const empty = { name: '', address: '', phone: '' }

function AddForm(): ReactNode {
  const [draft, setDraft] = useState(empty)
  const [tried, setTried] = useState(false)
  const add = useAction(addAuthority, {
    refreshes: [listAuthorities],
    onDone: ({ name }) => {
      setDraft(empty)
      setTried(false)
      showToast({ text: `${name}: внесён` })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const [name, address, phone] = [draft.name.trim(), draft.address.trim() || null, draft.phone.trim() || null]
    if (name && !add.busy) add.run({ body: { name, address, phone } })
  }
  const text = (field: keyof typeof empty, label: string, more: object = {}) => (
    <TextInput
      label={label}
      maxLength={200}
      value={draft[field]}
      onChange={(value) => setDraft({ ...draft, [field]: value })}
      {...more}
    />
  )
  return (
    <Card title="Внести орган опеки">
      <form className="stack" onSubmit={submit} noValidate>
        {text('name', 'Название', { error: tried && !draft.name.trim() ? 'Напишите название' : undefined })}
        {text('address', 'Адрес', { optional: true })}
        {text('phone', 'Телефон', { optional: true })}
        {!add.busy && <ProblemNotice refusal={add.refusal} />}
        <div>
          <Button type="submit" kind="primary" busy={add.busy} busyText="Вносим…">
            Внести
          </Button>
        </div>
      </form>
    </Card>
  )
}
