import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { XmlDocument, XsdValidator, type XmlElement } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConsultationContent } from '../../modules/documents/index.ts'
import { standsInDirectory } from '../../standards/cda/testing/directories.ts'
import { judge, readSchematron, type Schematron } from '../../standards/cda/testing/schematron.ts'
import { writeConsultation } from '../../standards/cda/write-consultation.ts'
import { contentAsCda } from './content-as-cda.ts'
import { fullContent, smallContent } from './testing/contents.ts'
import { anyTexts, contentWith, readableTexts } from './testing/nasty.ts'

const folder = path.resolve('../shared/data/semd/data')
const xsdFile = path.join(folder, '119', 'CDA.xsd')
const cdaOf = (content: ConsultationContent): string => writeConsultation(contentAsCda(content))

// Kind 119 as the Минздрав published it: the schema and the schematron that РЭМД judges documents by.
describe.skipIf(!existsSync(folder))('the rules of СЭМД kind 119 (skipped without ../shared/data)', () => {
  let schema: XsdValidator
  let schematron: Schematron

  beforeAll(() => {
    xmlRegisterFsInputProviders()
    const source = XmlDocument.fromBuffer(readFileSync(xsdFile), { url: xsdFile })
    schema = XsdValidator.fromDoc(source)
    source.dispose()
    schematron = readSchematron(readFileSync(path.join(folder, '119.sch'), 'utf8'))
  })
  afterAll(() => schema.dispose())

  function validate(cda: string): void {
    const document = XmlDocument.fromString(cda)
    try {
      schema.validate(document)
    } finally {
      document.dispose()
    }
  }

  /** Coded values that the directories do not have so: РЭМД compares them all, the schematron only asks that they are there. */
  function strangersIn(cda: string): string[] {
    const document = XmlDocument.fromString(cda)
    try {
      return (document.find('//*[@codeSystem]') as XmlElement[]).flatMap((node) => {
        const of = (name: string) => node.attr(name)?.value ?? ''
        const [code, system, version] = [of('code'), of('codeSystem'), of('codeSystemVersion')]
        const known = standsInDirectory({
          code,
          system,
          version,
          systemName: of('codeSystemName'),
          name: of('displayName'),
        })
        return known ? [] : [`${system} ${version} ${code}`]
      })
    } finally {
      document.dispose()
    }
  }

  it('are 397 in number', () => expect(schematron.patterns.flat()).toHaveLength(397))

  it.each([
    ['full', fullContent, 400, 240],
    ['small', smallContent, 300, 220],
  ])('hold for a %s consultation', async (_, content, leastFired, leastRules) => {
    const cda = cdaOf(content)
    validate(cda)
    const verdict = await judge(schematron, cda)
    expect(verdict.failures).toEqual([])
    expect(verdict.fired).toBeGreaterThan(leastFired)
    expect(verdict.rules).toBeGreaterThan(leastRules)
  })

  it('hold for any text that can be read', () =>
    fc.assert(
      fc.asyncProperty(readableTexts, async (texts) => {
        const cda = cdaOf(contentWith(texts))
        validate(cda)
        const verdict = await judge(schematron, cda)
        expect(verdict.failures).toEqual([])
        expect(verdict.fired).toBeGreaterThan(300)
      }),
      { numRuns: 4 },
    ))

  it('of the schema hold for any text whatever', () =>
    fc.assert(
      fc.property(anyTexts, (texts) => validate(cdaOf(contentWith(texts, smallContent)))),
      { numRuns: 100 },
    ))

  it('of the schema hold, and РЭМД would miss just these, without СНИЛС, policy and severity', async () => {
    const { severity: _, ...record } = smallContent.record
    const cda = cdaOf({ ...smallContent, record, patient: { ...smallContent.patient, snils: null, enp: null } })
    validate(cda)
    const { failures } = await judge(schematron, cda)
    const places = new Set(failures.map((failure) => failure.replace(/^.* @ /, '').replace(/Q\{[^}]*\}|\[1\]/g, '')))
    expect([...places]).toEqual([
      '/ClinicalDocument/recordTarget/patientRole/id[2]',
      '/ClinicalDocument/participant/associatedEntity/code',
      '/ClinicalDocument/component/structuredBody/component[4]/section/entry/observation/value',
    ])
  })

  it.each([
    ['a version', 'codeSystemVersion="2.24"', 'codeSystemVersion=""', 'DOCINFO'],
    ['the kind of a code', '1.2.643.5.1.13.13.11.1008', '1.2.643.5.1.13.13.11.9999', '1.2.643.5.1.13.13.11.1008'],
    ['a required section', 'code="LANAM"', 'code="LANAMNESIS"', 'LANAM'],
    ['a required observation', 'code="805"', 'code="8055"', 'У3-15'],
    ['the zone of a time', '202611240941+0700', '202611240941', 'временная зона'],
    ['the root of an id', '.100.1.1.51"', '.100.1.1.5"', 'НомерМИС'],
  ])('are broken when %s is wrong', async (_, right, wrong, word) => {
    const cda = cdaOf(fullContent)
    expect(cda).toContain(right)
    const { failures } = await judge(schematron, cda.replace(right, wrong))
    expect(failures.length).toBeGreaterThan(0)
    expect(failures.join('\n')).toContain(word)
  })

  it('of the НСИ hold for every coded value, and are broken by another version, name or code', () => {
    const cda = cdaOf(fullContent)
    expect(strangersIn(cda)).toEqual([])
    expect(strangersIn(cdaOf(smallContent))).toEqual([])
    expect(strangersIn(cda.replace('codeSystemVersion="5.1"', 'codeSystemVersion="5.0"'))).toHaveLength(1)
    expect(strangersIn(cda.replace('displayName="Первичный"', 'displayName="Первый"'))).toHaveLength(1)
    expect(strangersIn(cda.replace('code="I11.9"', 'code="I11.8"'))).toHaveLength(1)
  })

  it('of the schema are broken when an element stands out of its order or has a name of its own', () => {
    const cda = cdaOf(fullContent)
    expect(() => validate(cda.replace('<realmCode code="RU"/>', ''))).not.toThrow()
    expect(() => validate(cda.replaceAll('languageCode', 'lang'))).toThrow(/lang/)
    expect(() => validate(cda.replace('<time nullFlavor="NI"/>', ''))).toThrow(/assignedAuthor/)
  })

  it('judge nothing while the namespace is on, which is why it is taken off', async () => {
    const { fired } = await judge(
      schematron,
      cdaOf(fullContent).replace('xmlns="urn:hl7-org:v3"', "xmlns='urn:hl7-org:v3'"),
    )
    expect(fired).toBe(0)
  })
})
