import { Chance, demoId } from './chance.ts'

/** Энская область: a region that is on no map. */
export const region = { name: 'Энская область', code: '99' }

export type DemoSpecialty = { code: string; position: string; minutes: number; ages: [number, number] }
const adult: [number, number] = [18, 150]
const child: [number, number] = [0, 17]
const anyone: [number, number] = [0, 150]
const specialty = (code: string, position: string, minutes: number, ages: [number, number]): DemoSpecialty => ({
  code,
  position,
  minutes,
  ages,
})

/** Specialties by НСИ 1.2.643.5.1.13.13.11.1066 with the position of …11.1002 that goes with each. */
export const demoSpecialties = {
  therapy: specialty('27', '110', 12, adult),
  familyMedicine: specialty('16', '49', 15, anyone),
  paediatrics: specialty('22', '59', 12, child),
  cardiology: specialty('118', '34', 20, adult),
  neurology: specialty('14', '45', 20, adult),
  surgery: specialty('30', '122', 15, adult),
  ophthalmology: specialty('20', '54', 15, anyone),
  otolaryngology: specialty('19', '53', 15, anyone),
  endocrinology: specialty('31', '125', 20, adult),
  gastroenterology: specialty('79', '19', 20, adult),
  gynaecology: specialty('8', '13', 20, [12, 150]),
  urology: specialty('145', '117', 20, adult),
  traumatology: specialty('28', '114', 15, anyone),
  dermatology: specialty('10', '24', 15, anyone),
  allergology: specialty('77', '15', 20, anyone),
  pulmonology: specialty('90', '90', 20, adult),
  rheumatology: specialty('91', '93', 20, adult),
  oncology: specialty('17', '50', 20, adult),
  childSurgery: specialty('11', '28', 15, child),
  infectiousDiseases: specialty('32', '33', 20, anyone),
  dentistry: specialty('176', '103', 30, adult),
  dentalSurgery: specialty('177', '104', 30, anyone),
  childDentistry: specialty('174', '101', 30, child),
  nephrology: specialty('89', '48', 20, adult),
  ultrasound: specialty('33', '116', 20, anyone),
} as const satisfies Record<string, DemoSpecialty>
export type DemoSpecialtyName = keyof typeof demoSpecialties

export type DemoOrganization = {
  id: string
  number: number
  oid: string
  name: string
  shortName: string
  kind: string
  address: string
  latitude: number
  longitude: number
  phone: string
  changeDeadlineMinutes: number
  /** Streets of the city whose people are attached here; none: nobody is. */
  serves: 'adults' | 'children' | 'everybody' | 'nobody'
  district: string
  departments: { id: string; oid: string; name: string; doctors: Partial<Record<DemoSpecialtyName, number>> }[]
}

type Draft = [
  short: string,
  full: string,
  kind: string,
  address: string,
  serves: DemoOrganization['serves'],
  district: string,
  departments: [string, Partial<Record<DemoSpecialtyName, number>>][],
]

const drafts: Draft[] = [
  [
    'Поликлиника № 1',
    'Городская поликлиника № 1',
    'polyclinic',
    'г. Энск, ул. Садовая, д. 12',
    'adults',
    'Центральный',
    [
      ['Терапевтическое отделение', { therapy: 9 }],
      [
        'Отделение врачей-специалистов',
        {
          cardiology: 2,
          neurology: 2,
          surgery: 2,
          ophthalmology: 2,
          otolaryngology: 1,
          endocrinology: 2,
          urology: 1,
          gastroenterology: 1,
          ultrasound: 1,
        },
      ],
    ],
  ],
  [
    'Поликлиника № 2',
    'Городская поликлиника № 2',
    'polyclinic',
    'г. Энск, пр. Строителей, д. 48',
    'adults',
    'Северный',
    [
      ['Терапевтическое отделение', { therapy: 8 }],
      [
        'Отделение врачей-специалистов',
        {
          cardiology: 1,
          neurology: 2,
          surgery: 1,
          ophthalmology: 1,
          otolaryngology: 1,
          endocrinology: 1,
          urology: 1,
          ultrasound: 1,
        },
      ],
    ],
  ],
  [
    'Поликлиника № 3',
    'Городская поликлиника № 3',
    'polyclinic',
    'г. Энск, ул. Заводская, д. 7',
    'adults',
    'Заводской',
    [
      ['Терапевтическое отделение', { therapy: 7 }],
      [
        'Отделение врачей-специалистов',
        { cardiology: 1, neurology: 1, surgery: 1, ophthalmology: 1, otolaryngology: 1, traumatology: 2 },
      ],
    ],
  ],
  [
    'Детская поликлиника № 1',
    'Детская городская поликлиника № 1',
    'children-polyclinic',
    'г. Энск, ул. Школьная, д. 3',
    'children',
    'Центральный',
    [
      ['Педиатрическое отделение', { paediatrics: 8 }],
      ['Кабинеты специалистов', { childSurgery: 1, otolaryngology: 1, ophthalmology: 1, allergology: 1 }],
    ],
  ],
  [
    'Детская поликлиника № 2',
    'Детская городская поликлиника № 2',
    'children-polyclinic',
    'г. Энск, ул. Парковая, д. 20',
    'children',
    'Северный',
    [
      ['Педиатрическое отделение', { paediatrics: 7 }],
      ['Кабинеты специалистов', { childSurgery: 1, otolaryngology: 1 }],
    ],
  ],
  [
    'Областная больница',
    'Энская областная клиническая больница',
    'hospital',
    'г. Энск, ул. Больничная, д. 1',
    'nobody',
    'Центральный',
    [
      [
        'Консультативная поликлиника',
        {
          cardiology: 2,
          gastroenterology: 2,
          pulmonology: 2,
          rheumatology: 2,
          nephrology: 2,
          oncology: 2,
          neurology: 1,
          endocrinology: 1,
          urology: 1,
          allergology: 1,
        },
      ],
    ],
  ],
  [
    'Больница № 4',
    'Городская больница № 4',
    'hospital',
    'г. Энск, ул. Речная, д. 31',
    'nobody',
    'Заводской',
    [
      [
        'Поликлиническое отделение',
        { surgery: 2, traumatology: 2, infectiousDiseases: 2, pulmonology: 1, ultrasound: 2 },
      ],
    ],
  ],
  [
    'Стоматология',
    'Энская стоматологическая поликлиника',
    'dental',
    'г. Энск, ул. Мира, д. 16',
    'nobody',
    'Центральный',
    [['Лечебное отделение', { dentistry: 5, dentalSurgery: 2, childDentistry: 2 }]],
  ],
  [
    'Женская консультация',
    'Женская консультация № 1',
    'women-health',
    'г. Энск, ул. Цветочная, д. 9',
    'nobody',
    'Центральный',
    [['Консультативное отделение', { gynaecology: 6, ultrasound: 1 }]],
  ],
  [
    'Кожный диспансер',
    'Областной кожно-венерологический диспансер',
    'dispensary',
    'г. Энск, ул. Полевая, д. 2',
    'nobody',
    'Северный',
    [['Диспансерное отделение', { dermatology: 4 }]],
  ],
  [
    'Заречная больница',
    'Заречная районная больница',
    'hospital',
    'г. Заречный, ул. Советская, д. 5',
    'everybody',
    'Заречный',
    [['Поликлиника', { therapy: 3, paediatrics: 2, surgery: 1, gynaecology: 1, dentistry: 1 }]],
  ],
  [
    'Амбулатория Берёзовки',
    'Врачебная амбулатория села Берёзовка',
    'rural-clinic',
    'с. Берёзовка, ул. Центральная, д. 14',
    'everybody',
    'Берёзовка',
    [['Амбулатория', { familyMedicine: 2, dentistry: 1 }]],
  ],
]

/** The twelve organisations of the demo. */
export function demoOrganizations(): DemoOrganization[] {
  const chance = new Chance('organizations')
  return drafts.map(([shortName, full, kind, address, serves, district, departments], i) => {
    const number = i + 1
    const oid = `1.2.643.5.1.13.13.12.2.${region.code}.${90_000 + number}`
    const far = district === 'Заречный' ? 0.4 : district === 'Берёзовка' ? 0.6 : 0
    return {
      id: demoId('organization', number),
      number,
      oid,
      name: `Государственное бюджетное учреждение здравоохранения «${full}»`,
      shortName,
      kind,
      address,
      latitude: 56.1 + far + chance.int(-40, 40) / 1000,
      longitude: 47.2 + far + chance.int(-60, 60) / 1000,
      phone: `+7 (000) 200-${String(number).padStart(2, '0')}-00`,
      changeDeadlineMinutes: kind === 'dental' ? 240 : 120,
      serves,
      district,
      departments: departments.map(([name, doctors], d) => ({
        id: demoId('department', number, d),
        oid: `${oid}.0.${1000 + d}`,
        name,
        doctors,
      })),
    }
  })
}
