import { describe, expect, it } from 'vitest'
import { newId } from './platform/ids.ts'
import { useTestApp } from './platform/testing/test-app.ts'
import type { Actor } from './platform/work.ts'
import { actors, fillSmallRegion, patients, polyclinic, staff } from './testing/small-region.ts'
import { mayHear } from './wiring.ts'

describe('live updates', () => {
  const app = useTestApp({ routes: () => [], fill: ({ db }) => fillSmallRegion(db) })
  const hears = (actor: Actor, topic: string) => app().work(actor, (work) => mayHear(work, topic))

  it('of a doctor’s day are heard by the doctor and by the registrars of the same organisation', async () => {
    const topic = `day/${staff.therapist}`
    expect(await hears(actors.therapist, topic)).toBe(true)
    expect(await hears(actors.registrar, topic)).toBe(true)
    for (const actor of [actors.cardiologist, actors.hospitalRegistrar, actors.petrov])
      expect(await hears(actor, topic), actor.name).toBe(false)
    expect(await hears(actors.registrar, `day/${newId()}`)).toBe(false)
  })

  it('of a patient are heard by whoever may act for them', async () => {
    const topic = `patient/${patients.petrov}`
    expect(await hears(actors.petrov, topic)).toBe(true)
    expect(await hears(actors.stranger, topic)).toBe(false)
  })

  it('of the waiting list are heard at the desk of the same organisation', async () => {
    const topic = `waiting/${polyclinic.id}`
    expect(await hears(actors.registrar, topic)).toBe(true)
    for (const actor of [actors.hospitalRegistrar, actors.petrov])
      expect(await hears(actor, topic), actor.name).toBe(false)
  })

  it('of free times are heard by everybody', async () => {
    expect(await hears(actors.stranger, `slots/${polyclinic.id}`)).toBe(true)
  })
})
