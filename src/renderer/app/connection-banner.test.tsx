// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
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
