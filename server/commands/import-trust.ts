import { readFile } from 'node:fs/promises'
import { WrongSetting } from '../config.ts'
import { NotAnAuthority, trustCertificate, type Trusted } from '../exchange/signing/index.ts'
import { perform, system } from '../platform/perform.ts'
import type { Platform } from '../platform/platform.ts'
import { certificatesOf, Malformed } from '../standards/cades/index.ts'
import { withPlatform } from './open-platform.ts'

const usage = `rmis import trust <file>…   certificates of authorities, PEM (several in a file may be) or DER
`
const operation = { name: 'signatures.import-trust', journal: 'change' } as const
const kinds = { anchor: 'корневой', intermediate: 'промежуточный' } as const

/**
 * `rmis import trust`: authorities whose signatures are believed. All files or none. Exit code: 0 done, 2 the command was not
 * understood; a file that cannot be trusted ends it with one sentence.
 */
export async function importTrustCommand(files: readonly string[]): Promise<void> {
  if (files.length === 0 || files.some((file) => file.startsWith('-'))) {
    process.stderr.write(usage)
    process.exitCode = 2
    return
  }
  const given = await Promise.all(files.map(async (file) => ({ file, bytes: await bytesOf(file) })))
  const trusted = await withPlatform((platform) => trustFiles(platform, given))
  for (const { name, kind, validUntil, isNew } of trusted)
    process.stdout.write(
      `${name}: ${kinds[kind]}, до ${validUntil.toISOString().slice(0, 10)}${isNew ? '' : ', был уже известен'}\n`,
    )
}

/** Trusts every certificate of the files, or none. Throws WrongSetting that names the file. */
export async function trustFiles(
  platform: Platform,
  given: readonly { file: string; bytes: Uint8Array }[],
): Promise<Trusted[]> {
  return perform(platform, system, operation, async (work) => {
    const trusted: Trusted[] = []
    for (const { file, bytes } of given)
      try {
        for (const der of certificatesOf(bytes)) trusted.push(await trustCertificate(work, der))
      } catch (error) {
        if (error instanceof NotAnAuthority) throw new WrongSetting(`${file}: ${error.message}`)
        if (error instanceof Malformed)
          throw new WrongSetting(`${file}: это не сертификат ГОСТ Р 34.10-2012 (${error.message})`)
        throw error
      }
    return trusted
  })
}

const bytesOf = (file: string): Promise<Uint8Array> =>
  readFile(file).catch(() => {
    throw new WrongSetting(`«${file}» cannot be read`)
  })
