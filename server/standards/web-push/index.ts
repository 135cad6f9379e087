export { encryptPush } from './encrypt.ts'
export { readVapidKey, vapidHeader, type VapidKey } from './vapid.ts'
