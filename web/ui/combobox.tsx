import { useCombobox } from 'downshift'
import { useId, useState, type ReactNode } from 'react'
import { classes } from './class-names.ts'
import { Field } from './field.tsx'
import { Icon } from './icons.tsx'

type ComboboxProps<T> = {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
  labelHidden?: boolean
  placeholder?: string
  /** What is chosen; null when nothing is. */
  value: T | null
  onChange: (value: T | null) => void
  /** What fits the words typed so far. The caller asks the server and gives the answer here, in order of fitness. */
  options: readonly T[]
  /** The words typed changed: time to ask. Comes at every key; the caller waits a little if asking is dear. */
  onQuery: (words: string) => void
  /** The answer to the last words is still on its way. */
  busy?: boolean
  /** The item as it stands in the field once chosen, and in the list unless `renderOption` says otherwise. */
  textOf: (item: T) => string
  keyOf: (item: T) => string
  renderOption?: (item: T) => ReactNode
  /** Said when nothing fits. */
  emptyText?: string
  /** After a choice the field is emptied for the next one: for adding to a list. */
  clearOnChoice?: boolean
  disabled?: boolean
  inputRef?: (element: HTMLInputElement | null) => void
}

/**
 * A field with suggestions (WAI-ARIA combobox): type, walk the list with arrows, choose with Enter, leave with Esc. What
 * is shown comes from the caller, so it may be searched anywhere.
 */
export function Combobox<T>(props: ComboboxProps<T>): ReactNode {
  const { options, value, busy = false, textOf, keyOf, renderOption = textOf, emptyText = 'Ничего не нашлось' } = props
  const id = useId().replace(/[^\w-]/g, '')
  const [words, setWords] = useState('')
  const box = useCombobox<T>({
    id,
    items: options as T[],
    selectedItem: props.clearOnChoice ? null : value,
    itemToString: (item) => (item ? textOf(item) : ''),
    itemToKey: (item) => (item ? keyOf(item) : ''),
    onInputValueChange: ({ inputValue, type }) => {
      setWords(inputValue)
      if (type === useCombobox.stateChangeTypes.InputChange) {
        props.onQuery(inputValue)
        if (inputValue === '' && value) props.onChange(null)
      }
    },
    onSelectedItemChange: ({ selectedItem }) => {
      if (selectedItem) props.onChange(selectedItem)
    },
    stateReducer: (_state, { type, changes }) => {
      const chosen =
        type === useCombobox.stateChangeTypes.InputKeyDownEnter || type === useCombobox.stateChangeTypes.ItemClick
      if (chosen && props.clearOnChoice) return { ...changes, inputValue: '' }
      // Leaving the field without a choice puts the chosen one back: half a word is nobody's choice.
      if (type === useCombobox.stateChangeTypes.InputBlur && !changes.selectedItem)
        return { ...changes, inputValue: value && !props.clearOnChoice ? textOf(value) : '' }
      return changes
    },
  })
  const listed = box.isOpen && (options.length > 0 || words.trim().length > 0)
  return (
    <Field id={`${id}-input`} {...pick(props)}>
      {(tied) => (
        <div className="combobox">
          <input
            {...box.getInputProps({
              ...tied,
              disabled: props.disabled,
              placeholder: props.placeholder,
              autoComplete: 'off',
              spellCheck: false,
              'aria-busy': busy || undefined,
              ...(props.inputRef && { ref: props.inputRef }),
            })}
            className="input"
            aria-labelledby={undefined}
          />
          <span className="combobox__sign">
            {busy ? <span className="spinner" aria-hidden="true" /> : <Icon name="search" size={20} />}
          </span>
          <ul
            {...box.getMenuProps({
              className: classes('combobox__list', listed && 'combobox__list--open'),
              'aria-label': 'Подсказки',
            })}
            aria-labelledby={undefined}
          >
            {listed &&
              options.map((item, index) => (
                <li
                  key={keyOf(item)}
                  {...box.getItemProps({ item, index })}
                  className={classes('combobox__option', index === box.highlightedIndex && 'combobox__option--on')}
                >
                  {renderOption(item)}
                </li>
              ))}
          </ul>
          {listed && options.length === 0 && <output className="combobox__empty">{busy ? 'Ищем…' : emptyText}</output>}
        </div>
      )}
    </Field>
  )
}

const pick = <T,>({ label, hint, error, optional, labelHidden }: ComboboxProps<T>) => ({
  label,
  hint,
  error,
  optional,
  labelHidden,
})
