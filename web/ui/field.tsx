import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes } from 'react'
import { classes } from './class-names.ts'
import { Icon } from './icons.tsx'

type FieldWords = {
  label: ReactNode
  /** What to write and how, before it is written; stays visible. */
  hint?: ReactNode
  /** What is wrong with what is written. */
  error?: string | undefined
  /** Says «необязательно» after the label. */
  optional?: boolean | undefined
  /** The label is for readers only: the place makes it plain. */
  labelHidden?: boolean | undefined
}

type Tied = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }

/**
 * A labelled place for one control: the label, the hint and the error are tied to it, so a reader hears all three. The
 * room for the error is taken only when there is one.
 */
export function Field(props: FieldWords & { children: (tied: Tied) => ReactNode; id?: string | undefined }): ReactNode {
  const own = useId()
  const id = props.id ?? own
  const { label, hint, error, optional, labelHidden } = props
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={classes('field', error && 'field--wrong')}>
      <label className={labelHidden ? 'visually-hidden' : 'field__label'} htmlFor={id}>
        {label}
        {optional && <span className="field__optional"> — необязательно</span>}
      </label>
      {hint && (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {props.children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && <FieldError id={`${id}-error`} text={error} />}
    </div>
  )
}

const FieldError = ({ id, text }: { id: string; text: string }) => (
  <p className="field__error" id={id}>
    <Icon name="warning" size={20} />
    <span>{text}</span>
  </p>
)

type Text<E> = FieldWords & {
  value: string
  onChange: (value: string) => void
  inputRef?: Ref<E>
}

type TextInputProps = Text<HTMLInputElement> &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'className' | 'children'> & {
    /** As wide as what is expected, in characters: a short field asks for a short answer. */
    width?: 'short' | 'middle' | 'full'
  }

/** One line of text. `onChange` gives the text itself. */
export function TextInput(props: TextInputProps): ReactNode {
  const { label, hint, error, optional, labelHidden, value, onChange, inputRef, width = 'full', id, ...rest } = props
  return (
    <Field {...{ label, hint, error, labelHidden, optional, id }}>
      {(tied) => (
        <input
          type="text"
          {...rest}
          {...tied}
          {...(inputRef && { ref: inputRef })}
          className={classes('input', `input--${width}`)}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

type TextAreaProps = Text<HTMLTextAreaElement> &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange' | 'className' | 'children'>

/** Several lines of text; grows with what is written where the browser can. */
export function TextArea(props: TextAreaProps): ReactNode {
  const { label, hint, error, optional, labelHidden, value, onChange, inputRef, id, rows = 3, ...rest } = props
  return (
    <Field {...{ label, hint, error, labelHidden, optional, id }}>
      {(tied) => (
        <textarea
          {...rest}
          {...tied}
          {...(inputRef && { ref: inputRef })}
          rows={rows}
          className="input input--area"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

export type Option = { value: string; label: string }

type SelectProps = FieldWords & {
  value: string
  onChange: (value: string) => void
  options: readonly Option[]
  /** Shown while nothing is chosen. */
  placeholder?: string
  name?: string
  disabled?: boolean
  id?: string
}

/** The browser's own list of choices: known to every hand and every reader. */
export function Select(props: SelectProps): ReactNode {
  const { label, hint, error, optional, labelHidden, value, onChange, options, placeholder, name, disabled, id } = props
  return (
    <Field {...{ label, hint, error, labelHidden, optional, id }}>
      {(tied) => (
        <span className="select">
          <select
            {...tied}
            className="input"
            value={value}
            name={name}
            disabled={disabled}
            onChange={(event) => onChange(event.currentTarget.value)}
          >
            {placeholder !== undefined && <option value="">{placeholder}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="down" size={20} />
        </span>
      )}
    </Field>
  )
}

type CheckboxProps = {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  checked: boolean
  onChange: (checked: boolean) => void
  name?: string
  disabled?: boolean
}

/** One yes or no. The whole line can be pressed. */
export function Checkbox({ label, hint, error, checked, onChange, name, disabled }: CheckboxProps): ReactNode {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={classes('choice', error && 'field--wrong')}>
      <input
        type="checkbox"
        id={id}
        className="choice__mark"
        checked={checked}
        name={name}
        disabled={disabled}
        aria-describedby={described || undefined}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label className="choice__label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p className="choice__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`} text={error} />}
    </div>
  )
}

export type RadioOption = { value: string; title: ReactNode; about?: ReactNode; aside?: ReactNode; disabled?: boolean }

type RadioCardsProps = {
  /** The question the cards answer. */
  legend: ReactNode
  legendHidden?: boolean
  hint?: ReactNode
  error?: string | undefined
  /** Undefined while nothing is chosen. */
  value: string | undefined
  onChange: (value: string) => void
  options: readonly RadioOption[]
  /** Cards beside each other where there is room. */
  columns?: boolean
}

/** A choice of one among few, each a card that can be pressed anywhere; arrows move as in any group of radio buttons. */
export function RadioCards(props: RadioCardsProps): ReactNode {
  const { legend, legendHidden, hint, error, value, onChange, options, columns } = props
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <fieldset className={classes('field', error && 'field--wrong')} aria-describedby={described || undefined}>
      <legend className={legendHidden ? 'visually-hidden' : 'field__label'}>{legend}</legend>
      {hint && (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div className={classes('radio-cards', columns && 'radio-cards--columns')}>
        {options.map((option) => (
          <label key={option.value} className="radio-card">
            <input
              type="radio"
              className="choice__mark choice__mark--round"
              name={id}
              value={option.value}
              checked={value === option.value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            <span className="radio-card__words">
              <span className="radio-card__title">{option.title}</span>
              {option.about && <span className="radio-card__about">{option.about}</span>}
            </span>
            {option.aside && <span className="radio-card__aside">{option.aside}</span>}
          </label>
        ))}
      </div>
      {error && <FieldError id={`${id}-error`} text={error} />}
    </fieldset>
  )
}
