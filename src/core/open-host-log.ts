import { join } from 'node:path';
import pino from 'pino';
import { createFolder } from './ownership/create-folder';

/** The host's log, `logs/host.log` in the home, for this user alone; silent when the home cannot be written. */
export function openHostLog(home: string): pino.Logger {
  const folder = join(home, 'logs');
  try {
    createFolder(folder);
    return pino(pino.destination({ dest: join(folder, 'host.log'), mode: 0o600, sync: true }));
  } catch {
    // An unusable home is said by the claim on it.
    return pino({ enabled: false });
  }
}
