import path from 'node:path'
import { isIP } from 'node:net'
import { isTimeZone } from './platform/time.ts'

/** Everything the surroundings decide. This file is the only reader of process.env; docs/operations lists the same table. */
export type Config = {
  mode: 'demo' | 'production'
  port: number
  host: string
  dataDir: string
  /** Given: that server is used. Absent (demo only): an embedded PostgreSQL under dataDir. */
  databaseUrl: string | undefined
  /** Zone for what belongs to no organisation: jobs' clocks and the region's reports. */
  timeZone: string
  /** Address people reach us at; QR codes, calendar entries and ЕСИА's redirect point here. */
  baseUrl: string
  trustProxy: boolean
  logLevel: string
  requestsPerMinute: number
  poolSize: number
  /** 32 bytes, hex: encrypts second-factor secrets and software keys. Made by itself in the demo. */
  secret: string | undefined
  esia: {
    /** ЕСИА as browsers reach it; «» (demo only): the stand-in on this very site. */
    url: string
    /** ЕСИА as this server reaches it, when that is another address: a ГОСТ TLS gateway. */
    apiUrl: string | undefined
    clientId: string
    keyFile: string | undefined
    certificateFile: string | undefined
    tokenCertificateFile: string | undefined
    clientCertificateHash: string | undefined
    scope: string | undefined
    issuer: string | undefined
    timeoutMs: number
    /** Signing out here signs out of Госуслуги as well. */
    signOutThere: boolean
  }
  /** Calendars of doctors may be read from private addresses too (the clinic's own mail server). */
  privateCalendars: boolean
  nsi: { url: string; userKey: string | undefined }
  /** Channels outside the cabinet; what has no settings is off, or in the demo a stand-in. */
  delivery: {
    smtpUrl: string | undefined
    mailFrom: string | undefined
    smsUrl: string | undefined
    smsToken: string | undefined
    /** VAPID (RFC 8292): the private key, 32 bytes in base64url. */
    vapidKey: string | undefined
  }
}

/** A setting that cannot be used, named, with what would be right. */
export class WrongSetting extends Error {}

const number = (env: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number => {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max)
    throw new WrongSetting(`${name} must be a whole number from ${min} to ${max}, not «${text}»`)
  return value
}

const url = (env: NodeJS.ProcessEnv, name: string, protocols: string[]): string | undefined => {
  const text = env[name]
  if (!text) return undefined
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
    throw new WrongSetting(`${name} must be an address beginning with ${protocols.join(' or ')}//`)
  return text.replace(/\/$/, '')
}

const zone = (env: NodeJS.ProcessEnv): string => {
  const name = env['RMIS_TIME_ZONE'] || 'Europe/Moscow'
  if (!isTimeZone(name))
    throw new WrongSetting(`RMIS_TIME_ZONE must be an IANA zone such as Europe/Moscow, not «${name}»`)
  return name
}

/** Reads the settings. Throws WrongSetting naming the first one that is wrong or, in production, missing. */
export function readConfig(mode: Config['mode'], env: NodeJS.ProcessEnv = process.env): Config {
  const port = number(env, 'RMIS_PORT', 8080, 0, 65535)
  const host = env['RMIS_HOST'] || '127.0.0.1'
  if (!isIP(host)) throw new WrongSetting('RMIS_HOST must be an IP address to listen on')
  const databaseUrl = url(env, 'RMIS_DATABASE_URL', ['postgres:', 'postgresql:'])
  const secret = env['RMIS_SECRET'] || undefined
  if (secret && !/^[0-9a-f]{64}$/i.test(secret))
    throw new WrongSetting('RMIS_SECRET must be 64 hexadecimal digits (openssl rand -hex 32)')
  const baseUrl = url(env, 'RMIS_BASE_URL', ['https:', 'http:'])
  const config: Config = {
    mode,
    port,
    host,
    databaseUrl,
    secret,
    dataDir: path.resolve(env['RMIS_DATA_DIR'] || '.rmis'),
    timeZone: zone(env),
    baseUrl: baseUrl ?? `http://127.0.0.1:${port}`,
    trustProxy: env['RMIS_TRUST_PROXY'] === '1',
    logLevel: env['RMIS_LOG_LEVEL'] || (mode === 'demo' ? 'warn' : 'info'),
    requestsPerMinute: number(env, 'RMIS_REQUESTS_PER_MINUTE', 1200, 1, 100_000_000),
    poolSize: number(env, 'RMIS_POOL_SIZE', 16, 4, 64),
    esia: readEsia(mode, env),
    privateCalendars: env['RMIS_CALENDAR_PRIVATE_ADDRESSES'] === '1',
    nsi: {
      url: url(env, 'RMIS_NSI_URL', ['https:', 'http:']) ?? 'https://nsi.rosminzdrav.ru',
      userKey: env['RMIS_NSI_USER_KEY'],
    },
    delivery: {
      smtpUrl: url(env, 'RMIS_SMTP_URL', ['smtp:', 'smtps:']),
      mailFrom: env['RMIS_MAIL_FROM'] || undefined,
      smsUrl: url(env, 'RMIS_SMS_URL', ['https:', 'http:']),
      smsToken: env['RMIS_SMS_TOKEN'] || undefined,
      vapidKey: env['RMIS_VAPID_KEY'] || undefined,
    },
  }
  checkDelivery(config.delivery)
  if (mode === 'production') requireProduction(config, baseUrl)
  return config
}

/** Settings of a channel stand together or not at all. */
function checkDelivery({ smtpUrl, mailFrom, smsUrl, smsToken, vapidKey }: Config['delivery']): void {
  if (Boolean(smtpUrl) !== Boolean(mailFrom))
    throw new WrongSetting('RMIS_SMTP_URL and RMIS_MAIL_FROM are required together')
  if (mailFrom && !/^[^\r\n<>]*<?[^\s<>@]+@[^\s<>@]+>?$/.test(mailFrom))
    throw new WrongSetting('RMIS_MAIL_FROM must be an address such as «РМИС <no-reply@example.org>»')
  if (Boolean(smsUrl) !== Boolean(smsToken))
    throw new WrongSetting('RMIS_SMS_URL and RMIS_SMS_TOKEN are required together')
  if (vapidKey && !/^[A-Za-z0-9_-]{43}$/.test(vapidKey))
    throw new WrongSetting('RMIS_VAPID_KEY must be a P-256 private key: 32 bytes in base64url, 43 characters')
}

/** Sign-in through ЕСИА; server/exchange/esia/README.md tells what each setting means there. */
const readEsia = (mode: Config['mode'], env: NodeJS.ProcessEnv): Config['esia'] => ({
  url: url(env, 'RMIS_ESIA_URL', ['https:', 'http:']) ?? (mode === 'demo' ? '' : 'https://esia.gosuslugi.ru'),
  apiUrl: url(env, 'RMIS_ESIA_API_URL', ['https:', 'http:']),
  clientId: env['RMIS_ESIA_CLIENT_ID'] || (mode === 'demo' ? 'DEMO_RMIS' : ''),
  keyFile: env['RMIS_ESIA_KEY_FILE'],
  certificateFile: env['RMIS_ESIA_CERTIFICATE_FILE'],
  tokenCertificateFile: env['RMIS_ESIA_TOKEN_CERTIFICATE_FILE'],
  clientCertificateHash: env['RMIS_ESIA_CLIENT_CERTIFICATE_HASH'],
  scope: env['RMIS_ESIA_SCOPE'],
  issuer: env['RMIS_ESIA_ISSUER'],
  timeoutMs: number(env, 'RMIS_ESIA_TIMEOUT_MS', 10_000, 100, 60_000),
  signOutThere: env['RMIS_ESIA_SIGN_OUT'] ? env['RMIS_ESIA_SIGN_OUT'] === '1' : mode === 'demo',
})

function requireProduction(config: Config, baseUrl: string | undefined): void {
  if (!config.databaseUrl)
    throw new WrongSetting('RMIS_DATABASE_URL is required: production runs on a PostgreSQL of its own')
  if (!config.secret || /^(.)\1+$/.test(config.secret))
    throw new WrongSetting('RMIS_SECRET is required: 64 random hexadecimal digits (openssl rand -hex 32)')
  if (!baseUrl) throw new WrongSetting('RMIS_BASE_URL is required: the address people reach the system at')
  // We speak http; whoever is reached over https is behind a proxy. Unbelieved, it would be the one address that all people
  // share the request limit of, and cookies would go without `Secure`.
  if (baseUrl.startsWith('https:') && !config.trustProxy)
    throw new WrongSetting('RMIS_TRUST_PROXY must be 1: RMIS_BASE_URL is https, so a proxy stands in front')
  if (!config.esia.clientId)
    throw new WrongSetting('RMIS_ESIA_CLIENT_ID is required: the mnemonic given to the system by ЕСИА')
  for (const name of ['keyFile', 'certificateFile', 'tokenCertificateFile'] as const) {
    if (!config.esia[name])
      throw new WrongSetting(
        `ЕСИА settings are incomplete: RMIS_ESIA_${name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()} is required`,
      )
  }
}
