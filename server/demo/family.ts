/** A member of a family before numbers are given. */
export type Member = {
  first: string
  last: string
  middle: string | null
  sex: 'male' | 'female'
  birthDate: string
  parent: boolean
}
