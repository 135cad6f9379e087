/** The printed ticket (Typst). Everything shown comes from the JSON in `sys.inputs.data`; see printed-ticket.ts. */
export const template = `
#let d = json(bytes(sys.inputs.data))
#let ink = rgb("#17212b")
#let muted = rgb("#566371")
#let rule = rgb("#d3dae1")
#let paper = rgb("#f3f6f9")
#let blue = rgb("#1f4e9e")
#let red = rgb("#b3261e")

#set document(title: d.title, date: auto)
#set page(paper: "a5", margin: (x: 13mm, top: 12mm, bottom: 11mm))
#set text(size: 10pt, fill: ink, hyphenate: false)
#set par(justify: false, leading: 0.6em, spacing: 0.75em)
#show heading.where(level: 1): set text(15pt, weight: 700)
#show heading.where(level: 1): set block(above: 5mm, below: 3mm)

#let small(body) = text(8.5pt, fill: muted, body)
#let fact(label, value, note) = block(above: 0pt, below: 4.4mm)[
  #small(label)#linebreak()#text(11pt, weight: 600, value)#if note != "" [#linebreak()#small(note)]
]

#text(weight: 600, d.organization.name)
#if d.organization.fullName != d.organization.name [#linebreak()#small(d.organization.fullName)]
#v(-0.6mm)
#line(length: 100%, stroke: 1.2pt + blue)

= Талон на приём к врачу

#if d.cancelled [
  #block(width: 100%, stroke: 1.2pt + red, radius: 3pt, inset: 3.5mm)[
    #text(13pt, weight: 700, fill: red)[Запись отменена]
    #if d.cancelReason != "" [#linebreak()#d.cancelReason]
  ]
]

#block(width: 100%, fill: paper, radius: 3pt, inset: (x: 4.5mm, y: 4mm))[
  #grid(
    columns: (1fr, 36mm), column-gutter: 4mm, align: (left + horizon, right + horizon),
    [
      #text(25pt, weight: 700, d.time)
      #v(-1.6mm)
      #text(12pt, weight: 600, d.day)#linebreak()#small(d.zone)
      #v(1.2mm)
      #small[Код талона]
      #v(-1.4mm)
      #text(23pt, weight: 700, fill: blue, tracking: 1.2pt, d.code)
    ],
    image(bytes(d.qr), format: "svg", width: 36mm, alt: d.codeAlt),
  )
]
#v(3.5mm)

#fact("Пациент", d.patient.name, "Дата рождения " + d.patient.birthDate)
#fact("Врач", d.doctor.name, d.doctor.specialty)
#fact("Где", d.organization.address, d.place)

#line(length: 100%, stroke: 0.5pt + rule)
#v(0.8mm)
#if not d.cancelled [
  #text(weight: 600)[Возьмите с собой]
  #list(marker: [•], indent: 1mm, spacing: 0.62em, ..d.bring)
  #v(1mm)
  #text(9pt)[Приходите за десять минут. В регистратуре покажите QR-код или назовите код талона.]

  #text(9pt, d.change)
]
#if d.cancelled and d.organization.phone != "" [#text(9pt)[Телефон #d.organization.phone]]
`
