import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyProcess } from '../../ground/identify-process';
import { claimHome } from './claim-home';
import { findHost, removeHostFile, writeHostFile } from './host-file';
import { resolveHome } from './resolve-home';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-home-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function claimed() {
  const claim = await claimHome(home);
  if (claim.state !== 'owned') throw new Error(`not owned: ${claim.state}`);
  return claim;
}

describe('claimHome', () => {
  it('gives a home to one host at a time and names the holder', async () => {
    const claim = await claimed();
    expect(await claimHome(home)).toEqual({ state: 'held', pid: process.pid });
    const text = await readFile(join(home, 'host.lock'), 'utf8');
    claim.release();
    (await claimed()).release();
    expect(await readdir(home)).toEqual([]);
    // As earlier versions wrote it.
    await writeFile(join(home, 'host.lock'), text.replace('started', 'processStart'));
    expect(await claimHome(home)).toEqual({ state: 'held', pid: process.pid });
  });

  it('gives it to exactly one of many that start together, also over a stale lock', async () => {
    for (let round = 0; round < 20; round++) {
      await writeFile(join(home, 'host.lock'), JSON.stringify({ pid: 2 ** 22 + 1, processStart: '1' }));
      const claims = await Promise.all(Array.from({ length: 20 }, () => claimHome(home)));
      expect(claims.filter(({ state }) => state === 'owned')).toHaveLength(1);
    }
  });

  it('takes over the lock of a dead process, and of one whose pid another program has now', async () => {
    for (const stale of [
      JSON.stringify({ pid: 2 ** 22 + 1, processStart: '1' }),
      JSON.stringify({ pid: process.pid, started: 'another start' }),
      JSON.stringify({ pid: process.pid, processStart: 'another start' }),
      '{"pid":',
    ]) {
      await writeFile(join(home, 'host.lock'), stale);
      (await claimed()).release();
    }
  });

  it.runIf(process.platform === 'linux')(
    'takes over the lock of the boot before, whose pid a process has now that started at the same moment after it',
    async () => {
      const processStart = (await identifyProcess(process.pid, 'the boot before'))!.started;
      await writeFile(join(home, 'host.lock'), JSON.stringify({ pid: process.pid, processStart }));
      (await claimed()).release();
    },
  );

  it('says when the home cannot be written', async () => {
    const file = join(home, 'file');
    await writeFile(file, '');
    expect(await claimHome(join(file, 'home'))).toMatchObject({
      state: 'unusable',
      problem: { kind: 'home-not-writable' },
    });
  });

  // Node's recursive mkdir never returns there.
  it.runIf(process.platform === 'linux')('says so of a home in a folder that takes no entries', async () => {
    expect(await claimHome('/proc/nope/home')).toMatchObject({
      state: 'unusable',
      problem: { kind: 'home-not-writable', message: expect.stringContaining('/proc/nope/home') },
    });
  });

  it('creates the folders above it', async () => {
    const deep = join(home, 'a', 'b');
    const claim = await claimHome(deep);
    expect(claim.state).toBe('owned');
    expect((await stat(deep)).mode & 0o777).toBe(0o700);
  });
});

describe('host.json', () => {
  const host = { pid: process.pid, url: 'http://127.0.0.1:1', token: 't', startedAt: 1, version: '0.0.0' };

  it('is found while its process runs and readable by this user alone', async () => {
    const processStart = (await identifyProcess(process.pid))!.started;
    await writeHostFile(home, { ...host, processStart });
    expect(await findHost(home)).toEqual({ ...host, processStart });
    expect((await stat(join(home, 'host.json'))).mode & 0o777).toBe(0o600);
    await removeHostFile(home);
    expect(await findHost(home)).toBeNull();
  });

  it('is not believed when its process is gone or the file is damaged', async () => {
    await writeHostFile(home, { ...host, processStart: 'another start' });
    expect(await findHost(home)).toBeNull();
    if (process.platform === 'linux') {
      const processStart = (await identifyProcess(process.pid, 'the boot before'))!.started;
      await writeHostFile(home, { ...host, processStart });
      expect(await findHost(home)).toBeNull();
    }
    await writeFile(join(home, 'host.json'), '{"pid":');
    expect(await findHost(home)).toBeNull();
    expect(await readFile(join(home, 'host.json'), 'utf8')).toBe('{"pid":');
  });
});

describe('resolveHome', () => {
  const homedir = () => '/home/ann';

  it('follows WATCHTOWER_HOME, else the custom of the platform', () => {
    expect(resolveHome({ env: { WATCHTOWER_HOME: '/x' }, platform: 'linux', homedir })).toBe('/x');
    expect(resolveHome({ env: { XDG_DATA_HOME: '/data' }, platform: 'linux', homedir })).toBe('/data/watchtower');
    expect(resolveHome({ env: {}, platform: 'linux', homedir })).toBe('/home/ann/.local/share/watchtower');
    expect(resolveHome({ env: {}, platform: 'darwin', homedir })).toBe(
      '/home/ann/Library/Application Support/Watchtower',
    );
  });

  it('throws in a test run rather than touch real data', () => {
    expect(() => resolveHome({ env: { WATCHTOWER_TEST: '1' }, platform: 'linux', homedir })).toThrow('WATCHTOWER_HOME');
  });
});
