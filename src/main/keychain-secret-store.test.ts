import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeychainSecretStore, type Keychain } from './keychain-secret-store';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-keychain-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Seals by turning the bytes round behind the key's name. */
function fakeKeychain(key = 'k1', backend: ReturnType<Keychain['getSelectedStorageBackend']> = 'gnome_libsecret') {
  const keychain: Keychain & { locked: boolean } = {
    locked: false,
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => backend,
    encryptString(text) {
      if (keychain.locked) throw new Error('locked');
      return Buffer.from(key + [...text].reverse().join(''));
    },
    decryptString(sealed) {
      const text = sealed.toString();
      if (keychain.locked || !text.startsWith(key)) throw new Error('Error while decrypting the ciphertext');
      return [...text.slice(key.length)].reverse().join('');
    },
  };
  return keychain;
}

describe('createKeychainSecretStore', () => {
  it('keeps secrets sealed on disk and opens them again after a restart', async () => {
    const store = createKeychainSecretStore(home, fakeKeychain(), 'linux');
    expect(store.place).toBe("the system's keychain");
    expect(await store.set('sumo', { token: 'CANARY' })).toBeNull();
    const path = join(home, 'secrets-keychain.json');
    expect(await readdir(home)).toEqual(['secrets-keychain.json']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const sealed = JSON.parse(await readFile(path, 'utf8')).sumo;
    expect(Buffer.from(sealed, 'base64').toString()).not.toContain('CANARY');
    const { secrets, problem } = await createKeychainSecretStore(home, fakeKeychain(), 'linux').read();
    expect([...secrets]).toEqual([['sumo', { token: 'CANARY' }]]);
    expect(problem).toBeNull();
  });

  it('says which secret a changed keychain cannot open any more', async () => {
    await createKeychainSecretStore(home, fakeKeychain('k1'), 'darwin').set('sumo', { token: 'a' });
    const { secrets, problem } = await createKeychainSecretStore(home, fakeKeychain('k2'), 'darwin').read();
    expect(secrets.size).toBe(0);
    expect(problem).toMatchObject({ kind: 'secret-unreadable', message: expect.stringContaining('sumo') });
  });

  it('keeps nothing while the keychain is locked, and goes on once it is open', async () => {
    const keychain = fakeKeychain();
    const store = createKeychainSecretStore(home, keychain, 'linux');
    keychain.locked = true;
    expect(await store.set('sumo', { token: 'CANARY' })).toMatchObject({ kind: 'secret-not-sealed' });
    expect(await readdir(home)).toEqual([]);
    keychain.locked = false;
    expect(await store.set('sumo', { token: 'CANARY' })).toBeNull();
  });

  it.each(['basic_text', 'unknown'] as const)(
    'refuses the sham keychain %s of Linux and says where secrets are instead',
    async (backend) => {
      const store = createKeychainSecretStore(home, fakeKeychain('k', backend), 'linux');
      expect(store.place).toMatch(/^a file .* no keychain$/);
      await store.set('sumo', { token: 'a' });
      expect(await readdir(home)).toEqual(['secrets.json']);
      expect((await stat(join(home, 'secrets.json'))).mode & 0o777).toBe(0o600);
    },
  );

  it('does not ask for the backend where the system has only one', async () => {
    const keychain = fakeKeychain();
    keychain.getSelectedStorageBackend = () => {
      throw new TypeError('not a function');
    };
    expect(createKeychainSecretStore(home, keychain, 'win32').place).toBe("the system's keychain");
    keychain.isEncryptionAvailable = () => false;
    expect(createKeychainSecretStore(home, keychain, 'win32').place).toMatch(/^a file/);
  });
});
