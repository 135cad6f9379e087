import { html, page } from '../page.ts'
import type { DemoCitizen } from './demo-citizen.ts'
import type { StandInRefusal } from './refusal.ts'

const STYLE = '/aas/style.css'

const banner = html`<p class="note">
  Это демонстрация: страница заменяет Госуслуги, все люди на ней вымышлены. Пароль не нужен.
</p>`

const fullName = (c: DemoCitizen): string => [c.lastName, c.firstName, c.middleName].filter(Boolean).join(' ')

/** The page where a person would sign in to Госуслуги: here they choose who to be, or decline. Plain links, no scripts. */
export function choicePage(citizens: readonly DemoCitizen[], waiting: string): string {
  const choice = (person: string) => `/aas/oauth2/v2/ac/choice?${new URLSearchParams({ person, waiting })}`
  return page(
    'Вход через Госуслуги (демонстрация)',
    STYLE,
    html`${banner}
      <h1>Кто входит?</h1>
      <ul class="people">
        ${citizens.map(
          (c) =>
            html`<li>
              <a href="${choice(c.esiaOid)}"><strong>${fullName(c)}</strong> <span class="soft">${c.about}</span></a>
            </li>`,
        )}
      </ul>
      <p class="soft">
        РМИС узнает имя, дату рождения, пол, СНИЛС, ИНН, полис ОМС, телефон, почту и адрес выбранного человека и имена
        его детей.
      </p>
      <p><a class="button quiet" href="${choice('')}">Отказаться</a></p>`,
  )
}

/** What the browser shows when it must not be sent back: the system or its address is unknown, or the page is too old. */
export const refusalPage = (refusal: StandInRefusal): string =>
  page(
    'Госуслуги (демонстрация): ошибка',
    STYLE,
    html`${banner}
      <h1>Войти не получится</h1>
      <p>${refusal.message}</p>
      <p><a href="/">На главную</a></p>`,
  )
