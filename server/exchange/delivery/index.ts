export { openDelivering } from './open-delivering.ts'
export { mountDeliveryStandIn } from './stand-in/mount-stand-in.ts'
