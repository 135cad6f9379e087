import * as T from 'typebox'
import { endpoint, type ProblemType } from './endpoint.ts'
import { Id, Instant, Line, Nullable, OneOf, Shape, Snils } from './values.ts'

export const WrongPassword = {
  type: '/problems/wrong-password',
  status: 401,
  title: 'Логин или пароль не подходят',
  advice: 'Проверьте раскладку клавиатуры и Caps Lock.',
} as const satisfies ProblemType
export const WrongCode = {
  type: '/problems/wrong-code',
  status: 401,
  title: 'Код не подходит',
  advice: 'Введите новый код из приложения: каждый код действует один раз и 30 секунд.',
} as const satisfies ProblemType
/** `until` comes with it: the instant guesses are heard again. */
export const SignInLocked = {
  type: '/problems/sign-in-locked',
  status: 429,
  title: 'Вход временно закрыт: слишком много неверных попыток',
  advice: 'Подождите 15 минут или обратитесь к администратору.',
} as const satisfies ProblemType
export const StepUpNeeded = {
  type: '/problems/step-up-needed',
  status: 403,
  title: 'Подтвердите, что это вы',
  advice: 'Введите код второго фактора ещё раз.',
} as const satisfies ProblemType

export const RoleName = OneOf(
  'citizen',
  'registrar',
  'call-centre',
  'doctor',
  'head',
  'guardianship-officer',
  'administrator',
  'security-officer',
)

/** Who I am now: what the screens need to greet and to choose their area. */
export const Me = Shape({
  accountId: Id,
  kind: OneOf('citizen', 'employee'),
  name: T.String(),
  role: RoleName,
  organizationId: Nullable(Id),
  staffId: Nullable(Id),
  /** True when a second factor is still to be given. */
  needsSecondFactor: T.Boolean(),
  /** Other capacities of the same account, to switch to. */
  assignments: T.Array(Shape({ id: Id, role: RoleName, organizationId: Nullable(Id), current: T.Boolean() })),
  /** The installation is a demo: every page says so. */
  demo: T.Boolean(),
})
export type Me = T.Static<typeof Me>

export const whoAmI = endpoint({
  name: 'access.who-am-i',
  summary: 'Кто я',
  method: 'GET',
  path: '/api/v1/me',
  who: 'signed-in',
  journal: 'read',
  reply: Me,
  problems: [],
})

/** First factor of staff. A right password opens a half-open session that may only give the second factor. */
export const signIn = endpoint({
  name: 'access.sign-in',
  summary: 'Вход сотрудника: пароль',
  method: 'POST',
  path: '/api/v1/sign-in',
  who: 'anyone',
  journal: 'change',
  withoutIdempotencyKey: true,
  body: Shape({
    login: T.String({ minLength: 1, maxLength: 100 }),
    password: T.String({ minLength: 1, maxLength: 200 }),
  }),
  reply: Me,
  problems: [WrongPassword, SignInLocked],
})
/** Second factor: a TOTP code (RFC 6238). Also repeats the proof for a step-up before signing. */
export const giveSecondFactor = endpoint({
  name: 'access.give-second-factor',
  summary: 'Вход сотрудника: второй фактор',
  method: 'POST',
  path: '/api/v1/second-factor',
  who: 'anyone',
  journal: 'change',
  withoutIdempotencyKey: true,
  body: Shape({ code: T.String({ pattern: '^\\d{6}$' }) }),
  reply: Me,
  problems: [WrongCode, SignInLocked],
})
export const signOut = endpoint({
  name: 'access.sign-out',
  summary: 'Выход',
  method: 'POST',
  path: '/api/v1/sign-out',
  who: 'signed-in',
  journal: 'change',
  withoutIdempotencyKey: true,
  reply: Shape({ signedOut: T.Literal(true) }),
  problems: [],
})
export const chooseAssignment = endpoint({
  name: 'access.choose-assignment',
  summary: 'Выбор рабочего места',
  method: 'POST',
  path: '/api/v1/assignment',
  who: 'signed-in',
  journal: 'change',
  body: Shape({ assignmentId: Id }),
  reply: Me,
  problems: [],
})

export const Session = Shape({
  id: Id,
  current: T.Boolean(),
  method: OneOf('esia', 'password', 'password+totp'),
  userAgent: Nullable(T.String()),
  address: Nullable(T.String()),
  createdAt: Instant,
  seenAt: Instant,
  expiresAt: Instant,
})
export const listSessions = endpoint({
  name: 'access.list-sessions',
  summary: 'Мои входы',
  method: 'GET',
  path: '/api/v1/sessions',
  who: 'signed-in',
  journal: 'read',
  reply: Shape({ sessions: T.Array(Session) }),
  problems: [],
})
export const revokeSession = endpoint({
  name: 'access.revoke-session',
  summary: 'Завершение входа на другом устройстве',
  method: 'DELETE',
  path: '/api/v1/sessions/:sessionId',
  who: 'signed-in',
  journal: 'change',
  params: Shape({ sessionId: Id }),
  reply: Shape({ revoked: T.Literal(true) }),
  problems: [],
})

/** The demo only: current codes and logins of demo employees, shown beside the sign-in form. 404 outside the demo. */
export const listDemoLogins = endpoint({
  name: 'access.list-demo-logins',
  summary: 'Демонстрационные входы',
  method: 'GET',
  path: '/api/v1/demo/logins',
  who: 'anyone',
  journal: 'read',
  reply: Shape({
    logins: T.Array(
      Shape({ login: T.String(), password: T.String(), name: T.String(), role: RoleName, about: T.String() }),
    ),
  }),
  problems: [],
})
export const showDemoCode = endpoint({
  name: 'access.show-demo-code',
  summary: 'Демонстрационный код второго фактора',
  method: 'GET',
  path: '/api/v1/demo/code',
  who: 'anyone',
  journal: 'read',
  /** The code, for how many seconds it stays good, and in how many it becomes so (0: now). */
  reply: Shape({ code: T.String(), secondsLeft: T.Integer(), readyIn: T.Integer() }),
  problems: [],
})

/** The citizen's own data as ЕСИА gave them. */
export const myIdentity = endpoint({
  name: 'access.my-identity',
  summary: 'Мои данные из Госуслуг',
  method: 'GET',
  path: '/api/v1/me/identity',
  who: ['citizen'],
  journal: 'read',
  reply: Shape({
    lastName: Line,
    firstName: Line,
    middleName: Nullable(Line),
    birthDate: Nullable(T.String()),
    snils: Nullable(Snils),
    phone: Nullable(T.String()),
    email: Nullable(T.String()),
    trusted: T.Boolean(),
  }),
  problems: [],
})
