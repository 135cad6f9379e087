export const plainMeanings: Readonly<Record<string, string>> = {}
