// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { makeStatus } from '../test-host/host-data';
import { openPanel, withScriptedHost } from '../test-host/open-panel';
import { host } from '../test-host/test-page';

withScriptedHost();

const lost = () => screen.findByText('Watchtower does not answer.');
const failing = makeStatus({ problems: [{ id: 'disk', kind: 'disk-full', message: 'The disk is full.' }] });

it('says nothing while the host answers', async () => {
  await openPanel('/settings');
  expect(await screen.findByText('No problems')).toBeTruthy();
  expect(screen.queryByText('Watchtower does not answer.')).toBeNull();
});

it('keeps the last that the host said when it is lost, and goes on by itself when it is back', async () => {
  const status = host.feed('host', 'status', makeStatus());
  await openPanel('/settings');
  expect(await screen.findByText('No problems')).toBeTruthy();
  host.goAway();
  expect(await lost()).toBeTruthy();
  expect(screen.getByText('No problems')).toBeTruthy();

  host.comeBack();
  status.push(failing);
  expect(await screen.findByText('1 problem')).toBeTruthy();
  expect(screen.queryByText('Watchtower does not answer.')).toBeNull();
});

it('connects at once when asked to try now', async () => {
  const { user } = await openPanel('/settings');
  expect(await screen.findByText('No problems')).toBeTruthy();
  host.goAway();
  await lost();
  host.comeBack();
  await user.click(screen.getByRole('button', { name: 'Try now' }));
  await waitFor(() => expect(screen.queryByText('Watchtower does not answer.')).toBeNull());
});

it('tells a page that is not signed in from a host that is gone, and says the way in', async () => {
  await openPanel('/settings');
  expect(await screen.findByText('No problems')).toBeTruthy();
  host.lockOut();
  expect(await screen.findByText('This page is not signed in.')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toContain('watchtower');
});

it('says that the page is of another version than the host, and reloads it when told', async () => {
  const status = host.feed('host', 'status', makeStatus({ version: '0.1.0' }));
  const reload = vi.spyOn(window.location, 'reload').mockImplementation(() => {});
  const { user } = await openPanel('/settings');
  expect(await screen.findByText('No problems')).toBeTruthy();
  status.push(makeStatus({ version: '0.2.0', startedAt: Date.UTC(2026, 7, 15) }));
  expect(await screen.findByText('Watchtower is now version 0.2.0.')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toContain('This page is of version 0.1.0');
  expect(reload).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: 'Reload' }));
  expect(reload).toHaveBeenCalledOnce();
});

it('gives the command that signs in to copy', async () => {
  const { user, copied } = await openPanel('/settings');
  expect(await screen.findByText('No problems')).toBeTruthy();
  host.lockOut();
  await screen.findByText('This page is not signed in.');
  await user.click(screen.getByRole('button', { name: 'Copy the command' }));
  expect(copied()).toBe('watchtower open');
});

describe('a host that was replaced while the page was open', () => {
  const before = makeStatus();
  const restarted = { startedAt: before.startedAt + 1000 };

  /** The page as the browser has it from `script`, and a host that serves a page with `served` in it. */
  function serve(script: string, served: string) {
    const own = document.createElement('script');
    own.type = 'module';
    own.setAttribute('src', `/assets/${script}`);
    // Not put into the page, where it would be loaded.
    vi.spyOn(document, 'querySelector').mockImplementation((selector) => (selector.startsWith('script') ? own : null));
    const html = `<script type="module" src="/assets/${served}"></script>`;
    return vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(html));
  }

  const reloadButton = () => screen.findByRole('button', { name: 'Reload' });

  it('is told where the version is the same and the page that is served is another', async () => {
    const asked = serve('index-old.js', 'index-new.js');
    const status = host.feed('host', 'status', before);
    await openPanel('/settings');
    expect(await screen.findByText('No problems')).toBeTruthy();
    expect(asked).not.toHaveBeenCalled();
    status.push(makeStatus(restarted));
    expect(await screen.findByText('Watchtower was updated.')).toBeTruthy();
    expect(await reloadButton()).toBeTruthy();
  });

  it('is not told where it serves the very page', async () => {
    const asked = serve('index-same.js', 'index-same.js');
    const status = host.feed('host', 'status', before);
    await openPanel('/settings');
    expect(await screen.findByText('No problems')).toBeTruthy();
    status.push({ ...failing, ...restarted });
    expect(await screen.findByText('1 problem')).toBeTruthy();
    await waitFor(() => expect(asked).toHaveResolved());
    status.push(makeStatus(restarted));
    expect(await screen.findByText('No problems')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Reload' })).toBeNull();
  });

  it('reloads a page that nobody looks at by itself', async () => {
    const reload = vi.spyOn(window.location, 'reload').mockImplementation(() => {});
    const status = host.feed('host', 'status', before);
    await openPanel('/settings');
    expect(await screen.findByText('No problems')).toBeTruthy();
    status.push(makeStatus({ ...restarted, version: '0.2.0' }));
    await reloadButton();
    expect(reload).not.toHaveBeenCalled();
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(reload).toHaveBeenCalledTimes(1);
  });
});
