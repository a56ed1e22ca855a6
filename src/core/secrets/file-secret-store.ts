import { join } from 'node:path';
import { createSecretFile } from './secret-file';
import type { SecretStore } from './secret-store';

/** For hosts without a keychain: `secrets.json` in the home, in clear, mode 0600. */
export function createFileSecretStore(home: string, place = 'a file that only this user can read'): SecretStore {
  return createSecretFile({
    path: join(home, 'secrets.json'),
    place,
    cipher: { seal: (text) => text, open: (text) => text },
  });
}
