/** A coded value as a CDA document quotes it: nothing of it may be missing, РЭМД compares all of it with the НСИ. */
export type Code = { code: string; system: string; version: string; systemName: string; name: string }

/** A directory of the НСИ: makes its coded values. */
const directory =
  (system: string, version: string, systemName: string) =>
  (code: string, name: string): Code => ({ code, system, version, systemName, name })

// What kind 119 says in codes of its own. Values that the record brings come with their own version.
const documentKind = directory('1.2.643.5.1.13.13.11.1522', '7.24', 'Виды медицинской документации')
const confidentiality = directory(
  '1.2.643.5.1.13.13.99.2.285',
  '1.2',
  'Уровень конфиденциальности медицинского документа',
)
const sex = directory('1.2.643.5.1.13.13.11.1040', '2.1', 'Пол пациента')
const addressKind = directory('1.2.643.5.1.13.13.11.1504', '1.3', 'Тип адреса пациента')
const policyKind = directory('1.2.643.5.1.13.13.11.1035', '1.3', 'Виды полиса обязательного медицинского страхования')
const paymentSource = directory('1.2.643.5.1.13.13.11.1039', '5.2', 'Источники оплаты медицинской помощи')
const paymentDocument = directory('1.2.643.5.1.13.13.99.2.724', '1.1', 'Типы документов оснований')
const event = directory('1.2.643.5.1.13.13.99.2.726', '3.10', 'Типы документированных событий')
const careCondition = directory('1.2.643.5.1.13.13.99.2.322', '3.1', 'Условия оказания медицинской помощи')
const cardKind = directory('1.2.643.5.1.13.13.99.2.723', '1.1', 'Типы медицинских карт')
const section = directory('1.2.643.5.1.13.13.99.2.197', '4.29', 'Секции электронных медицинских документов')
const field = directory('1.2.643.5.1.13.13.99.2.166', '5.41', 'Кодируемые поля CDA документов')
const appeal = directory(
  '1.2.643.5.1.13.13.11.1007',
  '2.1',
  'Вид случая госпитализации или обращения (первичный, повторный)',
)
const place = directory('1.2.643.5.1.13.13.11.1008', '5.1', 'Место оказания медицинской помощи')
const severity = directory('1.2.643.5.1.13.13.11.1006', '2.4', 'Степень тяжести состояния пациента')
const vital = directory('1.2.643.5.1.13.13.99.2.262', '8.7', 'Витальные параметры')
const unit = directory('1.2.643.5.1.13.13.11.1358', '3.23', 'Единицы измерения')

export const consultationProtocol = documentKind('5', 'Протокол консультации')
export const ordinary = confidentiality('N', 'Обычный')
export const sexes = { male: sex('1', 'Мужской'), female: sex('2', 'Женский') } as const
export const residence = addressKind('3', 'Адрес фактического проживания (пребывания)')
export const unlimitedPolicy = policyKind('2', 'Полис ОМС единого образца, бессрочный')
export const compulsoryInsurance = paymentSource('1', 'Средства обязательного медицинского страхования')
export const compulsoryPolicy = paymentDocument('1', 'Полис ОМС')
export const consultationEvent = event('1', 'Консультация')
export const outpatient = careCondition('2', 'Амбулаторно, в том числе на дому при вызове медицинского работника')
export const outpatientCard = cardKind('1', 'Амбулаторная медицинская карта')
export const appeals = { primary: appeal('1', 'Первичный'), repeat: appeal('2', 'Повторный') } as const
export const outpatientPlace = place('1', 'Амбулаторно-поликлиническое учреждение')

/** State of the patient as the doctor found it. */
export const severities = {
  satisfactory: severity('1', 'Удовлетворительное'),
  moderate: severity('2', 'Средней тяжести'),
  severe: severity('3', 'Тяжелое'),
  'extremely-severe': severity('4', 'Крайне тяжелое'),
  'clinical-death': severity('5', 'Клиническая смерть'),
  terminal: severity('6', 'Терминальное'),
} as const

export const sections = {
  documentInfo: section('DOCINFO', 'Сведения о документе'),
  anamnesis: section('ANAM', 'Анамнез заболевания'),
  lifeAnamnesis: section('LANAM', 'Анамнез жизни'),
  vitals: section('VITALPARAM', 'Витальные параметры'),
  results: section('RESCONS', 'Результаты консультации/осмотра врача'),
  diagnoses: section('DGN', 'Диагнозы'),
  regime: section('REGIME', 'Режим и рекомендации'),
  services: section('SERVICES', 'Оказанные услуги'),
} as const

export const fields = {
  appeal: field('800', 'Обращение'),
  place: field('801', 'Место проведения'),
  severity: field('804', 'Состояние пациента'),
  protocol: field('805', 'Протокол консультации'),
  conclusion: field('806', 'Заключение консультации'),
  recommendations: field('807', 'Рекомендации'),
  pathology: field('808', 'Выявленные патологии'),
  diagnosis: field('809', 'Шифр по МКБ-10'),
  description: field('7006', 'Текстовое описание'),
} as const

const celsius = unit('515', '°C')
const mercury = unit('50', 'мм.рт.ст.')
const perMinute = unit('337', '1/мин')
const percent = unit('53', '%')
const centimetre = unit('3', 'см')
const kilogram = unit('9', 'кг')

/** What is measured, and in what. */
export const measurements = {
  temperature: { what: vital('1', 'Температура тела'), unit: celsius },
  systolic: { what: vital('3', 'Артериальное давление систолическое'), unit: mercury },
  diastolic: { what: vital('2', 'Артериальное давление диастолическое'), unit: mercury },
  pulse: { what: vital('5', 'Пульс'), unit: perMinute },
  saturation: { what: vital('6', 'Сатурация'), unit: percent },
  height: { what: vital('57', 'Рост'), unit: centimetre },
  weight: { what: vital('50', 'Масса тела'), unit: kilogram },
} as const

/** Values of a record, in the version that the record was coded with. */
export const positions = (version: string, code: string, name: string): Code =>
  directory('1.2.643.5.1.13.13.11.1002', version, 'Должности медицинских и фармацевтических работников')(code, name)
export const icd10 = (version: string, code: string, name: string): Code =>
  directory(
    '1.2.643.5.1.13.13.11.1005',
    version,
    'Международная статистическая классификация болезней и проблем, связанных со здоровьем (10-й пересмотр)',
  )(code, name)
export const medicalServices = (version: string, code: string, name: string): Code =>
  directory('1.2.643.5.1.13.13.11.1070', version, 'Номенклатура медицинских услуг')(code, name)

// Roots of identifiers (methodical guides of the СЭМД, «Базовые OID»).
export const roots = {
  snils: '1.2.643.100.3',
  ministry: '1.2.643.5.1.13',
  typeId: '2.16.840.1.113883.1.3',
  /** Edition 4 of «Протокол консультации» (kind 119 of directory 11.1520). */
  template: '1.2.643.5.1.13.2.7.5.1.5.9.4',
} as const
