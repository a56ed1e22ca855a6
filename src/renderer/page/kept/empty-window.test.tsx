// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { makeStatus } from '../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { host } from '../../test-host/test-page';

withScriptedHost();

const hour = 3_600_000;
/** When the only lines that are kept were written, Unix milliseconds; null for none. */
let written: number | null;

beforeEach(() => {
  const status = makeStatus();
  const oldestAt = Date.now() - 5 * hour;
  host.feed('host', 'status', { ...status, storage: { ...status.storage, oldestAt } });
  host.answer('logs', 'labelValues', () => []);
  host.answer('logs', 'volume', () => []);
  host.answer('logs', 'query', () => ({ records: [] }));
  host.answer('volume', 'overTime', ({ window: { from, to }, step }) => {
    const counts = new Array<number>(Math.ceil((to - from) / 1000 / step)).fill(0);
    const at = written === null ? -1 : Math.floor((written - from) / 1000 / step);
    if (at >= 0 && at < counts.length) counts[at] = 20;
    return { from, counts, failed: counts.map(() => 0) };
  });
});

it('says that nothing is kept at all, and how to send something', async () => {
  written = null;
  await openPanel('/logs?live=false');
  expect(await screen.findByText('No log line was kept yet')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Send demo data' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Go to the last of them' })).toBeNull();
});

it('says of a window without any when the newest are of, and goes there', async () => {
  written = Date.now() - 2 * hour;
  const { user, address } = await openPanel('/logs?live=false');
  const go = await screen.findByRole('button', { name: 'Go to the last of them' });
  expect(screen.getByText('No log lines in this window')).toBeTruthy();
  expect(screen.getByText(/^The newest lines that are kept are of /)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Send demo data' })).toBeNull();
  await user.click(go);
  await waitFor(() => expect(address()).toContain('from='));
  const { from, to } = Object.fromEntries(new URLSearchParams(address().split('?')[1]));
  expect(Number(from)).toBeLessThan(written);
  expect(Number(to)).toBeGreaterThanOrEqual(written);
  expect(Number(to) - Number(from)).toBe(hour / 4);
});

it('widens the window so far that the newest lie in it', async () => {
  written = Date.now() - 2 * hour;
  const { user, address } = await openPanel('/logs?live=false');
  await screen.findByRole('button', { name: 'Go to the last of them' });
  await user.click(screen.getByRole('button', { name: 'Look at the last 3h' }));
  await waitFor(() => expect(address()).toContain('since=3h'));
});
