import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { createFileSecretStore } from '../core/secrets/file-secret-store';
import { createSecretFile } from '../core/secrets/secret-file';
import type { SecretStore } from '../core/secrets/secret-store';

/** The part of Electron's `safeStorage` that is used; ready only once the app is. */
export type Keychain = Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
>;

/**
 * Secrets in `secrets-keychain.json` in the home, sealed with a key that the system's keychain holds. Where there is
 * none, Chromium would seal with a key that is the same on every machine (`basic_text`): that is refused, the secrets
 * then stand in a file of mode 0600 and the store says so.
 */
export function createKeychainSecretStore(
  home: string,
  keychain: Keychain,
  platform: NodeJS.Platform = process.platform,
): SecretStore {
  if (!isReal(keychain, platform)) {
    return createFileSecretStore(home, 'a file that only this user can read, as this desktop has no keychain');
  }
  return createSecretFile({
    path: join(home, 'secrets-keychain.json'),
    place: "the system's keychain",
    cipher: {
      seal: (text) => orNull(() => keychain.encryptString(text).toString('base64')),
      open: (sealed) => orNull(() => keychain.decryptString(Buffer.from(sealed, 'base64'))),
    },
  });
}

function isReal(keychain: Keychain, platform: NodeJS.Platform): boolean {
  if (!keychain.isEncryptionAvailable()) return false;
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(keychain.getSelectedStorageBackend());
}

/** A keychain that is locked or was emptied throws. */
function orNull(work: () => string): string | null {
  try {
    return work();
  } catch {
    return null;
  }
}
