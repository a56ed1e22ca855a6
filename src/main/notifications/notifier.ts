import { Notification } from 'electron';
import type { Notice } from './choose-notices';

/** What the system shows stays referenced until it is gone: a collected one would not tell of its click. */
const shown = new Set<Notification>();

/** Shows a notification of the system, where it has any; a click opens the notice's page. */
export function notify({ title, body }: Omit<Notice, 'key' | 'path'>, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  const gone = () => shown.delete(notification);
  notification.on('click', onClick);
  notification.on('close', gone);
  notification.on('failed', gone);
  shown.add(notification);
  notification.show();
}
