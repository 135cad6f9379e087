/** The printed consultation (Typst). Everything shown comes from the JSON in `sys.inputs.data`; see printed-consultation.ts. */
export const template = `
#let d = json(bytes(sys.inputs.data))
#let ink = rgb("#17212b")
#let muted = rgb("#566371")
#let rule = rgb("#d3dae1")
#let paper = rgb("#f3f6f9")
#let blue = rgb("#1f4e9e")

#set document(title: d.title, author: d.doctor.name, date: auto)
#set page(
  paper: "a4",
  margin: (x: 20mm, top: 19mm, bottom: 22mm),
  // A loose second page still tells whose it is.
  header: context if counter(page).get().first() > 1 [
    #set text(8pt, fill: muted)
    #grid(columns: (1fr, auto), column-gutter: 8mm, d.running, d.title)
    #v(-1.5mm)
    #line(length: 100%, stroke: 0.5pt + rule)
  ],
  footer: context [
    #set text(8pt, fill: muted)
    #grid(columns: (1fr, auto), column-gutter: 8mm, d.footer, [Страница #counter(page).display() из #counter(page).final().first()])
  ],
)
#set text(size: 10pt, fill: ink, hyphenate: false)
#set par(justify: false, leading: 0.66em, spacing: 0.95em)
#set table(inset: (x: 0pt, y: 1.5mm), align: top + left, stroke: (_, y) => (bottom: if y == 0 { 0.7pt } else { 0.4pt } + rule))
#show heading.where(level: 1): set text(19pt, weight: 700)
#show heading.where(level: 1): set block(above: 7mm, below: 3.6mm)
#show heading.where(level: 2): set text(11pt, weight: 600, fill: blue)
#show heading.where(level: 2): set block(above: 5.6mm, below: 2.8mm)

#let small(body) = text(8.5pt, fill: muted, body)
#let fact(label, value) = [#small(label)#linebreak()#value]
#let prose(paragraphs) = for paragraph in paragraphs [#paragraph #parbreak()]

#text(weight: 600, d.organization.name)

#small(d.organization.lines.join(linebreak()))
#line(length: 100%, stroke: 1.2pt + blue)

= #d.title
#text(fill: muted, d.subtitle)

#block(width: 100%, above: 5mm, fill: paper, radius: 3pt, inset: (x: 4.5mm, y: 4.2mm))[
  #text(13pt, weight: 600, d.patient.name)

  #grid(columns: (1fr,) * 4, column-gutter: 4mm, row-gutter: 3mm, ..d.patient.facts.map(f => fact(f.at(0), f.at(1))))
]

#for section in d.before [
  == #section.title
  #prose(section.paragraphs)
]
#if d.measurements.len() > 0 [
  == Состояние и измерения
  #grid(
    columns: (1fr,) * 4, column-gutter: 4mm, row-gutter: 3.6mm,
    ..d.measurements.map(m => fact(m.at(0), [#text(weight: 600, m.at(1)) #small(m.at(2))])),
  )
]
== Диагноз
#table(
  columns: (31mm, 19mm, 1fr),
  table.header(small[Вид], small[МКБ-10], small[Диагноз]),
  ..d.diagnoses.map(g => {
    let weight = if g.main { 600 } else { 400 }
    (
      text(weight: weight, g.role),
      text(weight: weight, g.code),
      [#text(weight: weight, g.name)#if g.note != "" [#linebreak()#g.note]],
    )
  }).flatten(),
)
#prose(d.conclusion)
#if d.services.len() > 0 [
  == Оказанные услуги
  #table(
    columns: (31mm, 1fr, auto),
    table.header(small[Код], small[Услуга], small[Количество]),
    ..d.services.map(s => (s.code, s.name, align(right, s.quantity))).flatten(),
  )
]
#for section in d.after [
  == #section.title
  #prose(section.paragraphs)
]

#v(7mm)
#block(breakable: false, width: 100%, grid(
  columns: (1fr, 92mm), column-gutter: 8mm, align: (bottom + left, top + left),
  [
    #small(d.doctor.position)
    #linebreak()
    #text(weight: 600, d.doctor.name)
    #if d.doctor.department != "" [#linebreak()#small(d.doctor.department)]
  ],
  block(width: 100%, stroke: 1.2pt + blue, radius: 5pt, inset: 3.6mm)[
    #set text(8.5pt, fill: rgb("#1b3f80"))
    #set par(leading: 0.55em)
    #align(center, text(9pt, weight: 700, upper[Документ подписан электронной подписью]))
    #grid(
      columns: (auto, 1fr), column-gutter: 3mm, row-gutter: 2mm,
      ..d.stamp.map(row => (text(fill: muted, row.at(0)), row.at(1))).flatten(),
    )
  ],
))
`
