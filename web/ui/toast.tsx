import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icons.tsx'

type Toast = {
  text: string
  /** What undoes it, or goes on from it. The toast is gone when it is pressed. */
  action?: { label: string; run: () => void }
  /** Milliseconds it stays; it waits while the pointer or the focus is on it. With an action 12 s, without 5 s. */
  stays?: number
}

let listener: ((toast: Toast | undefined) => void) | undefined

/** Says what was done, with a way to undo it. A new one takes the place of the old. */
export const showToast = (toast: Toast): void => listener?.(toast)

/** Where toasts come up; once in a page, `Shell` has it. Above the bottom navigation, under dialogs. */
export function UndoToast(): ReactNode {
  const [toast, setToast] = useState<Toast | undefined>(undefined)
  const [held, setHeld] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    listener = (next) => {
      setHeld(false)
      setToast(next)
    }
    return () => void (listener = undefined)
  }, [])
  useEffect(() => {
    if (!toast || held) return
    timer.current = setTimeout(() => setToast(undefined), toast.stays ?? (toast.action ? 12_000 : 5_000))
    return () => clearTimeout(timer.current)
  }, [toast, held])
  const action = toast?.action
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointer and focus only make it wait
    <div
      className="toasts no-print"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <output> may not hold buttons
      role="status"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast && (
        <div className="toast">
          <span className="toast__words">{toast.text}</span>
          {action && (
            <Button
              kind="plain"
              onClick={() => {
                setToast(undefined)
                action.run()
              }}
            >
              {action.label}
            </Button>
          )}
          <button type="button" className="toast__close" onClick={() => setToast(undefined)}>
            <Icon name="cross" size={20} />
            <span className="visually-hidden">Скрыть</span>
          </button>
        </div>
      )}
    </div>
  )
}
