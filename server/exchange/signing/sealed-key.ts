import { openBytes, sealBytes } from '../../platform/secret-box.ts'
import { readPkcs8, writePkcs8, type PrivateKey } from '../../standards/cades/index.ts'

/** Whose key it is; the seal is bound to it, so that a sealed key is worth nothing in another row. */
type Owner = { table: 'software_key' | 'trusted_certificate'; id: string }

const contextOf = ({ table, id }: Owner): string => `signatures.${table}/${id}`

/** A private key (PKCS#8) sealed with the installation's secret. */
export const sealKey = (secret: string, owner: Owner, key: PrivateKey): Buffer =>
  sealBytes(secret, contextOf(owner), writePkcs8(key))

/** Opens what sealKey made. Throws when the secret or the owner is another. */
export const openKey = (secret: string, owner: Owner, sealed: Uint8Array): PrivateKey =>
  readPkcs8(openBytes(secret, contextOf(owner), sealed))
