import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { desktopCommand } from './dev/desktop-command';
import { readDevOptions } from './dev/dev-options';
import { findElectron } from './find-electron.mjs';

describe.runIf(process.platform === 'linux')('findElectron', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'watchtower-electron-'));
    vi.stubEnv('DISPLAY', ':99');
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', root);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
  });

  it('is the binary in the folder that the environment names', () => {
    const electron = join(root, 'electron');
    writeFileSync(electron, '');
    expect(findElectron(root)).toEqual({ electron });
  });

  it('says so where it is not here and cannot be fetched, and where there is no display', () => {
    expect(findElectron(root)).toEqual({ reason: "Electron's binary could not be had" });
    vi.stubEnv('DISPLAY', '');
    vi.stubEnv('WAYLAND_DISPLAY', '');
    expect(findElectron(root)).toEqual({ reason: 'There is no display' });
  });
});

it('gives electron-vite the binary that was found, since it looks in the package alone', () => {
  const { env } = desktopCommand('/work', '/opt/electron/electron', readDevOptions(['--desktop'], '/work'));
  expect(env).toMatchObject({ ELECTRON_EXEC_PATH: '/opt/electron/electron', WATCHTOWER_HOME: '/work/out/dev-home' });
});
