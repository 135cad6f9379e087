export type { Channel, Deliver, Delivering, Message, NotificationSettings, PushSubscription, Receipt } from './ports.ts'
