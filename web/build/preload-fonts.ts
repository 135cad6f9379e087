import type { Plugin } from 'vite'

/** Asks for the typeface together with the styles instead of after them, so that text does not change its face late. */
export function preloadFonts(base: string): Plugin {
  return {
    name: 'preload-fonts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const fonts = Object.keys(bundle ?? {}).filter((name) => /golos.*\.woff2$/.test(name))
        return fonts.map((name) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: base + name },
          injectTo: 'head-prepend' as const,
        }))
      },
    },
  }
}
