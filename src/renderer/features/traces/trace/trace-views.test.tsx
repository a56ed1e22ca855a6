// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Trace } from '../../../../shared/contract/telemetry';
import { internal, makeWork, query, server, times } from '../../../../shared/shapes/make-traces.test-data';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { makeShopWith, spanOf } from '../../../test-host/shop-trace';
import { host } from '../../../test-host/test-page';

withScriptedHost();

beforeEach(() => {
  host.answer('logs', 'query', () => ({ records: [] }));
});

async function open(trace: Trace, search: string) {
  host.answer('traces', 'get', () => trace);
  return openPanel(`/traces/${trace.traceId}?${search}`);
}

const shop = makeShopWith('payments', {
  status: { code: 'error', message: 'card declined' },
  attributes: [{ key: 'customer', value: 'acme\u202e' }],
});
const cells = (row: HTMLElement) =>
  within(row)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);
const table = (name: string) => screen.findByRole('table', { name });
const bodyRows = async (name: string) =>
  within(await table(name))
    .getAllByRole('row')
    .slice(1)
    .filter((row) => !row.hasAttribute('aria-hidden'));
const busy: Trace = {
  resources: [{ attributes: [] }],
  ...makeWork(server('orders', 'GET /orders', { below: times(600, (id) => query('orders', `SELECT ${id} FROM a`)) })),
};

describe('the views of a trace', () => {
  it('are changed by tabs and by keys, in the address', async () => {
    const { user, address } = await open(shop, 'since=1h');
    await user.click(await screen.findByRole('tab', { name: 'Statistics' }));
    await waitFor(() => expect(address()).toContain('view=statistics'));
    await table('Statistics of the trace');
    await user.keyboard('2');
    await waitFor(() => expect(address()).toContain('view=flame'));
    await user.keyboard('4');
    await table('Spans of the trace');
    await user.keyboard('1');
    await waitFor(() => expect(address()).not.toContain('view='));
    expect(address()).toContain('since=1h');
    expect(await screen.findByRole('tree', { name: 'Spans of the trace' })).toBeTruthy();
  });
});

describe('the statistics', () => {
  it('count, add up and share out the own time by operation, the most first', async () => {
    await open(shop, 'view=statistics');
    const rows = await bodyRows('Statistics of the trace');
    expect(rows.map((row) => cells(row).slice(0, 5))).toEqual([
      ['paymentswork payments', '1', '60 ms', '60 ms', '60 %'],
      ['gatewaywork gateway', '1', '20 ms', '100 ms', '20 %'],
      ['orderswork orders', '1', '20 ms', '80 ms', '20 %'],
    ]);
    expect(cells(rows[0]!).at(-1)).toBe('1');
  });

  it('are sorted by a head, and turned by the second click', async () => {
    const { user } = await open(shop, 'view=statistics');
    const head = await screen.findByRole('button', { name: 'In all' });
    await user.click(head);
    const first = async () => cells((await bodyRows('Statistics of the trace'))[0]!)[0];
    await waitFor(async () => expect(await first()).toBe('gatewaywork gateway'));
    await user.click(head);
    await waitFor(async () => expect(await first()).toBe('paymentswork payments'));
  });

  it('are grouped by an attribute of the address, and say what does not have it', async () => {
    await open(shop, 'view=statistics&by=span.customer');
    expect((await bodyRows('Statistics of the trace')).map((row) => cells(row)[0])).toEqual(['acme‹U+202E›']);
    expect(screen.getByText(/1 group · 2 spans do not have it/)).toBeTruthy();
  });

  it('say that no span has the attribute', async () => {
    await open(shop, 'view=statistics&by=span.nothing');
    expect(await screen.findByText('No span of this trace has span.nothing.')).toBeTruthy();
  });

  it('keep in the page only the rows in sight of very many groups', async () => {
    // Names without a digit, which would be taken for one operation.
    const letters = (id: number) => [...String(id)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const many = makeWork(
      server('orders', 'GET /orders', { below: times(600, (id) => internal('orders', `step ${letters(id)}`)) }),
    );
    await open({ ...busy, ...many }, 'view=statistics');
    expect(await screen.findByText('601 groups')).toBeTruthy();
    expect((await bodyRows('Statistics of the trace')).length).toBeLessThan(100);
  });

  it('mark the spans of a group in the waterfall, from one to the next', async () => {
    const { user, address } = await open(busy, 'view=statistics');
    await user.keyboard('j');
    await user.click((await bodyRows('Statistics of the trace'))[0]!);
    await screen.findByRole('tree', { name: 'Spans of the trace' });
    expect(address()).not.toContain('view=');
    expect(await screen.findByText(/1 of 600/)).toBeTruthy();
    await user.keyboard('n');
    await waitFor(() => expect(spanOf(address())).toBe(busy.spans[2]!.spanId));
    await user.click(screen.getByRole('button', { name: 'No longer mark these' }));
    await waitFor(() => expect(screen.queryByText(/of 600/)).toBeNull());
  });
});

describe('the table of spans', () => {
  it('has them with duration, own time and status, and opens one', async () => {
    const { user, address } = await open(shop, 'view=table');
    const rows = await bodyRows('Spans of the trace');
    expect(cells(rows[0]!)).toEqual(['+0', 'gateway', 'work gateway', 'internal', '100 ms', '20 ms', '']);
    expect(cells(rows[2]!).at(-1)).toBe('card declined');
    await user.click(rows[2]!);
    await waitFor(() => expect(spanOf(address())).toBe('payments'));
    expect(await screen.findByTestId('span-details')).toBeTruthy();
  });

  it('is filtered by text and by the least duration, and says what is no duration', async () => {
    const { user } = await open(shop, 'view=table');
    await table('Spans of the trace');
    await user.type(screen.getByLabelText('Least duration'), '70ms');
    expect(await screen.findByText('2 of 3 spans')).toBeTruthy();
    await user.type(screen.getByLabelText('Search inside the trace'), 'orders');
    expect(await screen.findByText('1 of 3 spans')).toBeTruthy();
    await user.type(screen.getByLabelText('Least duration'), 'x');
    expect(await screen.findByText(/Write a duration/)).toBeTruthy();
    await user.clear(screen.getByLabelText('Least duration'));
    await user.type(screen.getByLabelText('Least duration'), '1s');
    expect(await screen.findByText('No span of this trace is like that.')).toBeTruthy();
  });

  it('keeps in the page only the rows in sight', async () => {
    await open(busy, 'view=table');
    expect(await screen.findByText('601 spans')).toBeTruthy();
    expect((await bodyRows('Spans of the trace')).length).toBeLessThan(100);
  });
});

describe('the flame graph', () => {
  it('merges spans that do the same, and tells of the chosen one by keyboard', async () => {
    const { user, address } = await open(busy, 'view=flame');
    const tree = await screen.findByRole('tree', { name: 'Flame graph of the trace' });
    const frames = within(tree).getAllByRole('treeitem');
    expect(frames).toHaveLength(2);
    expect(frames[1]!.textContent).toMatch(/^600 × SELECT \? FROM a1.2 sof work/);
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(await screen.findByText('Show in the waterfall')).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('button', { name: /Show all/ })).toBeTruthy();
    await user.keyboard('w');
    await waitFor(() => expect(address()).not.toContain('view='));
    expect(await screen.findByText(/1 of 600/)).toBeTruthy();
  });

  it('leaves out of very many frames those too narrow to be seen, and says how many', async () => {
    const word = (index: number) =>
      `work ${[0, 1, 2].map((at) => 'abcdefghijklm'[Math.floor(index / 13 ** at) % 13]).join('')}`;
    const below = [
      internal('shop', 'long', { ms: 3000 }),
      ...times(2000, (index) => internal('shop', word(index), { ms: 1 })),
    ];
    await open({ ...busy, ...makeWork(server('shop', 'GET /a', { ms: 5000, below })) }, 'view=flame');
    const tree = await screen.findByRole('tree', { name: 'Flame graph of the trace' });
    expect(within(tree).getAllByRole('treeitem')).toHaveLength(2);
    expect(screen.getByText('2,000 frames are too narrow to draw here')).toBeTruthy();
  });

  it('dims what does not match the search', async () => {
    const { user } = await open(shop, 'view=flame');
    const tree = await screen.findByRole('tree', { name: 'Flame graph of the trace' });
    await user.type(screen.getByLabelText('Search inside the trace'), 'payments');
    await waitFor(() =>
      expect(
        within(tree)
          .getAllByRole('treeitem')
          .map(({ className }) => className.includes('opacity-35')),
      ).toEqual([true, true, false]),
    );
  });
});
