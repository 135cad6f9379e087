/** What is sealed of a calendar outside is bound to its row. */
export const contextOf = ({ organizationId, id }: { organizationId: string; id: string }): string =>
  `external calendar ${organizationId} ${id}`
