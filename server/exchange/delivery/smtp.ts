import { createTransport } from 'nodemailer'
import type { Message, Receipt } from '../../modules/notifications/index.ts'

type Mail = Extract<Message, { channel: 'email' }>
type SmtpError = Error & { code?: string; responseCode?: number }

const TIMEOUT_MS = 20_000

/** E-mail through an SMTP server. `url`: smtp(s)://user:password@host:port; `from`: the sender's address. */
export function smtpSender(url: string, from: string): (mail: Mail) => Promise<Receipt> {
  const address = new URL(url)
  const transport = createTransport({
    host: address.hostname,
    port: address.port ? Number(address.port) : address.protocol === 'smtps:' ? 465 : 587,
    secure: address.protocol === 'smtps:',
    ...(address.username && {
      auth: { user: decodeURIComponent(address.username), pass: decodeURIComponent(address.password) },
      // A password never goes over an open line.
      requireTLS: address.protocol === 'smtp:',
    }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.replace(/>$/, '').split('@').at(-1)!
  return async ({ id, to, subject, text }) => {
    try {
      const sent = await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        // The same for every attempt: a server that has it already, or the reader's program, knows it again.
        messageId: `<${id}@${domain}>`,
        // So that automatic answers stay away (RFC 3834 §5).
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
      return { outcome: 'accepted', reference: sent.response.slice(0, 3) }
    } catch (error) {
      return receiptOf(error as SmtpError)
    }
  }
}

/** The reply's text may repeat the address, so only its code is kept. 5xx is final, unless it is about ourselves. */
function receiptOf({ code, responseCode }: SmtpError): Receipt {
  const reason = responseCode ? `SMTP ${responseCode}` : `SMTP: ${code ?? 'сбой'}`
  const ours = code === 'EAUTH' || code === 'ETLS'
  return responseCode && responseCode >= 500 && !ours ? { outcome: 'refused', reason } : { outcome: 'later', reason }
}
