import type { NewCategory } from '../modules/booking/index.ts'
import { demoId } from './chance.ts'
import { demoSpecialties, type DemoSpecialtyName } from './organizations.ts'

type Draft = Pick<NewCategory, 'name' | 'about' | 'bring'> & {
  to: DemoSpecialtyName[]
  codes?: string[]
  ages?: [number, number]
  sex?: 'female' | 'male'
}

const drafts: Draft[] = [
  {
    name: 'Вакцинация',
    about: 'Осмотр перед прививкой и сама прививка',
    bring: 'Паспорт или свидетельство о рождении, полис, прививочный сертификат, если он есть.',
    to: ['therapy', 'familyMedicine', 'paediatrics'],
  },
  {
    name: 'Диспансеризация и профосмотр',
    about: 'Бесплатная проверка здоровья для взрослых, первый визит',
    bring: 'Паспорт, полис и СНИЛС. Придите натощак: возможно, сразу возьмут кровь.',
    to: ['therapy', 'familyMedicine'],
    ages: [18, 150],
  },
  {
    name: 'Справка 086/у для учёбы или работы',
    about: 'Её просят колледжи, вузы и работодатели',
    bring: 'Паспорт, полис, сертификат прививок и снимок лёгких, если его делали за последний год.',
    to: ['therapy', 'familyMedicine', 'paediatrics'],
    ages: [14, 150],
  },
  {
    name: 'Выписать рецепт',
    about: 'Продолжить лечение, которое уже назначил врач',
    bring: 'Паспорт, полис и прежний рецепт или выписку.',
    to: ['therapy', 'familyMedicine', 'paediatrics', 'cardiology', 'endocrinology'],
  },
  {
    name: 'Осмотр ребёнка до года',
    about: 'Плановый осмотр каждый месяц',
    bring: 'Свидетельство о рождении, полис, пелёнку и сменный подгузник.',
    to: ['paediatrics'],
    ages: [0, 1],
  },
  {
    name: 'Беременность: встать на учёт',
    about: 'Лучше прийти до 12 недель',
    bring: 'Паспорт, полис и СНИЛС.',
    to: ['gynaecology'],
    ages: [12, 60],
    sex: 'female',
  },
  {
    name: 'УЗИ',
    about: 'Исследование по назначению врача',
    bring: 'Направление врача, полис, прежние результаты и полотенце.',
    to: ['ultrasound'],
  },
]

/** What people of the region come for. */
export const demoCategories = (): NewCategory[] =>
  drafts.map(({ name, about, bring, to, codes, ages, sex }, i) => ({
    id: demoId('service category', name),
    name,
    about,
    bring,
    specialtyCodes: to.map((specialty) => demoSpecialties[specialty].code),
    serviceCodes: codes ?? [],
    ageFrom: ages?.[0] ?? 0,
    ageTo: ages?.[1] ?? 150,
    sex: sex ?? null,
    order: 10 * (i + 1),
    reason: 'С этого начинает регион',
  }))
