// The same keys in the two layouts of a Russian keyboard, key by key, then with Shift.
const ENGLISH = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
const RUSSIAN = 'ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ'
const toRussian = new Map([...ENGLISH].map((key, i) => [key, RUSSIAN[i]!]))
const toEnglish = new Map([...RUSSIAN].map((key, i) => [key, ENGLISH[i]!]))

/** What the same keys give in the other layout: «bdfyjd» → «иванов», «ыьшер» → «smith». */
export function inOtherLayout(text: string): string {
  const keys = /\p{Script=Cyrillic}/u.test(text) ? toEnglish : toRussian
  return Array.from(text, (letter) => keys.get(letter) ?? letter).join('')
}
