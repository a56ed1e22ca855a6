import { join } from 'node:path';
import pino from 'pino';
import { createFolder } from '../../ground/create-folder';
import { maskSecrets } from '../secrets/mask-secrets';
import type { HostLog } from './host-log';
import { maskLog } from './mask-log';
import { RotatingFile } from './rotating-file';

/**
 * The host's log, `logs/host.log` in the home, for this user alone, of bounded size and without what looks like a secret;
 * silent when the home cannot be written. It holds the engine's faults as well.
 */
export function openHostLog(home: string): HostLog {
  const folder = join(home, 'logs');
  try {
    createFolder(folder);
    return maskLog(pino({}, new RotatingFile(join(folder, 'host.log'))), (text) => maskSecrets(text));
  } catch {
    // An unusable home is said by the claim on it.
    return pino({ enabled: false });
  }
}
