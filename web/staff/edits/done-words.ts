/** «Перенесено: 2, предложено: 3, отменено: 1»; nothing of what did not happen. */
export const doneWords = (done: { moved: number; offered: number; cancelled: number }): string =>
  [
    done.moved > 0 && `Перенесено: ${done.moved}`,
    done.offered > 0 && `предложено: ${done.offered}`,
    done.cancelled > 0 && `отменено: ${done.cancelled}`,
  ]
    .filter(Boolean)
    .join(', ')
    .replace(/^./, (letter) => letter.toLocaleUpperCase('ru'))
