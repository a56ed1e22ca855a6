// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Trace } from '../../../../shared/contract/telemetry';
import { makeWork, query, server, times } from '../../../../shared/shapes/make-traces.test-data';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { spanOf } from '../../../test-host/shop-trace';
import { host } from '../../../test-host/test-page';

withScriptedHost();

beforeEach(() => {
  host.answer('logs', 'query', () => ({ records: [] }));
});

const items = (failing = -1) =>
  times(17, (id) =>
    query('orders', `SELECT * FROM order_items WHERE id = ${id}`, {
      ms: 20,
      ...(id === failing ? { error: 'locked' } : {}),
    }),
  );

function makeOrders(failing?: number): Trace {
  const { traceId, spans } = makeWork(
    server('orders', 'GET /orders', {
      below: [...items(failing), { service: 'orders', kind: 'internal', name: 'render', ms: 5 }],
    }),
  );
  return { traceId, spans, resources: [{ attributes: [] }] };
}

async function open(trace: Trace, search = '') {
  host.answer('traces', 'get', () => trace);
  const panel = await openPanel(`/traces/${trace.traceId}${search}`);
  await screen.findByRole('tree', { name: 'Spans of the trace' });
  return panel;
}

const rows = () => screen.getAllByRole('treeitem');
const line = () => document.querySelector<HTMLElement>('[data-repeat]');

describe('siblings that do the same', () => {
  it('stand in one line with their number and what they took in all, and with what a rule found', async () => {
    await open(makeOrders());
    expect(rows()).toHaveLength(3);
    expect(line()!.textContent).toContain('17 ×SELECT * FROM order_items WHERE id = ?');
    expect(line()!.textContent).toContain('340 ms in all');
    expect(await within(line()!).findByRole('img', { name: /Finding: / })).toBeTruthy();
    expect(line()!.textContent).toContain('N+1 queries');
  });

  it('are opened and closed by the keyboard, from their line to each and back', async () => {
    const trace = makeOrders();
    const { user, address } = await open(trace, `?span=${trace.spans[0]!.spanId}`);
    await user.keyboard('j');
    await waitFor(() => expect(line()!.getAttribute('aria-selected')).toBe('true'));
    expect(spanOf(address())).toBeNull();
    const details = await screen.findByTestId('repeat-details');
    expect(within(details).getByText('340 ms')).toBeTruthy();
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(line()!.getAttribute('aria-expanded')).toBe('true'));
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(spanOf(address())).toBe(trace.spans[1]!.spanId));
    expect(
      rows()
        .find((row) => row.dataset.span === trace.spans[1]!.spanId)!
        .getAttribute('aria-level'),
    ).toBe('3');
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(line()!.getAttribute('aria-selected')).toBe('true'));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(rows()).toHaveLength(3));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(spanOf(address())).toBe(trace.spans[0]!.spanId));
  });

  it('are opened where one of them is searched for, fails, or is named by the address', async () => {
    const trace = makeOrders(3);
    const { user, address } = await open(trace);
    expect(within(line()!).getByText('1 failed')).toBeTruthy();
    await user.keyboard('e');
    await waitFor(() => expect(spanOf(address())).toBe(trace.spans[4]!.spanId));
    expect(line()!.getAttribute('aria-expanded')).toBe('true');
  });

  it('say how many of them were found while they are closed', async () => {
    const { user } = await open(makeOrders());
    await user.type(screen.getByLabelText('Search inside the trace'), 'id = 1');
    expect(await within(line()!).findByText('8 found')).toBeTruthy();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(line()!.getAttribute('aria-expanded')).toBe('true'));
  });

  it('show the one that the address names', async () => {
    const trace = makeOrders();
    await open(trace, `?span=${trace.spans[5]!.spanId}`);
    expect(line()!.getAttribute('aria-expanded')).toBe('true');
    expect(await screen.findByTestId('span-details')).toBeTruthy();
  });

  it('stand each by itself where that is wished, also the next time', async () => {
    const trace = makeOrders();
    const { user } = await open(trace);
    await user.keyboard('f');
    await waitFor(() => expect(line()).toBeNull());
    expect(localStorage.getItem('watchtower.trace.unfolded')).toBe('on');
    await user.click(screen.getByRole('button', { name: 'Fold repeats' }));
    await waitFor(() => expect(line()).not.toBeNull());
  });
});
