import { emptyConsultation } from '../../../../contracts/chart.ts'
import { directories, type Concept } from '../../../../contracts/terminology.ts'
import type { ConsultationContent } from '../../../modules/documents/index.ts'

// Consultations for tests: one with everything, one with as little as may be signed. Nobody in them exists.

const icd10 = (code: string, name: string): [string, Concept] => [
  code,
  { oid: directories.icd10, version: '2.24', code, name },
]
const service = (code: string, name: string): [string, Concept] => [
  code,
  { oid: directories.services, version: '2.10', code, name },
]

const organization: ConsultationContent['organization'] = {
  id: '0195a000-0000-7000-8000-000000000001',
  oid: '1.2.643.5.1.13.13.12.2.54.1001',
  name: 'Государственное бюджетное учреждение здравоохранения «Городская поликлиника № 1»',
  shortName: 'Поликлиника № 1',
  kind: 'polyclinic',
  address: '630099, Новосибирская область, г. Восточный, ул. Садовая, д. 5',
  latitude: null,
  longitude: null,
  phone: '+7 (383) 000-00-01',
  inn: '7707083893',
  ogrn: '1027700132195',
  license: 'Л041-00110-54/00000001',
  timeZone: 'Asia/Novosibirsk',
  changeDeadlineMinutes: 120,
}

const author: ConsultationContent['author'] = {
  id: '0195a000-0000-7000-8000-000000000043',
  organizationId: organization.id,
  departmentId: '0195a000-0000-7000-8000-000000000011',
  departmentName: 'Терапевтическое отделение',
  departmentOid: '1.2.643.5.1.13.13.12.2.54.1001.0.1',
  practitionerId: '0195a000-0000-7000-8000-000000000033',
  snils: '11223344595',
  lastName: 'Орлова',
  firstName: 'Ольга',
  middleName: 'Игоревна',
  name: 'Орлова Ольга Игоревна',
  shortName: 'Орлова О. И.',
  sex: 'female',
  specialtyCode: '118',
  specialtyTitle: 'Кардиолог',
  positionCode: '34',
  position: 'Врач-кардиолог',
  since: '2019-09-02',
  until: null,
}

const certificate: ConsultationContent['certificate'] = {
  id: 'demo-1',
  owner: 'Орлова Ольга Игоревна',
  serial: '01D9A5C7B2E44F109C3A7E5512AB34CD',
  issuer: 'Демонстрационный удостоверяющий центр',
  validFrom: new Date('2026-01-12T05:00:00Z'),
  validUntil: new Date('2027-04-12T05:00:00Z'),
  certificate: new Uint8Array(),
}

/** Everything that a consultation may say. */
export const fullContent: ConsultationContent = {
  mark: 'rmis-content:full',
  documentId: '0195a000-0000-7000-8000-0000000000d1',
  setId: '0195a000-0000-7000-8000-0000000000d2',
  versionNumber: 1,
  preparedAt: new Date('2026-11-24T02:41:10Z'),
  patient: {
    id: '0195a000-0000-7000-8000-000000000051',
    lastName: 'Петров',
    firstName: 'Пётр',
    middleName: 'Петрович',
    name: 'Петров Пётр Петрович',
    birthDate: '1968-03-09',
    sex: 'male',
    snils: '08765430300',
    enp: '5400000000000001',
    inn: null,
    phone: '+7 913 000-00-02',
    email: 'petrov@example.org',
    address: '630099, Новосибирская область, г. Восточный, ул. Лесная, д. 12, кв. 7',
  },
  organization,
  author,
  position: { oid: directories.positions, version: '9.6', code: '34', name: 'Врач-кардиолог' },
  visit: {
    id: '0195a000-0000-7000-8000-000000000091',
    episodeId: '0195a000-0000-7000-8000-000000000081',
    episodeNumber: '2026-000417',
    startedAt: new Date('2026-11-24T02:15:00Z'),
    kind: 'primary',
  },
  record: {
    ...emptyConsultation,
    complaints:
      'На периодические давящие боли за грудиной при быстрой ходьбе и подъёме выше третьего этажа, проходящие в покое за 3–5 минут.\nОдышка при значительной нагрузке. Отёков нет.',
    anamnesis:
      'Артериальная гипертензия около 10 лет, максимальные цифры 180/100 мм рт. ст., постоянно принимает лозартан 50 мг. Боли за грудиной беспокоят с августа 2026 г., за последний месяц приступы участились до 2–3 раз в неделю.',
    lifeAnamnesis:
      'Курит 20 лет по 10 сигарет в день. Отец перенёс инфаркт миокарда в 58 лет. Аллергических реакций не отмечает.',
    objective:
      'Состояние удовлетворительное, сознание ясное. Кожные покровы обычной окраски. Дыхание везикулярное, хрипов нет, ЧДД 16 в минуту. Тоны сердца приглушены, ритм правильный, акцент II тона над аортой.\nЖивот мягкий, безболезненный. Печень у края рёберной дуги. Периферических отёков нет.',
    severity: 'satisfactory',
    vitals: {
      temperature: 36.6,
      systolic: 152,
      diastolic: 94,
      pulse: 78,
      saturation: 97,
      height: 176,
      weight: 91.5,
    },
    diagnoses: [
      { code: 'E78.0', name: 'Чистая гиперхолестеринемия', kind: 'concomitant', note: '' },
      {
        code: 'I20.8',
        name: 'Другие формы стенокардии',
        kind: 'main',
        note: 'Стенокардия напряжения II функционального класса',
      },
      {
        code: 'I11.9',
        name: 'Гипертензивная болезнь с преимущественным поражением сердца без (застойной) сердечной недостаточности',
        kind: 'complication',
        note: 'III стадия, риск 4',
      },
    ],
    diagnosisNote: 'ИБС: впервые возникшая стенокардия исключена.',
    services: [
      {
        code: 'B01.015.001',
        name: 'Прием (осмотр, консультация) врача-кардиолога первичный',
        quantity: 1,
      },
      { code: 'A05.10.006', name: 'Регистрация электрокардиограммы', quantity: 2 },
    ],
    prescriptions:
      'Бисопролол 2,5 мг утром.\nАцетилсалициловая кислота 75 мг вечером.\nРозувастатин 20 мг вечером.\nНитроглицерин 0,5 мг под язык при приступе.\nЭхокардиография, суточное мониторирование ЭКГ, липидный спектр.',
    recommendations:
      'Отказ от курения, ходьба 30 минут в день в спокойном темпе, ограничение соли до 5 г в сутки. Дневник давления. Явка через 2 недели с результатами. При боли дольше 15 минут — вызвать скорую помощь (103).',
  },
  diagnoses: new Map([
    icd10('I20.8', 'Другие формы стенокардии'),
    icd10(
      'I11.9',
      'Гипертензивная [гипертоническая] болезнь с преимущественным поражением сердца без (застойной) сердечной недостаточности',
    ),
    icd10('E78.0', 'Чистая гиперхолестеринемия'),
  ]),
  services: new Map([
    service('B01.015.001', 'Прием (осмотр, консультация) врача-кардиолога первичный'),
    service('A05.10.006', 'Регистрация электрокардиограммы'),
  ]),
  certificate,
}

/** As little as РЭМД takes: no patronymic, contacts, address, measurements, life anamnesis or prescriptions. */
export const smallContent: ConsultationContent = {
  ...fullContent,
  patient: { ...fullContent.patient, middleName: null, name: 'Петров Пётр', phone: null, email: null, address: null },
  organization: { ...organization, phone: null, license: null, address: 'г. Восточный, ул. Садовая, д. 5' },
  author: { ...author, middleName: null, name: 'Орлова Ольга' },
  position: undefined,
  visit: { ...fullContent.visit, kind: 'repeat' },
  record: {
    ...emptyConsultation,
    complaints: 'Жалоб нет',
    anamnesis: 'Осмотр перед спортивной секцией',
    objective: 'Без особенностей',
    severity: 'satisfactory',
    diagnoses: [{ code: 'Z02.5', name: '', kind: 'main', note: '' }],
    services: [{ code: 'B01.015.002', name: '', quantity: 1 }],
    recommendations: 'Занятия разрешены',
  },
  diagnoses: new Map([icd10('Z02.5', 'Обследование в связи с занятием спортом')]),
  services: new Map([service('B01.015.002', 'Прием (осмотр, консультация) врача-кардиолога повторный')]),
}
