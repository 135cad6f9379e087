import { describe, expect, it } from 'vitest'
import { organizationAddress, patientAddress } from './addresses.ts'

const told = ({ subject, postalCode }: ReturnType<typeof patientAddress>) => [subject?.code ?? null, postalCode]

describe('an address kept as one line', () => {
  it('tells the subject and the postal code it begins with', () => {
    expect(told(patientAddress('630099, Новосибирская область, г. Восточный, ул. Лесная, 1'))).toEqual(['54', '630099'])
    expect(told(patientAddress('Россия, 125009, г. Москва, ул. Самарская область, 1'))).toEqual(['77', '125009'])
    expect(told(patientAddress('республика алтай, с. Майма'))).toEqual(['4', null])
    expect(told(patientAddress('Алтайский край, г. Рубцовск'))).toEqual(['22', null])
  })

  it('is left uncoded when the line does not name the subject at its beginning', () => {
    expect(told(patientAddress('г. Энск, ул. Новосибирская область, д. 1'))).toEqual([null, null])
    expect(told(patientAddress('Новосибирская обл., г. Бердск'))).toEqual([null, null])
    expect(told(patientAddress(''))).toEqual([null, null])
  })

  it('takes no house or longer number for a postal code', () => {
    expect(told(patientAddress('г. Москва, д. 12'))).toEqual(['77', null])
    expect(told(patientAddress('6300991, г. Москва'))[1]).toBeNull()
  })

  it('of an organisation has the subject of its OID', () => {
    expect(told(organizationAddress('г. Энск, ул. Садовая, 5', '1.2.643.5.1.13.13.12.2.77.1001'))).toEqual(['77', null])
    expect(told(organizationAddress('г. Москва', '1.2.3'))).toEqual(['77', null])
    expect(told(organizationAddress('г. Энск', '1.2.643.5.1.13.13.12.2.98.1'))).toEqual([null, null])
  })
})
