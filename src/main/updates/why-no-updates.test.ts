import { expect, test } from 'vitest';
import { type Installation, whyNoUpdates } from './why-no-updates';

const installed: Installation = {
  packaged: true,
  test: false,
  platform: 'darwin',
  appImage: undefined,
  config: 'provider: github\nowner: someone\nrepo: watchtower\n',
};

test('an installed app updates itself', () => {
  expect(whyNoUpdates(installed)).toBeNull();
  expect(whyNoUpdates({ ...installed, platform: 'linux', appImage: '/home/me/Watchtower.AppImage' })).toBeNull();
});

test('neither a working copy nor a test does', () => {
  expect(whyNoUpdates({ ...installed, packaged: false })).toContain('installed');
  expect(whyNoUpdates({ ...installed, test: true })).toContain('installed');
});

test('a Linux package is left to the package manager', () => {
  expect(whyNoUpdates({ ...installed, platform: 'linux' })).toContain('package manager');
});

test('a build that was never published has nowhere to look', () => {
  expect(whyNoUpdates({ ...installed, config: null })).toContain('where its updates are');
});

test('on Windows an unsigned build takes no installer, for nobody could say whose it is', () => {
  const windows = { ...installed, platform: 'win32' } as const;
  expect(whyNoUpdates(windows)).toContain('not signed');
  expect(
    whyNoUpdates({ ...windows, config: `${installed.config}publisherName: [The Watchtower authors]\n` }),
  ).toBeNull();
});
