import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { identifyProcess } from '../../ground/identify-process';
import { awaitDataFolder } from './await-data-folder';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'wt-await-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function holder() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  writeFileSync(join(dataDir, 'lock'), JSON.stringify(await identifyProcess(child.pid!)));
  return child;
}

it('has a folder as soon as its dying holder is gone', async () => {
  const child = await holder();
  const claiming = awaitDataFolder(dataDir, 10_000);
  child.kill('SIGKILL');
  expect(await claiming).toHaveProperty('release');
});

it('names a holder that stays', async () => {
  const child = await holder();
  expect(await awaitDataFolder(dataDir, 200)).toMatchObject({ problem: { kind: 'data-folder-held' } });
  child.kill('SIGKILL');
});
