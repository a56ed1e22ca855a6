import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openKey } from './open-key';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-key-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const never = (reason: Error) => {
  throw reason;
};
const path = () => join(home, 'panel-key');

it('is made once and is the same for the next host, for this user alone', async () => {
  const key = await openKey(home, 'panel-key', never);
  expect(key).toMatch(/^[\w-]{43}$/);
  expect((await stat(path())).mode & 0o777).toBe(0o600);
  expect(await openKey(home, 'panel-key', never)).toBe(key);
});

it.each(['', 'short', '{"key":1}', `${'x'.repeat(43)} and more`])(
  'is made anew where the file holds %j',
  async (text) => {
    await writeFile(path(), text, { mode: 0o600 });
    const key = await openKey(home, 'panel-key', never);
    expect((await readFile(path(), 'utf8')).trim()).toBe(key);
  },
);

it.skipIf(process.platform === 'win32')('is made anew where others could read it', async () => {
  const leaked = await openKey(home, 'panel-key', never);
  await chmod(path(), 0o644);
  expect(await openKey(home, 'panel-key', never)).not.toBe(leaked);
  expect((await stat(path())).mode & 0o777).toBe(0o600);
});

it('holds for this run where it cannot be kept, and says why', async () => {
  const reasons: Error[] = [];
  const key = await openKey(join(home, 'gone'), 'panel-key', (reason) => void reasons.push(reason));
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(reasons).toMatchObject([{ code: 'ENOENT' }]);
});
