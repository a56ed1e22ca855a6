// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { isDisabled } from '../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../test-host/open-panel';
import { host } from '../test-host/test-page';

withScriptedHost();

const minute = 60_000;
const noon = new Date(2026, 7, 14, 12).getTime();

beforeEach(() => host.answer('metrics', 'names', () => []));

const control = () => screen.findByRole('button', { name: 'Time window' });
const windows = () =>
  (host.inputsOf('metrics.names') as { window: { from: number; to: number } }[]).map((each) => each.window);

it('is part of the address, and asks for that window', async () => {
  const { user, address } = await openPanel('/metrics');
  expect((await control()).textContent).toBe('Last 15m');
  await user.click(await control());
  await user.click(await screen.findByRole('button', { name: '3h' }));
  await waitFor(() => expect(address()).toBe('/metrics?since=3h'));
  await waitFor(() => {
    const { from, to } = windows().at(-1)!;
    expect(to - from).toBe(180 * minute);
  });
  await user.click(await control());
  await user.click(await screen.findByRole('button', { name: '15m' }));
  await waitFor(() => expect(address()).toBe('/metrics'));
});

it('takes two times of the reader and shows them', async () => {
  const { user, address } = await openPanel('/metrics');
  await user.click(await control());
  const from = await screen.findByLabelText('From');
  const to = screen.getByLabelText('To');
  await user.clear(from);
  await user.type(from, '2026-08-14 12:00:00');
  await user.clear(to);
  await user.type(to, '2026-08-14 12:30:00');
  await user.click(screen.getByRole('button', { name: 'Show' }));
  await waitFor(() => expect(address()).toBe(`/metrics?from=${noon}&to=${noon + 30 * minute}`));
  expect((await control()).textContent).toContain('2026-08-14 12:00:00');
});

it.each([
  ['yesterday', '2026-08-14 12:30:00'],
  ['2026-08-14 13:00:00', '2026-08-14 12:30:00'],
])('does not take the window from %s to %s', async (first, last) => {
  const { user } = await openPanel('/metrics');
  await user.click(await control());
  const from = await screen.findByLabelText('From');
  await user.clear(from);
  await user.type(from, first);
  const to = screen.getByLabelText('To');
  await user.clear(to);
  await user.type(to, last);
  expect(isDisabled(screen.getByRole('button', { name: 'Show' }))).toBe(true);
});

it('moves by half a window, and not past now while it follows it', async () => {
  const { user, address } = await openPanel(`/metrics?from=${noon}&to=${noon + 30 * minute}`);
  await user.click(await screen.findByRole('button', { name: 'Earlier by half a window' }));
  await waitFor(() => expect(address()).toBe(`/metrics?from=${noon - 15 * minute}&to=${noon + 15 * minute}`));
  await user.click(screen.getByRole('button', { name: 'Later by half a window' }));
  await waitFor(() => expect(address()).toBe(`/metrics?from=${noon}&to=${noon + 30 * minute}`));
});

it('cannot look into the future of a window that follows now', async () => {
  await openPanel('/metrics');
  const later = await screen.findByRole('button', { name: 'Later by half a window' });
  expect(isDisabled(later)).toBe(true);
});

it.each(['since=soon', 'from=5&to=3', 'from=x&to=y', 'since=0m'])(
  'opens a link with %s as the default',
  async (search) => {
    await openPanel(`/metrics?${search}`);
    expect((await control()).textContent).toBe('Last 15m');
  },
);
