/** Notes on the device's own screen; shown while the app is open, sent by nobody. */

export type NotificationRight = 'granted' | 'denied' | 'notAsked' | 'unsupported';

export function notificationRight(): NotificationRight {
  if (!('Notification' in globalThis)) return 'unsupported';
  const { permission } = Notification;
  return permission === 'default' ? 'notAsked' : permission;
}

/** Needs a user gesture. */
export async function askForNotifications(): Promise<NotificationRight> {
  if (!('Notification' in globalThis)) return 'unsupported';
  await Notification.requestPermission();
  return notificationRight();
}

/** Does nothing without the right to. */
export async function showNotification(title: string, body: string): Promise<void> {
  if (notificationRight() !== 'granted') return;
  const options = { body, tag: 'thora-reminder', icon: './icon-192.png' };
  // Phones allow it through the service worker alone.
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration !== undefined) await registration.showNotification(title, options);
  else void new Notification(title, options);
}
