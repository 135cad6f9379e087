import { XmlDocument, type XmlElement } from 'libxml2-wasm'
// @ts-expect-error It ships no types; what is used of it is typed below.
import saxonjs from 'saxon-js'

// Runs the Минздрав's schematrons (query binding xslt2: XPath 3.1 with arrays and regular expressions) in tests.
// SaxonJS evaluates the expressions; its licence lets us use it, not ship it, hence a development dependency.
const saxon = saxonjs as {
  getResource(options: { type: 'xml'; text: string }): Promise<unknown>
  XPath: { evaluate(xpath: string, context: unknown, options: { namespaceContext: Record<string, string> }): unknown }
}

const sch = { s: 'http://purl.oclc.org/dsdl/schematron' }
type Test = { holds: string; message: string }
type Rule = { context: string; tests: Test[] }
export type Schematron = { namespaces: Record<string, string>; patterns: Rule[][] }
/** `fired` counts the (rule, node) pairs that were judged: none judged is none checked, not a success. */
export type Verdict = { fired: number; rules: number; failures: string[] }

/** Reads the text of a .sch file. Only what those schematrons use is known: patterns, rules, assertions, reports. */
export function readSchematron(text: string): Schematron {
  const document = XmlDocument.fromString(text.replace(/^\uFEFF/, ''))
  try {
    const find = (from: XmlElement, xpath: string) => from.find(xpath, sch) as XmlElement[]
    return {
      namespaces: Object.fromEntries(
        find(document.root, '//s:ns').map((ns) => [ns.attr('prefix')!.value, ns.attr('uri')!.value]),
      ),
      patterns: find(document.root, '//s:pattern').map((pattern) =>
        find(pattern, 's:rule').map((rule) => ({
          context: anywhere(rule.attr('context')!.value),
          tests: find(rule, 's:assert | s:report').map((test) => ({
            holds: `${test.name === 'report' ? 'not' : 'boolean'}(${test.attr('test')!.value})`,
            message: test.content.trim().replace(/\s+/g, ' '),
          })),
        })),
      ),
    }
  } finally {
    document.dispose()
  }
}

/** A rule's context is a match pattern; as a selection it begins anywhere (and ClinicalDocument is only at the root). */
const anywhere = (context: string): string =>
  context
    .split(' | ')
    .map((path) => (path.startsWith('ClinicalDocument') ? `/${path}` : path.startsWith('/') ? path : `//${path}`))
    .join(' | ')

/**
 * Judges a CDA document. The rules name elements without a namespace, so `urn:hl7-org:v3` is taken off first, as the
 * official validator does; with it on, no rule would fire.
 */
export async function judge({ patterns, namespaces }: Schematron, cda: string): Promise<Verdict> {
  const document = await saxon.getResource({ type: 'xml', text: cda.replace(' xmlns="urn:hl7-org:v3"', '') })
  const verdict: Verdict = { fired: 0, rules: 0, failures: [] }
  for (const rules of patterns) {
    // Within a pattern a node is judged by the first rule that matches it.
    const judged = new Set<string>()
    for (const { context, tests } of rules) {
      const before = verdict.fired
      const judgements = tests.map((test) => `$n ! (${test.holds})`).join(', ')
      const outcome = saxon.XPath.evaluate(
        `array { for $n in (${context}) return let $held := array { ${judgements} } return map {
          'node': generate-id($n), 'held': $held, 'at': if (every $h in $held?* satisfies $h) then '' else path($n) } }`,
        document,
        { namespaceContext: namespaces },
      ) as { node: string; at: string; held: boolean[] }[]
      for (const { node, at, held } of outcome) {
        if (judged.has(node)) continue
        judged.add(node)
        verdict.fired++
        tests.forEach((test, i) => held[i] || verdict.failures.push(`${test.message} @ ${at}`))
      }
      if (verdict.fired > before) verdict.rules++
    }
  }
  return verdict
}
