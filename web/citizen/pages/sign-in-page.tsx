import type { ReactNode } from 'react'
import { useSearch } from 'wouter'
import { ButtonLink, Card, Icon, Notice, Page, type IconName } from '../../ui/index.ts'
import { at, safeReturn } from '../addresses.ts'

const promises: { icon: IconName; title: string; text: string }[] = [
  {
    icon: 'calendar-plus',
    title: 'Запись к врачу',
    text: 'Себя и детей, в любую поликлинику региона, в четыре касания.',
  },
  { icon: 'card', title: 'Медицинская карта', text: 'Приёмы, диагнозы и назначения понятными словами.' },
  { icon: 'seal', title: 'Документы с подписью', text: 'Скачать PDF или XML и проверить подпись врача.' },
  { icon: 'eye', title: 'Кто смотрел карту', text: 'Каждый просмотр: кто, когда и на каком основании.' },
]

/** The way in. One button: the person’s identity is confirmed by Госуслуги, and no password is kept here. */
export function SignInPage({ demo }: { demo: boolean }): ReactNode {
  const back = safeReturn(new URLSearchParams(useSearch()).get('return'))
  return (
    <Page title="Запись к врачу и ваша медицинская карта">
      {back !== '/' && (
        <Notice title="Войдите, чтобы продолжить">
          <p>После входа вы вернётесь на ту же страницу.</p>
        </Notice>
      )}
      <Card kind="brand">
        <p className="lead">Вход только для вас: кто вы, подтверждают Госуслуги. Пароль нам не передаётся.</p>
        <ButtonLink kind="primary" size="large" wide href={at.esia(back)}>
          Войти через Госуслуги
        </ButtonLink>
        <details className="more">
          <summary>Как это работает</summary>
          <ol className="plain-list">
            <li>Откроется сайт Госуслуг. Введите там свой логин и пароль.</li>
            <li>Госуслуги спросят, можно ли передать нам имя, дату рождения и СНИЛС. По ним мы найдём вашу карту.</li>
            <li>Вы вернётесь сюда уже в кабинет.</li>
          </ol>
          <p>
            Нужна подтверждённая учётная запись. Подтвердить её можно бесплатно: в приложении банка, в МФЦ или в центре
            обслуживания Госуслуг.
          </p>
        </details>
        {demo && (
          <p className="small soft">
            В демонстрации вместо Госуслуг откроется их заместитель: выберите любого вымышленного человека.
          </p>
        )}
      </Card>
      <ul className="promises">
        {promises.map((promise) => (
          <li key={promise.title} className="promise">
            <Icon name={promise.icon} size={28} />
            <div>
              <h2 className="promise__title">{promise.title}</h2>
              <p className="soft">{promise.text}</p>
            </div>
          </li>
        ))}
      </ul>
      <p className="small">
        Вы врач или сотрудник? <a href="/staff/">Вход на рабочее место</a>
      </p>
    </Page>
  )
}
