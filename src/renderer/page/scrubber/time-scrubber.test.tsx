// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { host } from '../../test-host/test-page';

vi.mock('../../client/loading/load-part', async (original) => {
  const actual = await original<typeof import('../../client/loading/load-part')>();
  const loadPart: typeof actual.loadPart = (load) =>
    String(load).includes('scrubber-bar')
      ? Promise.reject(new actual.PartNotLoaded(new TypeError('Failed to fetch')))
      : actual.loadPart(load);
  return { ...actual, loadPart };
});

withScriptedHost();

it('costs no page that the bar of time cannot be loaded', async () => {
  host.answer('metrics', 'names', () => []);
  await openPanel('/metrics');
  const said = await screen.findByText(/bar of time/i, {}, { timeout: 20_000 });
  expect(within(said.closest('main')!).getByRole('heading', { name: 'Metrics' })).toBeTruthy();
}, 30_000);
