import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoginItemSettingsOptions as Item, LoginItemSettings } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setLoginItem } from './set-login-item';

let configFolder: string;
const asked: (Item | undefined)[] = [];
let isSet = false;
const app = {
  getLoginItemSettings: () => ({ openAtLogin: isSet }) as LoginItemSettings,
  setLoginItemSettings: (settings?: Item) => void asked.push(settings),
};
const desktop = { openAtLogin: true, startHidden: true, keepRunning: true, onQuit: 'ask' as const };

beforeEach(async () => {
  configFolder = await mkdtemp(join(tmpdir(), 'wt-login-'));
  asked.length = 0;
});
afterEach(() => rm(configFolder, { recursive: true, force: true }));

describe('setLoginItem', () => {
  it('writes an autostart entry on Linux and removes it again', async () => {
    const ports = { app, platform: 'linux' as const, program: '/opt/My $App/100%/watch"tower', configFolder };
    await setLoginItem(desktop, ports);
    const entry = await readFile(join(configFolder, 'autostart', 'watchtower.desktop'), 'utf8');
    expect(entry).toContain('Exec="/opt/My \\\\$App/100%%/watch\\\\"tower" "--hidden"\n');
    await setLoginItem({ ...desktop, startHidden: false }, ports);
    expect(await readFile(join(configFolder, 'autostart', 'watchtower.desktop'), 'utf8')).not.toContain('--hidden');
    await setLoginItem({ ...desktop, openAtLogin: false }, ports);
    expect(await readdir(join(configFolder, 'autostart'))).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('asks the system elsewhere', async () => {
    await setLoginItem(desktop, { app, platform: 'win32', program: 'C:\\w.exe', configFolder });
    await setLoginItem(desktop, { app, platform: 'darwin', program: '/w', configFolder });
    expect(asked).toEqual([{ openAtLogin: true, path: 'C:\\w.exe', args: ['--hidden'] }, { openAtLogin: true }]);
    expect(await readdir(configFolder)).toEqual([]);
  });

  it('leaves alone on Windows what is set: it may be switched off in the Task Manager', async () => {
    isSet = true;
    await setLoginItem(desktop, { app, platform: 'win32', program: 'C:\\w.exe', configFolder });
    expect(asked).toEqual([]);
    await setLoginItem(
      { ...desktop, openAtLogin: false },
      { app, platform: 'win32', program: 'C:\\w.exe', configFolder },
    );
    expect(asked).toMatchObject([{ openAtLogin: false }]);
    isSet = false;
  });
});
