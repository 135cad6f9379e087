import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fields,
  listOf,
  readEnvelope,
  readValue,
  SoapFault,
  writeEnvelope,
  writeFault,
  writeValue,
  writeWsdl,
  type SoapType,
} from './index.ts'

const utf8 = new TextEncoder()
const bytes = (text: string) => utf8.encode(text)
const envelope = (body: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`

const Item: SoapType = {
  name: 'Item',
  namespace: 'urn:data',
  fields: fields('Id:int!', 'Note', 'Day:date', 'On:boolean'),
}
const Root: SoapType = {
  name: 'Root',
  namespace: 'urn:root',
  fields: [
    ...fields('Name', 'At:dateTime?'),
    { name: 'Items', type: listOf(Item), nillable: true },
    { name: 'Tag', type: 'string', many: true },
  ],
}

describe('a value', () => {
  const text = fc.string({ unit: 'grapheme' }).map((s) => s.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').trim())
  const item = fc.record({
    Id: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
    Note: text,
    Day: fc.constant('2026-02-28'),
    On: fc.boolean(),
  })

  it('that is written is read back, in either version and with or without qualified names', () => {
    const value = fc.record({
      Name: text,
      Items: fc.array(item, { maxLength: 5 }),
      Tag: fc.array(text.filter(Boolean)),
    })
    fc.assert(
      fc.property(value, fc.constantFrom('1.1' as const, '1.2' as const), fc.boolean(), (given, version, qualified) => {
        const xml = writeEnvelope(version, writeValue(Root, given, { qualified }))
        const read = readEnvelope(bytes(xml))
        expect(read.version).toBe(version)
        const clean = (v: Record<string, unknown>) =>
          Object.fromEntries(Object.entries(v).filter(([, x]) => x !== '' && x !== undefined))
        const back = readValue(Root, read.body) as typeof given
        expect({ ...clean(back), Items: (back.Items ?? []).map(clean) }).toEqual({
          ...clean(given),
          Items: given.Items.map(clean),
        })
      }),
    )
  })

  it('of a wrong type, doubled or missing is a fault that names the field', () => {
    const items = (inner: string) => `<Root xmlns="urn:root"><Items><Item>${inner}</Item></Items></Root>`
    for (const [inner, words] of [
      ['<Id>x</Id>', 'Id'],
      ['<Id>99999999999</Id>', 'Id'],
      ['<Id>3000000000</Id>', 'Id'],
      ['<Id><b/></Id>', 'Id'],
      ['<Id>1</Id><Id>2</Id>', 'Id'],
      ['<Note>a</Note>', 'Id'],
      ['<Id>1</Id><Day>2026-02-30</Day>', 'Day'],
      ['<Id>1</Id><On>yes</On>', 'On'],
    ] as const)
      expect(() => readValue(Root, readEnvelope(bytes(envelope(items(inner)))).body), inner).toThrow(words)
  })
})

describe('whatever comes in', () => {
  const reads = (input: Uint8Array) => {
    try {
      readValue(Root, readEnvelope(input).body)
    } catch (error) {
      expect(error).toBeInstanceOf(SoapFault)
      const { text } = writeFault('1.1', error as SoapFault)
      expect(() => readEnvelope(bytes(text))).not.toThrow()
    }
  }
  const scrap = fc.constantFrom(
    '<Root xmlns="urn:root">',
    '</Root>',
    '<Items>',
    '</Items>',
    '<Item>',
    '</Item>',
    '<Id>',
    '</Id>',
    '1',
    '&amp;',
    '&x;',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?pi?>',
    '<!DOCTYPE a>',
    '<!ENTITY',
    'xmlns:i="',
    '" i:nil="true"',
    '\u0000',
    '\ud800',
    '☃',
    ' ',
  )

  it('is a value or a fault: random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), reads), { numRuns: 500 })
  })
  it('is a value or a fault: scraps of XML in an envelope', () => {
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 30 }), (scraps) => reads(bytes(envelope(scraps.join(''))))),
      { numRuns: 1000 },
    )
  })
  it('is a value or a fault: a good message with one place spoilt', () => {
    const good = envelope('<Root xmlns="urn:root"><Name>Имя</Name><Items><Item><Id>5</Id></Item></Items></Root>')
    fc.assert(
      fc.property(fc.nat(good.length), fc.string({ maxLength: 3 }), (at, with_) =>
        reads(bytes(good.slice(0, at) + with_ + good.slice(at + 1))),
      ),
      { numRuns: 1000 },
    )
  })

  it('is refused when it is too deep, too many, not UTF-8, or declares another encoding', () => {
    const refused = (input: string | Uint8Array) =>
      expect(() => readEnvelope(typeof input === 'string' ? bytes(input) : input)).toThrow(SoapFault)
    refused(envelope('<a>'.repeat(60) + '</a>'.repeat(60)))
    refused(envelope(`<a>${'<b/>'.repeat(6000)}</a>`))
    refused(new Uint8Array([0xff, 0xfe, 0x3c, 0x00]))
    refused(`<?xml version="1.0" encoding="windows-1251"?>${envelope('<a/>')}`)
    refused(`<?xml version="1.0"?><!DOCTYPE x>${envelope('<a/>')}`)
  })
})

describe('the WSDL', () => {
  it('names each type once, with the order and the base it is written by', () => {
    const Derived: SoapType = { name: 'Derived', namespace: 'urn:data', base: Item, fields: fields('More') }
    const wsdl = writeWsdl(
      {
        name: 'S',
        port: 'P',
        binding: 'B',
        namespace: 'urn:root',
        operations: [
          {
            name: 'Do',
            action: 'urn:do',
            request: Root,
            reply: {
              name: 'DoResponse',
              namespace: 'urn:root',
              fields: [
                { name: 'Out', type: Derived },
                { name: 'Other', type: Item },
              ],
            },
          },
        ],
      },
      'http://example.test/s',
    )
    expect(wsdl.match(/complexType name="Item"/g)).toHaveLength(1)
    expect(wsdl).toMatch(/<xs:extension base="n\d:Item">/)
    expect(wsdl).toContain('soapAction="urn:do"')
    expect(wsdl).toContain('location="http://example.test/s"')
  })
})
