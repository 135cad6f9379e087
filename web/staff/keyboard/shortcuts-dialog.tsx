import { useState, type ReactNode } from 'react'
import { Button, Dialog } from '../../ui/index.ts'
import { Keys } from './keys.tsx'
import { shortcutsNow, useShortcut, type Shortcut } from './shortcuts.ts'

/** Everywhere the same, so they are told apart from those of the page. */
const always: readonly Shortcut[] = [
  { keys: 'Tab', about: 'К следующей кнопке, ссылке или полю' },
  { keys: '↑+↓', about: 'По строкам списка' },
  { keys: 'Esc', about: 'Закрыть окно или подсказки' },
]

/** The keys of the page as it is now; opened by Ctrl + / or by the button at the bottom. */
export function ShortcutsHelp(): ReactNode {
  const [shown, setShown] = useState<readonly Shortcut[] | undefined>(undefined)
  const open = () => setShown([...shortcutsNow(), ...always])
  useShortcut('Ctrl+/', 'Этот список', open)
  return (
    <>
      <Button kind="plain" size="small" onClick={open}>
        Клавиши этой страницы
      </Button>
      <Keys of="Ctrl+/" />
      <Dialog open={shown !== undefined} title="Клавиши" onClose={() => setShown(undefined)}>
        <dl className="keys-list">
          {shown?.map(({ keys, about }) => (
            <div key={keys}>
              <dt>
                <Keys of={keys} />
                <span className="visually-hidden">{keys.replaceAll('+', ' ')}</span>
              </dt>
              <dd>{about}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  )
}
