/** Whether this browser can be written to at all, and whether its owner has forbidden it. */
export const pushSupport = (): 'yes' | 'forbidden' | 'no' => {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'no'
  return Notification.permission === 'denied' ? 'forbidden' : 'yes'
}

/** Asks the browser's owner and subscribes; undefined when they said no. Throws when there is no service worker. */
export async function subscribeHere(
  publicKey: string,
): Promise<{ endpoint: string; p256dh: string; auth: string } | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return undefined
  const worker = await navigator.serviceWorker.getRegistration()
  if (!worker) throw new Error('no service worker')
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
  const { endpoint, keys } = made.toJSON()
  return endpoint && keys?.['p256dh'] && keys['auth']
    ? { endpoint, p256dh: keys['p256dh'], auth: keys['auth'] }
    : undefined
}

/** Ends the subscription of this browser; answers with its address, undefined when there was none. */
export async function unsubscribeHere(): Promise<string | undefined> {
  const worker = await navigator.serviceWorker.getRegistration()
  const made = await worker?.pushManager.getSubscription()
  await made?.unsubscribe()
  return made?.endpoint
}

/** Whether this very browser is subscribed. */
export async function isSubscribedHere(): Promise<boolean> {
  if (pushSupport() !== 'yes') return false
  const worker = await navigator.serviceWorker.getRegistration()
  return Boolean(await worker?.pushManager.getSubscription())
}
