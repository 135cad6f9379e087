/** The printed consultation (Typst). Everything shown comes from the JSON in `sys.inputs.data`; see printed-consultation.ts. */
export const template = `
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, author: d.doctor, date: auto)
#set page(paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 22mm), footer: context [
  #set text(8pt, fill: rgb("#555555"))
  #d.footer #h(1fr) Страница #counter(page).display() из #counter(page).final().first()
])
#set text(font: "Golos Text", size: 10.5pt, lang: "ru", hyphenate: true)
#set par(justify: false, leading: 0.62em, spacing: 0.8em)
#show heading.where(level: 1): set text(16pt, weight: 700)
#show heading.where(level: 2): set text(11.5pt, weight: 600)
#show heading.where(level: 2): set block(above: 1.3em, below: 0.6em)

#text(9pt, fill: rgb("#555555"))[#d.organization \\ #d.address]
= #d.title
#table(
  columns: (44mm, 1fr), stroke: none, inset: (x: 0pt, y: 2.2pt),
  ..d.facts.map(f => (text(fill: rgb("#555555"), f.at(0)), f.at(1))).flatten()
)
#line(length: 100%, stroke: 0.5pt + rgb("#bbbbbb"))
#for section in d.sections [
  == #section.title
  #for paragraph in section.paragraphs [#paragraph #parbreak()]
  #if section.rows.len() > 0 [
    #for row in section.rows [
      #grid(columns: (36mm, 1fr), gutter: 3mm, text(weight: 600, row.at(0)), row.at(1))
    ]
  ]
]
#v(8mm)
#block(breakable: false, width: 100%, stroke: 1pt + rgb("#1f4e9e"), radius: 4pt, inset: 9pt)[
  #set text(9pt, fill: rgb("#1f3f7a"))
  #text(10pt, weight: 700)[Документ подписан электронной подписью] \\
  Владелец: #d.stamp.owner \\
  Сертификат: #text(size: 8pt, d.stamp.serial) \\
  Издатель: #d.stamp.issuer \\
  Действителен: #d.stamp.validity
]
`
