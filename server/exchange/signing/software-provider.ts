import { findKey, keyOfPerson, type SignatureProvider } from '../../modules/signatures/index.ts'
import { readCertificate, signCms } from '../../standards/cades/index.ts'
import { describeCertificate } from './describe-certificate.ts'
import { openKey } from './sealed-key.ts'

/**
 * Signs with keys kept in the database under the installation's secret. It is for the demo: a key in software is not a
 * certified means of a qualified signature (63-ФЗ, article 12); a certified provider is another SignatureProvider.
 */
export const softwareProvider = (secret: string): SignatureProvider => ({
  async certificateOf(work, snils) {
    const key = await keyOfPerson(work, snils)
    if (!key) return undefined
    const description = describeCertificate(readCertificate(key.certificate))
    return { id: key.id, owner: key.owner, certificate: key.certificate, ...description }
  },

  async sign(work, { id }, bytes) {
    const key = await findKey(work, id)
    if (!key) throw new Error(`there is no software key ${id}`)
    const privateKey = openKey(secret, { table: 'software_key', id }, key.encryptedKey)
    return signCms(bytes, { key: privateKey, certificate: readCertificate(key.certificate) }, work.now)
  },
})
