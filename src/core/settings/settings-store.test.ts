import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mountTestDisk } from '../ownership/test-full-disk';
import { openSettings, peekSettings } from './settings-store';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'wt-settings-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const path = () => join(home, 'settings.json');

describe('openSettings', () => {
  it('starts with defaults and writes nothing before a change', async () => {
    const settings = await openSettings(home);
    expect(settings.current().retention).toEqual({ maxAgeHours: 72, maxBytes: 2 * 1024 ** 3 });
    expect(await readdir(home)).toEqual([]);
  });

  it('keeps a change over a restart, readable by this user alone', async () => {
    await (await openSettings(home)).update({ theme: 'dark' });
    expect((await openSettings(home)).current().theme).toBe('dark');
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(await readdir(home)).toEqual(['settings.json']);
  });

  it('lets the last of many changes win on disk', async () => {
    const settings = await openSettings(home);
    await Promise.all(Array.from({ length: 20 }, (_, index) => settings.update({ serviceName: `app-${index}` })));
    expect(JSON.parse(await readFile(path(), 'utf8')).serviceName).toBe('app-19');
  });

  it('keeps a damaged or invalid file aside and says so', async () => {
    for (const bad of ['{"theme":', '"text"', '[]', '']) {
      await writeFile(path(), bad);
      const settings = await openSettings(home, () => 42);
      expect(settings.current().theme).toBe('system');
      expect(settings.problem).toMatchObject({ kind: 'settings-unreadable', hint: expect.stringContaining('bad-42') });
      expect(await readFile(`${path()}.bad-42`, 'utf8')).toBe(bad);
    }
  });

  it('takes the default of a value that it does not understand, and of no other', async () => {
    const file = {
      theme: 'dark',
      backend: 'of-tomorrow',
      serviceName: '',
      desktop: { openAtLogin: true, onQuit: 'explode' },
      retention: 7,
      ofTomorrow: { a: 1 },
    };
    await writeFile(path(), JSON.stringify(file));
    const settings = await openSettings(home);
    expect(settings.current()).toMatchObject({
      theme: 'dark',
      backend: 'embedded',
      serviceName: 'my-app',
      desktop: { openAtLogin: true, startHidden: true, onQuit: 'ask' },
      retention: { maxAgeHours: 72 },
    });
    expect(settings.problem?.message).toContain('backend, serviceName, retention, desktop.onQuit');
    expect(await readdir(home)).toEqual(['settings.json']);
    await settings.update({ theme: 'light', serviceName: 'shop' });
    expect(JSON.parse(await readFile(path(), 'utf8'))).toMatchObject({
      ...file,
      theme: 'light',
      serviceName: 'shop',
    });
    await settings.update({ backend: 'docker' });
    expect(JSON.parse(await readFile(path(), 'utf8'))).toMatchObject({ backend: 'docker', ofTomorrow: { a: 1 } });
  });

  it('never writes over a file that it cannot read', async () => {
    await mkdir(path());
    const settings = await openSettings(home);
    expect(settings.problem).toMatchObject({ kind: 'settings-unreadable', lifetime: 'this-run' });
    expect(await settings.update({ theme: 'dark' })).toEqual({ problem: settings.problem });
    expect(settings.current().theme).toBe('system');
    expect(await readdir(home)).toEqual(['settings.json']);
  });

  it('stays on the old values where the new ones cannot be written, and goes on once they can', async () => {
    const settings = await openSettings(home);
    await rm(home, { recursive: true });
    expect(await settings.update({ theme: 'dark' })).toMatchObject({ problem: { kind: 'settings-not-written' } });
    expect(settings.current().theme).toBe('system');
    await mkdir(home);
    expect(await settings.update({ theme: 'dark' })).toMatchObject({ settings: { theme: 'dark' } });
  });

  it('reads a file that begins with a byte order mark', async () => {
    await writeFile(path(), '\ufeff{"theme":"dark"}');
    const settings = await openSettings(home);
    expect([settings.problem, settings.current().theme]).toEqual([null, 'dark']);
  });

  it('writes through a link to a file that is kept elsewhere', async () => {
    const elsewhere = join(home, 'dotfiles.json');
    await writeFile(elsewhere, '{"theme":"dark"}');
    await symlink(elsewhere, path());
    await (await openSettings(home)).update({ serviceName: 'shop' });
    expect((await lstat(path())).isSymbolicLink()).toBe(true);
    expect(JSON.parse(await readFile(elsewhere, 'utf8'))).toMatchObject({ theme: 'dark', serviceName: 'shop' });
  });

  it('keeps file and values whole on a disk without room, and goes on once there is some', async (test) => {
    const disk = mountTestDisk();
    if (!disk) return test.skip('a file system can be mounted by root on Linux alone');
    try {
      const settings = await openSettings(disk.folder);
      await settings.update({ serviceName: 'shop' });
      const before = await readFile(join(disk.folder, 'settings.json'), 'utf8');
      disk.fill();
      expect(await settings.update({ theme: 'dark' })).toMatchObject({
        problem: { kind: 'settings-not-written', message: expect.stringContaining('ENOSPC'), hint: expect.anything() },
      });
      expect(settings.current().theme).toBe('system');
      expect(await readFile(join(disk.folder, 'settings.json'), 'utf8')).toBe(before);
      expect(await readdir(disk.folder)).toEqual(['filler', 'settings.json']);
      disk.free();
      expect(await settings.update({ theme: 'dark' })).toMatchObject({
        settings: { theme: 'dark', serviceName: 'shop' },
      });
    } finally {
      disk.remove();
    }
  });

  it('keeps the board of charts, and no more than fifty', async () => {
    const chart = { id: 'a', title: 'Requests', query: 'sum(rate(requests_total[5m]))', unit: '1/s' };
    const settings = await openSettings(home);
    await settings.update({ board: [chart] });
    expect((await openSettings(home)).current().board).toEqual([chart]);
    const many = Array.from({ length: 51 }, (_, index) => ({ ...chart, id: String(index) }));
    await expect(settings.update({ board: many })).rejects.toThrow();
    expect(settings.current().board).toEqual([chart]);
  });

  it('refuses an invalid change and keeps the old value', async () => {
    const settings = await openSettings(home);
    await expect(settings.update({ serviceName: '' })).rejects.toThrow();
    expect(settings.current().serviceName).toBe('my-app');
  });
});

describe('peekSettings', () => {
  it('reads what a host would, and leaves a damaged file where it is', async () => {
    expect((await peekSettings(home)).settings.serviceName).toBe('my-app');
    await writeFile(path(), '{"serviceName":"shop","theme":"loud"}');
    const peeked = await peekSettings(home);
    expect(peeked.settings).toMatchObject({ serviceName: 'shop', theme: 'system' });
    expect(peeked.problem?.message).toContain('theme');
    await writeFile(path(), '{"serviceName":');
    expect(await peekSettings(home)).toMatchObject({
      settings: { serviceName: 'my-app' },
      problem: { kind: 'settings-unreadable', message: expect.stringContaining(path()) },
    });
    expect(await readdir(home)).toEqual(['settings.json']);
  });
});
