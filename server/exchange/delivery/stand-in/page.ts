import type { Message } from '../../../modules/notifications/index.ts'
import { html, page, type Html } from '../../esia/page.ts'
import type { SentMessage } from './stand-in.ts'

const channels = { email: 'Письмо', sms: 'SMS', push: 'Уведомление в браузере' } as const

const addressOf = ({ channel, to }: Message): string => (channel === 'push' ? 'Браузеры' : to)

/** The page: messages by recipient, whoever got the newest one first. Links in texts lead back into the demo. */
export function sentPage(sent: readonly SentMessage[]): string {
  const recipients = new Map<string, SentMessage[]>()
  for (const one of sent) {
    const address = addressOf(one.message)
    recipients.set(address, [...(recipients.get(address) ?? []), one])
  }
  return page(
    'Что было бы отправлено',
    '/demo/style.css',
    html`<p class="note">
        Это демонстрация: письма, SMS и уведомления никуда не уходят, а показаны здесь. Все люди вымышлены.
      </p>
      <h1>Что было бы отправлено</h1>
      ${
        recipients.size === 0
          ? html`<p>Пока ничего. Запишитесь к врачу, и здесь появятся сообщения.</p>`
          : [...recipients].map(([address, messages]) => recipient(address, messages))
      }
      <p><a class="button" href="/demo/sent">Обновить</a><a class="button quiet" href="/">В кабинет пациента</a></p>`,
  )
}

const recipient = (address: string, messages: readonly SentMessage[]): Html =>
  html`<section>
    <h2>${address}</h2>
    ${messages.map(
      ({ at, message }) =>
        html`<article class="message">
          <p class="soft">${channels[message.channel]}, ${stamp.format(at)}</p>
          ${message.channel === 'email' ? html`<p><strong>${message.subject}</strong></p>` : ''}
          ${message.channel === 'push' ? html`<p><strong>${message.title}</strong></p>` : ''}
          <p>${linked(message.text)}</p>
          ${message.channel === 'push' ? html`<p><a href="${message.path}">Открыть</a></p>` : ''}
        </article>`,
    )}
  </section>`

const stamp = new Intl.DateTimeFormat('ru-RU', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Moscow' })

/** The text with its addresses as links. */
const linked = (text: string): Html[] =>
  text.split(/(https?:\/\/\S+)/).map((part, i) => (i % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`))
