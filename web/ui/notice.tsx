import type { ReactNode } from 'react'
import { classes } from './class-names.ts'
import { Icon, type IconName } from './icons.tsx'

export type NoticeKind = 'info' | 'success' | 'warning' | 'error'

const icons: Record<NoticeKind, IconName> = { info: 'info', success: 'check', warning: 'warning', error: 'stop' }
/** The colour and the drawing say what kind it is; readers get the same as a word. */
const words: Record<NoticeKind, string> = { info: '', success: 'Готово. ', warning: 'Внимание. ', error: 'Ошибка. ' }

type NoticeProps = {
  kind?: NoticeKind
  title?: ReactNode
  children?: ReactNode
  /** Buttons under the words. */
  actions?: ReactNode
  /** It came up by itself, after an action of the person: readers hear it at once. Off for what was there from the start. */
  live?: boolean
}

/** A message in the page, beside what it is about. */
export function Notice({ kind = 'info', title, children, actions, live }: NoticeProps): ReactNode {
  const role = !live ? undefined : kind === 'error' || kind === 'warning' ? 'alert' : 'status'
  return (
    <div className={classes('notice', `notice--${kind}`)} role={role}>
      <Icon name={icons[kind]} />
      <div className="notice__words">
        <span className="visually-hidden">{words[kind]}</span>
        {title && <p className="notice__title">{title}</p>}
        {children && <div className="notice__text">{children}</div>}
        {actions && <div className="notice__actions cluster">{actions}</div>}
      </div>
    </div>
  )
}
