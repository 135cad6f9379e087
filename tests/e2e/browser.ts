import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { chromium, type Browser } from 'playwright-core'

/** Browsers a machine may have; RMIS_TEST_BROWSER names another one, or «npm» for the one that npm brings. */
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

// Without these a machine that reaches no outside network waits for addresses nobody here needs.
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** A headless Chromium: the machine's if it has one, else the one that npm brought; as root and not. */
export async function launchBrowser(): Promise<Browser> {
  const asked = process.env['RMIS_TEST_BROWSER']
  const own = asked === 'npm' ? undefined : (asked ?? installed.find((file) => existsSync(file)))
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', ...quiet]
  if (own) return chromium.launch({ executablePath: own, args })
  const folder = unpack()
  return chromium.launch({
    executablePath: path.join(folder, 'chromium'),
    args: ['--headless=shell', ...args],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [path.join(folder, 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
  })
}

/**
 * Unpacks the browser of @sparticuz/chromium once per user and version, and gives its folder. Its own unpacking takes
 * a fixed folder that belongs to whoever came first, so we do it ourselves.
 */
function unpack(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const home = path.join(entry.slice(0, entry.lastIndexOf('@sparticuz')), '@sparticuz/chromium')
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string }
  const folder = path.join(os.tmpdir(), `rmis-chromium-${version}-${process.getuid?.() ?? 'user'}`)
  if (existsSync(folder)) return folder
  const half = `${folder}.${process.pid}`
  mkdirSync(half, { recursive: true })
  const opened = (name: string) => brotliDecompressSync(readFileSync(path.join(home, 'bin', name)))
  writeFileSync(path.join(half, 'chromium'), opened('chromium.br'))
  chmodSync(path.join(half, 'chromium'), 0o755)
  for (const archive of ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
    const done = spawnSync('tar', ['-x', '-C', half], { input: opened(archive) })
    if (done.status !== 0) throw new Error(`${archive} could not be unpacked: ${String(done.stderr)}`)
  }
  writeFileSync(
    path.join(half, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`,
  )
  try {
    renameSync(half, folder)
  } catch {
    rmSync(half, { recursive: true, force: true })
  }
  return folder
}
