/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- see Table: a browser forgets the roles of a table laid out as blocks */
import type { ReactNode } from 'react'

type Column<R> = {
  name: string
  cell: (row: R) => ReactNode
  /** Numbers and times stand in a column under each other. */
  numbers?: boolean
  /** This cell names the row: readers say it with every other cell. */
  heading?: boolean
}

type TableProps<R> = {
  /** What the table is; shown above it when `captionShown`, said by readers always. */
  caption: string
  captionShown?: boolean
  columns: readonly Column<R>[]
  rows: readonly R[]
  keyOf: (row: R) => string
}

/**
 * A table that becomes a list of cards on a phone, where columns have no room. Roles are spelled out because a browser
 * forgets them when the parts of a table are laid out as blocks.
 */
export function Table<R>({ caption, captionShown, columns, rows, keyOf }: TableProps<R>): ReactNode {
  return (
    <table className="table" role="table">
      <caption className={captionShown ? 'table__caption' : 'visually-hidden'}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.name} scope="col" role="columnheader">
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column) => {
              const content = (
                <>
                  <span className="table__label" aria-hidden="true">
                    {column.name}
                  </span>
                  {column.cell(row)}
                </>
              )
              const className = column.numbers ? 'numbers' : undefined
              return column.heading ? (
                <th key={column.name} scope="row" role="rowheader" className={className}>
                  {content}
                </th>
              ) : (
                <td key={column.name} role="cell" className={className}>
                  {content}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A key of the keyboard, in hints: «Ctrl + Enter». */
export const Kbd = ({ children }: { children: ReactNode }): ReactNode => <kbd className="kbd">{children}</kbd>
