import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSecretStore } from './file-secret-store';
import { createSecretFile } from './secret-file';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-secrets-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const path = () => join(home, 'secrets.json');

describe('createFileSecretStore', () => {
  it('keeps secrets over a restart in a file that only this user can read', async () => {
    expect(await createFileSecretStore(home).set('sumo', { token: 'a' })).toBeNull();
    expect((await createFileSecretStore(home).read()).secrets.get('sumo')).toEqual({ token: 'a' });
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(await readdir(home)).toEqual(['secrets.json']);
  });

  it('loses none of many changes at once', async () => {
    const store = createFileSecretStore(home);
    await Promise.all(Array.from({ length: 30 }, (_, index) => store.set(`d${index}`, { token: String(index) })));
    await Promise.all([store.delete('d3'), store.set('d4', { token: 'new' }), store.delete('unknown')]);
    const { secrets } = await store.read();
    expect(secrets.size).toBe(29);
    expect(secrets.get('d4')).toEqual({ token: 'new' });
  });

  it('writes no file to delete what is not there', async () => {
    expect(await createFileSecretStore(home).delete('x')).toBeNull();
    expect(await readdir(home)).toEqual([]);
  });

  it.each([0o644, 0o640, 0o602])('refuses a file of mode %o until the user has mended it', async (mode) => {
    const store = createFileSecretStore(home);
    await store.set('sumo', { token: 'CANARY' });
    const before = await readFile(path(), 'utf8');
    await chmod(path(), mode);
    const { secrets, problem } = await store.read();
    expect(secrets.size).toBe(0);
    expect(problem).toMatchObject({ kind: 'secrets-exposed', hint: expect.stringContaining(`chmod 600 '${path()}'`) });
    expect(problem?.message).toContain(`mode 0${mode.toString(8)}`);
    expect(await store.set('other', { token: 'b' })).toMatchObject({ kind: 'secrets-exposed' });
    expect(await readFile(path(), 'utf8')).toBe(before);
    await chmod(path(), 0o600);
    expect(await store.set('other', { token: 'b' })).toBeNull();
    expect((await store.read()).secrets.size).toBe(2);
  });

  it('keeps a damaged file aside and says so without showing what it holds', async () => {
    await writeFile(path(), '{"sumo": "CANARY', { mode: 0o600 });
    const { problem } = await createFileSecretStore(home).read();
    expect(problem).toMatchObject({ kind: 'secrets-unreadable', hint: expect.stringContaining('.bad-') });
    expect(JSON.stringify(problem)).not.toContain('CANARY');
    const [aside] = await readdir(home);
    expect(await readFile(join(home, aside!), 'utf8')).toContain('CANARY');
  });

  it('says that a secret could not be written, and keeps the others', async () => {
    const store = createFileSecretStore(join(home, 'missing'));
    expect(await store.set('sumo', { token: 'CANARY' })).toMatchObject({
      kind: 'secrets-not-written',
      message: expect.not.stringContaining('CANARY'),
    });
    expect(await store.set('sumo', { token: 'CANARY' })).toMatchObject({ kind: 'secrets-not-written' });
  });
});

describe('createSecretFile', () => {
  it('holds only what the cipher sealed, and says which secret it cannot open any more', async () => {
    const cipher = (key: string) => ({
      seal: (text: string) => Buffer.from(key + text).toString('base64'),
      open: (sealed: string) => {
        const text = Buffer.from(sealed, 'base64').toString();
        return text.startsWith(key) ? text.slice(key.length) : null;
      },
    });
    const open = (key: string) => createSecretFile({ path: path(), place: 'a test', cipher: cipher(key) });
    await open('one').set('first', { token: 'CANARY' });
    await open('two').set('second', { token: 'b' });
    expect(await readFile(path(), 'utf8')).not.toContain('CANARY');
    const { secrets, problem } = await open('two').read();
    expect([...secrets.keys()]).toEqual(['second']);
    expect(problem).toMatchObject({ kind: 'secret-unreadable', message: expect.stringContaining('first') });
  });
});
