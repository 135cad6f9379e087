export { issueDemoAuthority } from './demo-authority.ts'
export { issueDemoKeys } from './demo-keys.ts'
export { softwareProvider } from './software-provider.ts'
export { verifySignature } from './verify-signature.ts'
