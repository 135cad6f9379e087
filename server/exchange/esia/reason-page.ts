import { html, page, type Html } from './page.ts'
import { explanations, type Reason } from './reasons.ts'

/** The page that tells a person why they are not signed in and what they can do. `esiaCode` is for support. */
export function reasonPage(reason: Reason, returnTo: string, esiaCode: string | undefined): string {
  const { title, text, retry } = explanations[reason]
  const again = `/esia/sign-in?${new URLSearchParams({ return: returnTo })}`
  const nothing: Html[] = []
  return page(
    title,
    '/esia/style.css',
    html`<h1>${title}</h1>
      ${text.map((sentence) => html`<p>${sentence}</p>`)}
      <p>
        ${retry ? html`<a class="button" href="${again}">Войти ещё раз</a>` : nothing}
        <a href="/">На главную</a>
      </p>
      ${esiaCode ? html`<p class="soft">Код Госуслуг для поддержки: <span class="code">${esiaCode}</span></p>` : nothing}`,
  )
}
