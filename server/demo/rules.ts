import type { RuleBody, RuleDecision } from '../../contracts/booking-rules.ts'
import type { NewRule } from '../modules/booking/index.ts'
import { demoId } from './chance.ts'
import { demoSpecialties, type DemoSpecialtyName } from './organizations.ts'

const codes = (...names: DemoSpecialtyName[]): string[] => names.map((name) => demoSpecialties[name].code)

/** Where no order above the region is known to us, the source says so. */
const OWN = 'правило региона'

const rule = (
  order: number,
  name: string,
  body: RuleBody,
  given: Partial<Pick<RuleDecision, 'legalSource' | 'overridable' | 'specialtyCodes' | 'channels'>> = {},
): Omit<NewRule, 'validFrom'> => ({
  id: demoId('booking rule', name),
  name,
  legalSource: OWN,
  order,
  body,
  overridable: false,
  validUntil: null,
  organizationIds: [],
  specialtyCodes: [],
  channels: [],
  reason: 'Правила, с которых начинает регион',
  ...given,
})

const rules = [
  rule(
    10,
    'Детские врачи принимают до 18 лет',
    { kind: 'age', parameters: { from: 0, to: 17 } },
    {
      specialtyCodes: codes('paediatrics', 'childSurgery', 'childDentistry'),
    },
  ),
  rule(
    11,
    'Врачи для взрослых принимают с 18 лет',
    { kind: 'age', parameters: { from: 18, to: 150 } },
    {
      specialtyCodes: codes(
        'therapy',
        'cardiology',
        'neurology',
        'surgery',
        'endocrinology',
        'gastroenterology',
        'urology',
        'pulmonology',
        'rheumatology',
        'oncology',
        'dentistry',
        'nephrology',
      ),
    },
  ),
  rule(
    12,
    'Акушер-гинеколог принимает женщин',
    { kind: 'sex', parameters: { sex: 'female' } },
    {
      specialtyCodes: codes('gynaecology'),
    },
  ),
  rule(
    20,
    'К участковым врачам — по прикреплению',
    { kind: 'attachment', parameters: { attachedNowhere: 'allowed' } },
    {
      legalSource: '323-ФЗ, статья 21; приказ 406н',
      specialtyCodes: codes('therapy', 'paediatrics', 'familyMedicine'),
      channels: ['portal'],
    },
  ),
  rule(
    30,
    'К нефрологу и ревматологу — по направлению',
    { kind: 'referral', parameters: {} },
    {
      legalSource: '323-ФЗ, статья 21',
      specialtyCodes: codes('nephrology', 'rheumatology'),
      channels: ['portal', 'registrar'],
      overridable: true,
    },
  ),
  rule(
    35,
    'Понедельник с 8 до 9 у терапевта — сначала ветеранам и старшим',
    {
      kind: 'priority-hours',
      parameters: {
        groups: ['veteran', 'elder'],
        weekdays: [1],
        from: '08:00',
        until: '09:00',
        releasedHoursBefore: 24,
      },
    },
    {
      legalSource: '5-ФЗ «О ветеранах», статья 14; правило региона',
      specialtyCodes: codes('therapy'),
      channels: ['portal', 'registrar'],
      overridable: true,
    },
  ),
  rule(
    38,
    'Через портал — не позже чем за 10 минут',
    { kind: 'minimum-notice', parameters: { minutes: 10 } },
    { channels: ['portal'] },
  ),
  rule(40, 'Запись через портал — на 14 дней', { kind: 'horizon', parameters: { days: 14 } }, { channels: ['portal'] }),
  rule(
    50,
    'К стоматологу — до двух записей',
    { kind: 'visits-per-specialty', parameters: { most: 2 } },
    {
      specialtyCodes: codes('dentistry', 'dentalSurgery', 'childDentistry'),
    },
  ),
  rule(
    60,
    'Нагрузка терапевта за день',
    { kind: 'daily-load', parameters: { most: 60 } },
    {
      specialtyCodes: codes('therapy'),
      overridable: true,
    },
  ),
  rule(
    70,
    'После трёх неявок запись через портал закрыта',
    { kind: 'cool-down', parameters: { noShows: 3, withinDays: 90, closedDays: 14 } },
    {
      channels: ['portal'],
    },
  ),
  rule(
    80,
    'Через портал выбирают не больше двух времён сразу',
    { kind: 'holds-at-once', parameters: { most: 2 } },
    {
      channels: ['portal'],
    },
  ),
]

/** The rules of booking that Энская область begins with, for visits from this day on. */
export const demoRules = (validFrom: string): NewRule[] => rules.map((each) => ({ ...each, validFrom }))
