import type { DemoCitizen } from '../stand-in/demo-citizen.ts'

const child = (firstName: string, birthDate: string, sex: 'male' | 'female', snils: string | null) => ({
  lastName: sex === 'male' ? 'Петров' : 'Петрова',
  firstName,
  middleName: sex === 'male' ? 'Петрович' : 'Петровна',
  birthDate,
  sex,
  snils,
})

/** The father of two whom the small region knows too (server/testing/small-region.ts). */
export const petrov: DemoCitizen = {
  esiaOid: '1000299681',
  trusted: true,
  lastName: 'Петров',
  firstName: 'Пётр',
  middleName: 'Петрович',
  birthDate: '1985-04-12',
  sex: 'male',
  snils: '00000060006',
  inn: '500100732259',
  phone: '+7(912)0000001',
  email: 'petrov@example.test',
  address: 'г. Энск, ул. Садовая, д. 5, кв. 3',
  enp: '2657020837000348',
  children: [child('Мария', '2018-09-01', 'female', '12345678964'), child('Илья', '2022-02-28', 'male', null)],
  about: 'подтверждённая, двое детей',
}

const nobodysParent = { inn: null, phone: null, email: null, address: null, enp: null, children: [] }

/** An account that no office has confirmed: only what the person wrote about themselves. */
export const unconfirmed: DemoCitizen = {
  ...nobodysParent,
  esiaOid: '1000299682',
  trusted: false,
  lastName: 'О’Нил',
  firstName: 'Жанна',
  middleName: null,
  birthDate: '2001-12-31',
  sex: 'female',
  snils: null,
  about: 'упрощённая, <без СНИЛС>',
}

/** Somebody whose СНИЛС the region has never seen. */
export const newcomer: DemoCitizen = {
  ...nobodysParent,
  esiaOid: '1000299683',
  trusted: true,
  lastName: 'Ёлкина',
  firstName: 'Алёна',
  middleName: 'Игоревна',
  birthDate: '1990-05-26',
  sex: 'female',
  snils: '11223344595',
  about: 'подтверждённая, СНИЛС не найден в регионе',
}

export const citizens: readonly DemoCitizen[] = [petrov, unconfirmed, newcomer]
