import { useEffect, useId, useRef, type ReactNode } from 'react'
import { classes } from './class-names.ts'
import { Icon } from './icons.tsx'

type DialogProps = {
  open: boolean
  title: ReactNode
  /** Closed by Esc, by the cross or by a press outside. */
  onClose: () => void
  children?: ReactNode
  /** Buttons; the one that does the thing first. */
  actions?: ReactNode
  width?: 'usual' | 'wide'
}

/** The browser's own modal dialog: focus stays inside and comes back, the rest of the page is inert, Esc closes. */
export function Dialog({ open, title, onClose, children, actions, width = 'usual' }: DialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (open && !dialog.open) {
      dialog.showModal()
      // A field or the button of the deed is what the dialog is for; the browser would choose the cross, which comes first.
      dialog
        .querySelector<HTMLElement>('input:checked, input:not([type=radio]), select, textarea, [type=submit]')
        ?.focus()
    }
    if (!open && dialog.open) dialog.close()
  }, [open])
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- a press outside is a second way; Esc is the key
    <dialog
      ref={ref}
      className={classes('dialog', width === 'wide' && 'dialog--wide')}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose()
      }}
    >
      {open && (
        <div className="dialog__body">
          <div className="dialog__head">
            <h2 id={id}>{title}</h2>
            <button type="button" className="dialog__close" onClick={onClose}>
              <Icon name="cross" />
              <span className="visually-hidden">Закрыть</span>
            </button>
          </div>
          {children && <div className="stack">{children}</div>}
          {actions && <div className="dialog__actions">{actions}</div>}
        </div>
      )}
    </dialog>
  )
}
