// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuseAsDown } from '../../../test-host/refuse';
import { shopTraceId as id, makeShop } from '../../../test-host/shop-trace';
import { makeSummary } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const [slow, fast] = ['c'.repeat(32), 'd'.repeat(32)];

beforeEach(() => {
  host.answer('logs', 'query', () => ({ records: [] }));
  host.answer('traces', 'get', () => makeShop());
  host.answer('traces', 'search', () => ({
    traces: [
      makeSummary('c', { durationNs: 9e9 }),
      makeSummary('b', { traceId: id, durationNs: 1e8 }),
      makeSummary('d', { durationNs: 5e6 }),
    ],
  }));
});

async function open() {
  const panel = await openPanel(`/traces/${id}?since=1h`);
  await panel.user.click(await screen.findByRole('button', { name: 'Compare with…' }));
  return panel;
}

it('leads to the comparison with one of the same kind that was fast, which is measured against', async () => {
  const { user, address } = await open();
  await user.click(await screen.findByRole('link', { name: /that was fast · 5 ms/ }));
  await waitFor(() => expect(address()).toBe(`/traces/compare?since=1h&a=${fast}&b=${id}`));
  const [{ query }] = host.inputsOf('traces.search') as [{ query: string }];
  expect(query).toBe('{ rootServiceName = "gateway" && rootName = "work gateway" }');
});

it('lists the others of its kind, and not itself', async () => {
  await open();
  const list = await screen.findByRole('list', { name: 'Traces of the same kind' });
  expect(
    within(list)
      .getAllByRole('link')
      .map((link) => new URL(link.getAttribute('href')!, 'http://x').searchParams.get('a')),
  ).toEqual([slow, fast]);
});

it('takes the id or the link of any trace, and says what is none', async () => {
  const { user, address } = await open();
  const field = await screen.findByLabelText('Id or link of another trace');
  await user.type(field, 'nonsense');
  expect(await screen.findByText(/An id has 16 to 32 digits/)).toBeTruthy();
  await user.clear(field);
  await user.type(field, `http://localhost:4320/traces/${slow}?since=1h{Enter}`);
  await waitFor(() => expect(address()).toContain(`a=${slow}&b=${id}`));
});

it('waits with a word', async () => {
  host.answer('traces', 'search', () => new Promise(() => {}));
  await open();
  expect(await screen.findByText('Looking for traces of the same kind')).toBeTruthy();
});

it('lists the newest of very many, and says of how many', async () => {
  const traces = Array.from({ length: 200 }, (_, index) => makeSummary('e', { traceId: `${index}`.padStart(32, '0') }));
  host.answer('traces', 'search', () => ({ traces }));
  await open();
  const list = await screen.findByRole('list', { name: 'Traces of the same kind' });
  expect(within(list).getAllByRole('link')).toHaveLength(8);
  expect(screen.getByText('The 8 newest of at least 200 of the same kind within an hour of this one')).toBeTruthy();
});

it('says where there is no other', async () => {
  host.answer('traces', 'search', () => ({ traces: [] }));
  await open();
  expect(await screen.findByText(/No other trace of work gateway within an hour/)).toBeTruthy();
});

it('says why it could not look', async () => {
  host.answer('traces', 'search', refuseAsDown);
  await open();
  expect(within(await screen.findByRole('alert')).getByText('It does not answer.')).toBeTruthy();
});
