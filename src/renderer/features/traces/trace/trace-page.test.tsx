// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Trace } from '../../../../shared/contract/telemetry';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { shopTraceId as id, makeShopWith, spanOf } from '../../../test-host/shop-trace';
import { makeSummary } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const failed = makeShopWith('payments', {
  status: { code: 'error', message: 'card declined' },
  attributes: [
    { key: 'http.route', value: '/pay' },
    { key: 'peer.port', value: 8443 },
  ],
});

beforeEach(() => {
  host.answer('logs', 'query', () => ({ records: [] }));
});

const shown = () => screen.findByRole('heading', { level: 1, name: /work gateway/ });

describe('a trace that is here', () => {
  it('says what it is: its root, how long, how many spans and errors', async () => {
    host.answer('traces', 'get', () => failed);
    await openPanel(`/traces/${id}`);
    await shown();
    expect(screen.getByText('1 error')).toBeTruthy();
    expect(screen.getByText(/3 spans · 3 services/)).toBeTruthy();
  });

  it('says that it has a part of a large trace, and of how much', async () => {
    host.answer('traces', 'get', () => ({ ...failed, total: 1_000_000 }));
    await openPanel(`/traces/${id}`);
    await shown();
    expect(screen.getByText(/1,000,000 spans · 3 services/)).toBeTruthy();
    expect(screen.getByText(/^3 of 1,000,000 spans are shown/)).toBeTruthy();
    expect(host.inputsOf('traces.get')[0]).toMatchObject({ mostSpans: 20_000 });
  });

  it('shows a span with its attributes when it is chosen by the address', async () => {
    host.answer('traces', 'get', () => failed);
    await openPanel(`/traces/${id}?span=payments`);
    expect(await screen.findByText('/pay')).toBeTruthy();
    expect(screen.getByText('8443')).toBeTruthy();
    expect(screen.getAllByText(/card declined/).length).toBeGreaterThan(0);
  });

  it('goes through the spans and to the error with the keyboard, in the address', async () => {
    host.answer('traces', 'get', () => failed);
    const { user, address } = await openPanel(`/traces/${id}`);
    await shown();
    await user.keyboard('e');
    await waitFor(() => expect(spanOf(address())).toBe('payments'));
    await user.keyboard('k');
    await waitFor(() => expect(spanOf(address())).toBe('orders'));
    await user.keyboard('j');
    await waitFor(() => expect(spanOf(address())).toBe('payments'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(spanOf(address())).toBeNull());
  });

  it('keeps in the page only the rows in sight of very many spans, and counts all of them', async () => {
    const [root] = failed.spans;
    const letters = (index: number) =>
      [0, 1, 2].map((at) => String.fromCharCode(97 + (Math.floor(index / 26 ** at) % 26))).join('');
    const below = Array.from({ length: 5000 }, (_, index) => ({
      ...root!,
      ...{ spanId: `s${index}`, parentSpanId: root!.spanId, name: `work ${letters(index)}`, durationNs: 1000 },
    }));
    host.answer('traces', 'get', () => ({ ...failed, spans: [root!, ...below] }));
    await openPanel(`/traces/${id}`);
    await screen.findByTestId('waterfall');
    expect(screen.getByText(/^5,001 spans/)).toBeTruthy();
    expect(screen.getAllByRole('treeitem').length).toBeLessThan(100);
  });

  it('is copied by its id, as curl and for an agent', async () => {
    host.answer('traces', 'get', () => failed);
    const { user, copied } = await openPanel(`/traces/${id}`);
    await shown();
    await user.keyboard('c');
    await waitFor(() => expect(copied()).toBe(id));
    await user.click(screen.getByRole('button', { name: 'curl: copy this trace as curl' }));
    expect(copied()).toContain(`http://localhost:3200/api/v2/traces/${id}`);
    await user.click(screen.getByRole('button', { name: 'For an agent: copy the trace for an agent' }));
    await waitFor(() => expect(copied()).toContain('card declined'));
  });

  it('shows its log lines beside the span that wrote them', async () => {
    host.answer('traces', 'get', () => failed);
    host.answer('logs', 'query', () => ({
      records: [
        {
          timeNs: failed.spans[2]!.startNs,
          line: 'no answer from the bank',
          level: 'error',
          service: 'payments',
          traceId: id,
          spanId: 'payments',
          labels: {},
        },
      ],
    }));
    const { user, address } = await openPanel(`/traces/${id}`);
    await user.click(await screen.findByText('no answer from the bank'));
    await waitFor(() => expect(spanOf(address())).toBe('payments'));
  });

  it('shows spans that come later without losing what is chosen', async () => {
    const now = BigInt(Date.now()) * 1_000_000n;
    const fresh = (trace: Trace): Trace => ({
      ...trace,
      spans: trace.spans.map((span) => ({ ...span, startNs: String(now) })),
    });
    let answer = fresh({ ...failed, spans: failed.spans.slice(0, 2) });
    host.answer('traces', 'get', () => answer);
    const { address } = await openPanel(`/traces/${id}?span=orders`);
    await screen.findByText(/2 spans · 2 services/);
    answer = fresh(failed);
    expect(await screen.findByText(/3 spans · 3 services/)).toBeTruthy();
    expect(spanOf(address())).toBe('orders');
  });
});

describe('the search inside a trace', () => {
  it('counts what matches and goes from one to the next, around the end', async () => {
    host.answer('traces', 'get', () => failed);
    const { user, address } = await openPanel(`/traces/${id}`);
    await shown();
    await user.keyboard('/');
    await user.keyboard('work');
    expect((await screen.findAllByText('– of 3')).length).toBeGreaterThan(0);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(spanOf(address())).toBe('gateway'));
    expect((await screen.findAllByText('1 of 3')).length).toBeGreaterThan(0);
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    await waitFor(() => expect(spanOf(address())).toBe('payments'));
    expect((await screen.findAllByText('3 of 3')).length).toBeGreaterThan(0);
  });

  it('says that no span matches', async () => {
    host.answer('traces', 'get', () => failed);
    const { user } = await openPanel(`/traces/${id}`);
    await shown();
    await user.type(screen.getByLabelText('Search inside the trace'), 'zzz');
    expect(await screen.findByText('no span matches')).toBeTruthy();
  });
});

describe('the details of a span', () => {
  const odd = makeShopWith('orders', {
    events: [{ timeNs: '1700000000020000000', name: 'retry', attributes: [{ key: 'attempt', value: 2 }], dropped: 3 }],
    links: [{ traceId: 'f'.repeat(32), spanId: 'e'.repeat(16), attributes: [] }],
    dropped: { attributes: 7, events: 0, links: 1 },
  });

  it('show its events with their place in the span, and what was left out', async () => {
    host.answer('traces', 'get', () => odd);
    const { user } = await openPanel(`/traces/${id}?span=orders`);
    const details = await screen.findByTestId('span-details');
    expect(within(details).getByText('7 attributes, 1 links')).toBeTruthy();
    await user.click(within(details).getByRole('tab', { name: 'Events 1' }));
    expect(await within(details).findByText('+10 ms')).toBeTruthy();
    expect(within(details).getByText('attempt')).toBeTruthy();
    expect(within(details).getByText('3 attributes were left out.')).toBeTruthy();
  });

  it('lead to the latency of its service around it', async () => {
    host.answer('traces', 'get', () => failed);
    const { user, address } = await openPanel(`/traces/${id}?span=payments&since=1h`);
    const details = await screen.findByTestId('span-details');
    await user.click(within(details).getByRole('link', { name: 'Metrics at this time' }));
    await waitFor(() => expect(address().split('?')[0]).toBe('/metrics'));
    const search = new URLSearchParams(address().split('?')[1]);
    expect(search.get('service')).toBe('payments');
    const start = Number(BigInt(failed.spans[2]!.startNs) / 1_000_000n);
    expect(Number(search.get('from'))).toBeLessThan(start);
    expect(Number(search.get('to'))).toBeGreaterThan(start + failed.spans[2]!.durationNs / 1e6);
    expect(search.get('since')).toBeNull();
  });

  it('lead to the span of another trace that it links to', async () => {
    host.answer('traces', 'get', () => odd);
    const { user, address } = await openPanel(`/traces/${id}?span=orders&since=1h`);
    const details = await screen.findByTestId('span-details');
    await user.click(within(details).getByRole('tab', { name: 'Links 1' }));
    await user.click(await within(details).findByRole('link', { name: /ffff/ }));
    await waitFor(() => expect(address().split('?')[0]).toBe(`/traces/${'f'.repeat(32)}`));
    expect(spanOf(address())).toBe('e'.repeat(16));
    expect(address()).toContain('since=1h');
  });

  it('name the traces that link to the span, or say that none is known', async () => {
    host.answer('traces', 'get', () => odd);
    host.answer('traces', 'search', () => ({ traces: [makeSummary('b')] }));
    const { user } = await openPanel(`/traces/${id}?span=orders&since=1h`);
    const details = await screen.findByTestId('span-details');
    await user.click(within(details).getByRole('tab', { name: 'Links 1' }));
    const from = await within(details).findByRole('region', { name: 'Linked from' });
    const link = await within(from).findByRole('link', { name: /GET \/b/ });
    expect(link.getAttribute('href')).toBe(`/traces/${'b'.repeat(32)}?since=1h`);
    expect(host.inputsOf('traces.search')[0]).toMatchObject({
      query: `{ link:traceID = "${id}" && link:spanID = "orders" }`,
    });
  });

  it('lead from an attribute to the traces that have its value or another, a column, and the statistics by it', async () => {
    host.answer('traces', 'get', () => failed);
    await openPanel(`/traces/${id}?span=payments&since=1h`);
    const details = await screen.findByTestId('span-details');
    const hrefOf = (name: string) => {
      const [path, search] = within(details).getByRole('link', { name }).getAttribute('href')!.split('?');
      return [path, Object.fromEntries(new URLSearchParams(search))];
    };
    expect(hrefOf('Traces with this http.route')).toEqual([
      '/traces',
      { since: '1h', live: 'false', q: '{ span.http.route = "/pay" }' },
    ]);
    expect(hrefOf('Traces without this peer.port')[1]).toMatchObject({
      q: '{ (span.peer.port != 8443 || span.peer.port = nil) }',
    });
    expect(hrefOf('Traces with http.route as a column')[1]).toMatchObject({ columns: 'span.http.route' });
    expect(hrefOf('Statistics of this trace by http.route')).toEqual([
      `/traces/${id}`,
      { since: '1h', span: 'payments', view: 'statistics', by: 'span.http.route' },
    ]);
  });

  it('are closed with their button', async () => {
    host.answer('traces', 'get', () => odd);
    const { user, address } = await openPanel(`/traces/${id}?span=orders`);
    await user.click(await screen.findByRole('button', { name: 'Close the span' }));
    await waitFor(() => expect(spanOf(address())).toBeNull());
    expect(screen.queryByTestId('span-details')).toBeNull();
  });
});

describe('a trace that is not here', () => {
  it('is looked for again, and shown once its spans are there', async () => {
    let answer: Trace | null = null;
    host.answer('traces', 'get', () => answer);
    await openPanel(`/traces/${id}`);
    expect(await screen.findByText('This trace is not here')).toBeTruthy();
    answer = failed;
    await shown();
  });

  it('leads back to the list with the window of the address', async () => {
    host.answer('traces', 'get', () => null);
    host.feed('traces', 'tail');
    const { user, address } = await openPanel(`/traces/${id}?since=1h`);
    await user.click(await screen.findByRole('button', { name: 'All traces' }));
    await waitFor(() => expect(address()).toBe('/traces?since=1h'));
  });

  it('says why it could not be read', async () => {
    host.answer('traces', 'get', () => {
      throw new ORPCError('UNAVAILABLE', {
        status: 503,
        defined: true,
        data: { message: 'Tempo does not answer.', hint: 'Look at the overview.' },
      });
    });
    await openPanel(`/traces/${id}`);
    expect(within(await screen.findByRole('alert')).getByText('Tempo does not answer.')).toBeTruthy();
  });
});
