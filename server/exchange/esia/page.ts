/** A piece of HTML that is known to be safe to insert. */
export type Html = { readonly html: string }

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const render = (value: Html | string | readonly (Html | string)[]): string =>
  typeof value === 'string'
    ? value.replace(/[&<>"']/g, (c) => entities[c]!)
    : 'html' in value
      ? value.html
      : value.map(render).join('')

/** HTML from a template: inserted texts are escaped, inserted HTML and lists of either are taken as they are. */
export const html = (parts: TemplateStringsArray, ...values: (Html | string | readonly (Html | string)[])[]): Html => ({
  html: parts.reduce((page, part, i) => page + part + (i < values.length ? render(values[i]!) : ''), ''),
})

/** A whole page in Russian with the style of a file beside it: no inline styles or scripts, for a strict CSP. */
export const page = (title: string, style: string, body: Html): string =>
  html`<!doctype html>
    <html lang="ru">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="${style}" />
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `.html

/** The look of these few pages: readable, light and dark, one column on a telephone. */
export const pageStyle = `:root{color-scheme:light dark;--text:#1b1f24;--soft:#57606a;--paper:#fff;--ground:#f3f5f7;--line:#d0d7de;--accent:#0b57d0;--on-accent:#fff;--note:#fff4d6}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ed;--soft:#a3adb8;--paper:#1a1e23;--ground:#101317;--line:#3a424b;--accent:#8ab4f8;--on-accent:#0b1a33;--note:#3a2f10}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1.0625rem/1.5 system-ui,sans-serif}
main{max-width:38rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
p{margin:0 0 1rem;overflow-wrap:anywhere}
.note{background:var(--note);border-radius:.5rem;padding:.75rem 1rem}
.soft{color:var(--soft)}
.people{list-style:none;margin:0 0 1rem;padding:0;display:grid;gap:.5rem}
.people a{display:block;background:var(--paper);color:inherit;border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;text-decoration:none}
.people a:hover{border-color:var(--accent)}
.people strong,.people span{display:block}
.button{display:inline-block;background:var(--accent);color:var(--on-accent);border-radius:.5rem;padding:.75rem 1.25rem;text-decoration:none;margin:0 .5rem .5rem 0}
.quiet{background:none;color:var(--accent);border:1px solid var(--line)}
.code{white-space:nowrap}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`
