import type { ReactNode } from 'react'
import { listDemoLogins } from '../../../contracts/access.ts'
import { useRead } from '../../api/index.ts'
import { capital, Card, ErrorState, Row, Rows, shortName, Skeleton } from '../../ui/index.ts'
import { ArrowList } from '../keyboard/arrow-list.tsx'
import { roleWords } from '../role-words.ts'
import type { Credentials } from './password-step.tsx'

/** The demo only: who may be tried, and as what. A press fills the form in. */
export function DemoLogins({ onChoose }: { onChoose: (credentials: Credentials) => void }): ReactNode {
  const read = useRead(listDemoLogins, {})
  return (
    <Card title="Демонстрация: кем войти">
      <p className="soft">Нажмите на сотрудника, и его логин и пароль подставятся в форму. Все люди вымышлены.</p>
      {read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data ? (
        <Skeleton shape="rows" count={8} label="Загружаем список" />
      ) : (
        <ArrowList>
          <Rows label="Сотрудники для пробы">
            {read.data.logins.map(({ login, password, name, role, about }) => (
              <Row
                key={login}
                icon="person"
                title={shortName(name)}
                about={whoWords(about, role)}
                aside={<span className="soft small">{login}</span>}
                onPress={() => onChoose({ login, password })}
              />
            ))}
          </Rows>
        </ArrowList>
      )}
    </Card>
  )
}

/** «Врач: терапевт, Поликлиника № 1»; a description that begins with the role does not hear it twice. */
function whoWords(about: string, role: Parameters<typeof roleWords>[0]): string {
  const said = roleWords(role)
  return about.toLowerCase().startsWith(said.toLowerCase()) ? capital(about) : `${said}: ${about}`
}
