import { WrongSetting, type Config } from '../../../config.ts'
import { publicKeyOf } from '../../../standards/cades/index.ts'
import { openJwt, verifyText, writeJwt } from '../../../standards/jwt/index.ts'
import type { DemoCitizen } from './demo-citizen.ts'
import { demoKeys, type DemoKeys } from './demo-keys.ts'
import type { StandInSettings } from './settings.ts'

/** `iss` of the stand-in's tokens; the name is reserved and never resolves (RFC 2606). */
export const STAND_IN_ISSUER = 'http://esia.invalid/'

/** Whether people sign in through the stand-in: in the demo, unless it is given the address of a real ЕСИА. */
export const usesStandIn = (config: Pick<Config, 'mode' | 'esia'>): boolean =>
  config.mode === 'demo' && config.esia.url === ''

/**
 * The stand-in of the demo, served on this very site. `secret` is the installation's. Throws WrongSetting outside the
 * demo: a stand-in lets anybody be anybody.
 */
export function standInSettings(
  config: Pick<Config, 'mode' | 'esia'>,
  secret: string,
  citizens: readonly DemoCitizen[],
  now: () => Date,
): StandInSettings {
  if (!usesStandIn(config)) throw new WrongSetting('the stand-in of ЕСИА is for the demo only')
  return { ...standInKeys(demoKeys(secret), config.esia.clientId), secret, citizens, now }
}

/** The part of the settings that is made of keys: whose signature is accepted, and whose is given. */
export const standInKeys = (
  { client, esia, certificateHash }: DemoKeys,
  clientId: string,
): Pick<StandInSettings, 'client' | 'issuer' | 'signToken' | 'readToken'> => {
  const [clientKey, esiaKey] = [publicKeyOf(client), publicKeyOf(esia)]
  return {
    client: {
      id: clientId,
      certificateHash,
      signed: (message, secret) => verifyText(clientKey, message, secret),
    },
    issuer: STAND_IN_ISSUER,
    signToken: (token) => writeJwt(esia, token),
    readToken: (text) => openJwt(esiaKey, text),
  }
}
