/** A refusal as the Concentrator and the portal in front of it number them. */
export type ConcentratorError = { readonly IdError: number; readonly ErrorDescription: string }

/** Codes that clients of the Concentrator are known to tell apart: nothing to choose from. They come with Success = false. */
export const nothing = {
  specialties: {
    IdError: 37,
    ErrorDescription: 'Отсутствуют специальности для записи на приём. Обратитесь в регистратуру медорганизации',
  },
  doctors: {
    IdError: 38,
    ErrorDescription:
      'Отсутствуют специалисты для приёма по выбранной специальности. Обратитесь в регистратуру медорганизации',
  },
  times: {
    IdError: 39,
    ErrorDescription:
      'Отсутствуют свободные талоны. Попробуйте записаться позже или обратитесь в регистратуру медорганизации',
  },
} as const satisfies Record<string, ConcentratorError>

/** The doctor is not one who receives at this organisation. */
export const noSuchDoctor: ConcentratorError = {
  IdError: 645,
  ErrorDescription: 'Такого врача в этой организации нет.',
}
