import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { mountTestDisk } from '../../src/core/ownership/test-full-disk';
import { openPage } from '../open-page';
import { startHost } from '../start-host';

test('a disk without room for settings loses nothing, and panel and commands say so', async ({ page }) => {
  const disk = mountTestDisk();
  test.skip(disk === null, 'a file system can be mounted by root on Linux alone');
  if (!disk) return;
  const data = join(tmpdir(), `watchtower-full-disk-${process.pid}`);
  const host = await startHost(disk.folder, {}, ['--data-dir', data]);
  try {
    const add = (name: string) =>
      host.cli('destination', 'add', 'otlp', '--name', name, '--endpoint', 'http://127.0.0.1:9/otlp');
    expect((await add('First')).code).toBe(0);
    await openPage(page, host, '/settings');
    await page.getByRole('tab', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    const settings = join(disk.folder, 'settings.json');
    await expect.poll(() => readFile(settings, 'utf8')).toContain('dark');

    disk.fill();
    const refused = await add('Second');
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(/(?:secrets|destinations) could not be written to .+ENOSPC[\s\S]*Make room/);
    expect((await host.cli('destination', 'list')).stdout).not.toContain('Second');
    await page.getByRole('tab', { name: 'Light' }).click();
    await expect(page.getByText(/The settings could not be written to .+ENOSPC/)).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    expect(await readFile(settings, 'utf8')).toContain('dark');
    expect((await readdir(disk.folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);

    await page.goto(new URL('/connect', host.ui).href);
    await page.getByRole('tab', { name: 'Rust' }).click();
    await expect(page.getByText(/The settings could not be written to .+ENOSPC/)).toBeVisible();

    disk.free();
    await page.goto(new URL('/settings', host.ui).href);
    expect((await add('Second')).code).toBe(0);
    await page.getByRole('tab', { name: 'Light' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  } finally {
    await host.stop();
    disk.remove();
    await rm(data, { recursive: true, force: true });
  }
});
