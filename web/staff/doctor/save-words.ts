import { inOneSentence, timeWords } from '../../ui/index.ts'
import type { DraftState } from './draft-keeper.ts'

type Words = { text: string; kind: 'plain' | 'warning' | 'error' }

/** Where what is typed is now, in a few words that stand beside the record all the time. */
export function saveWords(state: DraftState, zone: string): Words {
  switch (state.kind) {
    case 'saved':
      return {
        text: state.savedAt ? `Сохранено ${timeWords(state.savedAt, zone)}` : 'Ещё ничего не написано',
        kind: 'plain',
      }
    case 'changed':
    case 'saving':
      return { text: 'Сохраняем…', kind: 'plain' }
    case 'offline':
      return { text: 'Нет связи. Сохраню, когда появится; копия на этом устройстве', kind: 'warning' }
    case 'signed-out':
      return { text: 'Войдите снова, и запись сохранится; копия на этом устройстве', kind: 'warning' }
    case 'refused':
      return { text: `Не сохранено. ${inOneSentence(state.refusal.problem)}`, kind: 'error' }
    case 'conflict':
      return { text: 'Запись изменена в другом окне: выберите, что оставить', kind: 'warning' }
    case 'signed':
      return { text: 'Запись подписана в другом окне', kind: 'warning' }
  }
}
