import type { ReactNode } from 'react'

const shapes = {
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5a2.2 2.2 0 0 0 4 0',
  home: 'M3.5 11 12 4l8.5 7M6 9.5V20h4.5v-5.5h3V20H18V9.5',
  calendar: 'M4 6.5h16V20H4zM4 10.5h16M8 3.5v5M16 3.5v5',
  'calendar-plus': 'M20 11.5v-5H4V20h8M4 10.5h16M8 3.5v5M16 3.5v5M18 14.5v7M14.5 18h7',
  card: 'M5 3.5h10l4 4V20.5H5zM14.5 3.5v4.5H19M8.5 12.5h7M8.5 16h5',
  document: 'M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 16h6',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 20.5c1-4 4-6 8-6s7 2 8 6',
  people:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 19.5c.7-3.4 3-5.2 6.5-5.2s5.8 1.8 6.5 5.2M15.5 5a3.5 3.5 0 0 1 0 6.3M17.5 14.8c2.1.6 3.5 2.2 4 4.7',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5l5 5',
  phone:
    'M6.5 3.5h3l1.5 4.5-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3c0 1.5-1 2.5-2.5 2.5C10 20 4 14 4 6c0-1.5 1-2.5 2.5-2.5z',
  place: 'M12 21s6.5-6 6.5-11.5a6.5 6.5 0 0 0-13 0C5.5 15 12 21 12 21zM12 11.8a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 7v5.3l3.5 2',
  check: 'M4.5 12.5l5 5 10-11',
  cross: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  warning: 'M12 4 21.5 20h-19zM12 10v4.5M12 17.2v.1',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 11v5.5M12 7.7v.1',
  stop: 'M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 7.5v5.5M12 16.2v.1',
  seal: 'M12 3l2.3 1.7 2.9-.1.8 2.8 2.4 1.6-1 2.7 1 2.7-2.4 1.6-.8 2.8-2.9-.1L12 20.4l-2.3-1.7-2.9.1-.8-2.8-2.4-1.6 1-2.7-1-2.7L6 7.4l.8-2.8 2.9.1zM8.5 11.8l2.5 2.5 4.5-5',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15',
  back: 'M19 12H5.5M11 5.5 4.5 12l6.5 6.5',
  next: 'M9 5.5l6.5 6.5L9 18.5',
  previous: 'M15 5.5 8.5 12l6.5 6.5',
  down: 'M5.5 9l6.5 6.5L18.5 9',
  move: 'M4 8h14.5M15 4l4 4-4 4M20 16H5.5M9 12l-4 4 4 4',
  exit: 'M10 4H5v16h5M10 12h10.5M16.5 7.5 21 12l-4.5 4.5',
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  shield: 'M12 3.5 19 6v6c0 4.5-3 7.3-7 8.7-4-1.4-7-4.2-7-8.7V6zM9 11.8l2.3 2.3 4-4.3',
  device: 'M4 5h16v11H4zM9 20h6M12 16v4',
  offline: 'M3 3l18 18M5 10.5a11 11 0 0 1 4-2.3M19 10.5a11 11 0 0 0-6.5-3M8 14a6 6 0 0 1 3-1.6M16 14l-.4-.4M12 18.2v.1',
  edit: 'M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5',
  settings: 'M4 7h9M17 7h3M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4M4 17h3M11 17h9M9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  pulse: 'M3 12.5h4l2.5-6 4.5 11 2.5-5H21',
} as const

export type IconName = keyof typeof shapes

/** A drawing of one line, the size of the text beside it. It never carries meaning alone, so readers skip it. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  )
}

/** The mark of the system: a card with the corner turned and the line of a pulse across. */
export function Mark({ size = 36 }: { size?: number }): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <path className="mark__card" d="M9 2h17l12 12v17a7 7 0 0 1-7 7H9a7 7 0 0 1-7-7V9a7 7 0 0 1 7-7z" />
      <path className="mark__corner" d="M26 2l12 12h-8a4 4 0 0 1-4-4z" />
      <path className="mark__pulse" d="M8 23.5h6l3.5-8 5.5 14 3.5-6H32" />
    </svg>
  )
}
