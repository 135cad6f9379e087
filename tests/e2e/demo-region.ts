import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { makeRegion } from '../../server/demo/region.ts'
import { cloneDatabase, type TestDatabase } from '../../server/platform/testing/test-database.ts'
import { addDays, instantOf, localDay, weekdayOf } from '../../server/platform/time.ts'
import { startNode, type Node } from '../../server/start-node.ts'
import { launchBrowser } from './browser.ts'

/**
 * The coming Wednesday, 09:00 in Moscow: the morning on which every journey begins. It lies ahead of the machine's clock,
 * by which the browser judges whether a cookie has expired.
 */
export function comingWednesday(): Date {
  const day = localDay(new Date(), 'Europe/Moscow')
  return instantOf('Europe/Moscow', addDays(day, ((2 - weekdayOf(day) + 7) % 7) + 1), '09:00')
}
declare module 'vitest' {
  interface ProvidedContext {
    /** When every journey begins, ISO 8601. */
    start: string
  }
}

export const E2E_SECRET = 'e2'.repeat(32)
/** The database that global-setup.ts filled. */
export const LOADED = 'rmis'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A node over a region of its own, a browser, and a clock that both share. */
export class DemoRegion {
  readonly node: Node
  readonly database: TestDatabase
  readonly browser: Browser
  readonly #clock: { offset: number }
  readonly #contexts: BrowserContext[] = []

  constructor(parts: { node: Node; database: TestDatabase; browser: Browser; clock: { offset: number } }) {
    this.node = parts.node
    this.database = parts.database
    this.browser = parts.browser
    this.#clock = parts.clock
  }

  static async open(): Promise<DemoRegion> {
    const database = await cloneDatabase({ template: LOADED })
    const start = new Date(inject('start'))
    const began = Date.now()
    const clock = { offset: 0 }
    const config = readConfig('demo', { RMIS_PORT: '0', RMIS_LOG_LEVEL: 'error', RMIS_REQUESTS_PER_MINUTE: '1000000' })
    const node = await startNode({
      config,
      databaseUrl: database.url,
      secret: E2E_SECRET,
      now: () => new Date(start.getTime() + Date.now() - began + clock.offset),
      citizens: makeRegion(localDay(start, 'Europe/Moscow')).citizens,
    })
    return new DemoRegion({ node, database, browser: await launchBrowser(), clock })
  }

  async close(): Promise<void> {
    for (const context of this.#contexts) await context.close()
    await this.browser.close()
    await this.node.stop()
    await this.database.drop()
  }

  get address(): string {
    return this.node.address
  }

  /** What time it is in the region. */
  now(): Date {
    return this.node.platform.now()
  }

  /** Moves the clock of the server and of every page. */
  async later(minutes: number): Promise<void> {
    this.#clock.offset += minutes * 60_000
    for (const context of this.#contexts) await context.clock.fastForward(minutes * 60_000)
  }

  /** A phone of 360 pixels. */
  phone = (options: { dark?: boolean } = {}): Promise<Page> => this.#page({ width: 360, height: 740 }, options)
  /** A desk with a keyboard. */
  desk = (options: { dark?: boolean } = {}): Promise<Page> => this.#page({ width: 1280, height: 860 }, options)

  async #page(viewport: { width: number; height: number }, { dark = false }: { dark?: boolean }): Promise<Page> {
    const context = await this.browser.newContext({
      viewport,
      baseURL: this.address,
      locale: 'ru-RU',
      timezoneId: 'Europe/Moscow',
      colorScheme: dark ? 'dark' : 'light',
      acceptDownloads: true,
    })
    this.#contexts.push(context)
    await context.clock.install({ time: this.now() })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    page.on('pageerror', (error) => this.errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) this.errors.push(message.text())
    })
    return page
  }

  /** What went wrong in any page, for the last test of a file. */
  readonly errors: string[] = []
}

let current: DemoRegion | undefined

/** Pictures of every open page, for whoever looks why a journey failed. */
async function picturesOf(name: string): Promise<void> {
  mkdirSync('.cache/e2e', { recursive: true })
  const pages = current?.browser.contexts().flatMap((context) => context.pages()) ?? []
  for (const [i, page] of pages.entries())
    await page
      .screenshot({ path: `.cache/e2e/${name.replace(/[^\p{L}\d]+/gu, '-')}-${i}.png`, fullPage: true })
      .catch(() => {})
}

/** One region for the tests of a file. */
export function useDemoRegion(): () => DemoRegion {
  let region: DemoRegion | undefined
  beforeAll(async () => {
    region = current = await DemoRegion.open()
  })
  afterAll(async () => region?.close())
  return () => region!
}

/** What every screen must be: without violations that axe finds, and no wider than the window. */
export async function expectGoodScreen(page: Page, name: string): Promise<void> {
  await page.evaluate(axeSource)
  const violations = await page.evaluate(async () => {
    const axe = (
      globalThis as unknown as {
        axe: {
          run(
            options: object,
          ): Promise<{ violations: { id: string; help: string; nodes: { target: string[]; html: string }[] }[] }>
        }
      }
    ).axe
    const { violations } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.map(
      (v) => `${v.id}: ${v.help} — ${v.nodes.map((n) => `${n.target.join(' ')} ${n.html.slice(0, 120)}`).join('; ')}`,
    )
  })
  expect(violations, name).toEqual([])
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, globalThis.innerWidth])
  expect(wide, `${name} is wider than the window`).toBeLessThanOrEqual(window!)
}

/** The tests of a journey are its steps: after one has failed, the rest cannot say anything. */
export function stepsOfAJourney(): void {
  let failed = false
  beforeEach((context) => {
    if (failed) context.skip()
  })
  afterEach(async (context) => {
    if (context.task.result?.state !== 'fail') return
    failed = true
    await picturesOf(context.task.name)
  })
}
