import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookingAddress, readBooking, stepBack, stepNumber, stepOf, type BookingState } from './booking-state.ts'

const person = '0193e2f0-1111-7222-8333-444455556666'
const org = '0193e2f0-2222-7222-8333-444455556666'
const doctor = '0193e2f0-3333-7222-8333-444455556666'
const slot = `${org}~${doctor}~1795745700~0`
const whole: BookingState = { for: person, org, specialty: '76', doctor: 'any', day: '2026-11-27', slot, with: doctor }
const search = (state: BookingState) => bookingAddress(state).replace('/book', '')

describe('the state of a booking in the address', () => {
  it('comes back as it was written', () => {
    expect(readBooking(search(whole))).toEqual(whole)
    expect(bookingAddress()).toBe('/book')
  })

  it('leads to the step of the first choice that is missing', () => {
    expect(stepOf(readBooking(''))).toBe('where')
    expect(stepOf(readBooking(search({ for: person, org })))).toBe('specialty')
    expect(stepOf(readBooking(search({ ...whole, doctor: undefined })))).toBe('doctor')
    expect(stepOf(readBooking(search({ ...whole, slot: undefined, with: undefined })))).toBe('time')
    expect(stepOf(readBooking(search(whole)))).toBe('confirm')
  })

  it('keeps the organisation when only the person is still to be known', () => {
    expect(readBooking(search({ org, specialty: '76' }))).toEqual({ org, specialty: '76' })
  })

  it('drops what is mangled, and every choice after it', () => {
    expect(readBooking(`?for=${person}&org=zzz&specialty=76&doctor=any`)).toEqual({ for: person })
    expect(readBooking(`?for=${person}&org=${org}&specialty=76&doctor=any&slot=1~2`)).toEqual({
      for: person,
      org,
      specialty: '76',
      doctor: 'any',
    })
  })

  it('survives any address', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (text) => {
        const state = readBooking(`?${text}`)
        expect(readBooking(search(state))).toEqual(state)
        expect(stepNumber(state) ?? stepOf(state)).toBeTruthy()
      }),
    )
  })

  it('goes back one step at a time, to the beginning', () => {
    const steps = []
    for (let state: BookingState | undefined = whole; state; state = stepBack(state)) steps.push(stepOf(state))
    expect(steps).toEqual(['confirm', 'time', 'doctor', 'specialty', 'where'])
  })

  it('takes at most four steps before confirming', () => {
    expect(stepNumber({})).toEqual({ number: 1, of: 4 })
    expect(stepNumber({ ...whole, slot: undefined, with: undefined })).toEqual({ number: 4, of: 4 })
    expect(stepNumber(whole)).toBeUndefined()
  })

  it('moves a visit by choosing the doctor and the time only', () => {
    const moving = { for: person, org, specialty: '76', moving: doctor }
    expect(stepNumber(moving)).toEqual({ number: 1, of: 2 })
    expect(stepNumber({ ...moving, doctor: 'any' })).toEqual({ number: 2, of: 2 })
    expect(stepBack(moving)).toBeUndefined()
  })
})
