// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ServiceActivity } from '../../../shared/contract/services';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse, refuseAsDown } from '../../test-host/refuse';
import { makeActivity, makeLine, makeSummary } from '../../test-host/telemetry-data';
import { host } from '../../test-host/test-page';

withScriptedHost();

type Missing = ('traces' | 'logs' | 'metrics')[];

const list = (services: ServiceActivity[], missing: Missing = []) =>
  host.answer('services', 'list', () => ({ services, missing }));
const now = (agoMs = 0) => `${Date.now() - agoMs}000000`;

beforeEach(() => {
  host.feed('traces', 'tail');
  host.feed('logs', 'tail');
  host.answer('traces', 'search', () => ({ traces: [] }));
  host.answer('logs', 'query', () => ({ records: [] }));
});

/** The row of a service: the texts of its cells behind the name. */
async function openRow(name: string) {
  const panel = await openPanel('/');
  const row = (await within(await screen.findByRole('main')).findByText(name)).closest('tr')!;
  const cells = [...row.cells].slice(1).map((cell) => cell.textContent);
  return { ...panel, row, cells };
}

describe('a service that sends', () => {
  it('has its calls, errors, latency and lines, none of them rounded to nothing', async () => {
    list([
      makeActivity('shop', {
        spans: 3000,
        errorSpans: 2,
        p95Ns: 42_000_000,
        longestNs: 1_500_000_000,
        logs: 7,
        errorLogs: 1,
      }),
    ]);
    const { row, cells } = await openRow('shop');
    expect(cells.slice(1, 7)).toEqual(['10/s', '< 0.1 %', '–', '42 ms', '–', '7 in 5 min']);
    expect(within(row).getByTitle('longest 1.5 s')).toBeTruthy();
    expect(within(row).getByTitle('2 of 3,000 spans, 1 log lines of error or worse')).toBeTruthy();
  });

  it('is measured by what came in where that is known, with its three quantiles and what came when', async () => {
    list([
      makeActivity('shop', {
        ...{ spans: 3000, errorSpans: 300, requests: 600, failedRequests: 60 },
        ...{ p50Ns: 5e6, p95Ns: 42e6, p99Ns: 90e6, rates: [1, 2, 3], failures: [0, 0, 1] },
      }),
    ]);
    const { row, cells } = await openRow('shop');
    expect(cells.slice(1, 6)).toEqual(['2/s', '10 %', '5 ms', '42 ms', '90 ms']);
    expect(within(row).getByRole('img', { name: 'requests of shop over the last 5 minutes' })).toBeTruthy();
    expect(within(row).getByRole('link', { name: 'shop' }).getAttribute('href')).toBe('/services/shop');
  });

  it('leads to what it sent, and to nothing that it did not send', async () => {
    list([makeActivity('shop', { spans: 10, logs: 4 }), makeActivity('worker', { logs: 4, errorLogs: 4 })]);
    const { user, row, address } = await openRow('worker');
    expect(within(row).queryByRole('link', { name: 'traces' })).toBeNull();
    expect(within(row).getByText('4 lines')).toBeTruthy();
    await user.click(within(row).getByRole('link', { name: 'logs' }));
    await waitFor(() => expect(address()).toBe('/logs?service=worker'));
  });

  it('is named by its metrics where it sends nothing else, and leads to them', async () => {
    list([makeActivity('meter "a"', { metrics: true })]);
    host.answer('metrics', 'names', () => []);
    host.answer('metrics', 'queryRange', () => ({ series: [], warnings: [] }));
    const { user, row, address } = await openRow('meter "a"');
    expect(within(row).getByText('metrics only')).toBeTruthy();
    await user.click(within(row).getByRole('link', { name: 'metrics' }));
    await waitFor(() => expect(address()).toMatch(/^\/metrics/));
    const query = new URLSearchParams(address().split('?')[1]).get('q');
    expect(query).toBe('{service_name="meter \\"a\\"", __name__!~"target_info"}');
  });

  it('cannot turn the reading direction of the page with its name', async () => {
    list([makeActivity('pay\u202eloop', { spans: 1 })]);
    const { row } = await openRow('pay‹U+202E›loop');
    expect(row.textContent).not.toContain('\u202e');
  });
});

describe('a service that is silent', () => {
  it('says when it was seen last, by whichever signal came later, and leads there', async () => {
    list([makeActivity('shop')]);
    host.answer('traces', 'search', () => ({ traces: [makeSummary('a', { startNs: now(3 * 3_600_000) })] }));
    host.answer('logs', 'query', () => ({ records: [makeLine('bye', { timeNs: now(2 * 3_600_000) })] }));
    const { row } = await openRow('shop');
    expect(await within(row).findByText('last seen 2 h ago')).toBeTruthy();
    expect(within(row).getByRole('link', { name: 'traces' }).getAttribute('href')).toBe('/traces?service=shop');
    expect(within(row).getByRole('link', { name: 'logs' })).toBeTruthy();
  });

  it('says that it sent nothing for a week, and leads to nothing that it sent', async () => {
    list([makeActivity('shop')]);
    const { row } = await openRow('shop');
    expect(await within(row).findByText('silent for more than a week')).toBeTruthy();
    expect(
      within(row)
        .getAllByRole('link')
        .map(({ textContent }) => textContent),
    ).toEqual(['shop']);
  });

  it('is not called silent where nobody could be asked', async () => {
    list([makeActivity('shop')]);
    host.answer('logs', 'query', refuseAsDown);
    const { row } = await openRow('shop');
    expect(await within(row).findByText('when it was seen last is not known')).toBeTruthy();
    expect(within(row).getByTitle('It does not answer.')).toBeTruthy();
  });

  it('stands behind those that send, and beyond three waits to be asked for', async () => {
    list([...['a1', 'b2', 'c3', 'd4', 'e5'].map((name) => makeActivity(name)), makeActivity('shop', { spans: 1 })]);
    const { user, row } = await openRow('shop');
    expect(row.rowIndex).toBe(1);
    expect(screen.queryByText('d4')).toBeNull();
    await user.click(screen.getByRole('button', { name: '2 more that are silent' }));
    expect(await screen.findByText('e5')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /more that are silent/ })).toBeNull();
  });
});

describe('the list', () => {
  it('shows those that sent spans before lines are counted, and counts spans once for both', async () => {
    let countLines = () => {};
    const counted = new Promise<void>((resolve) => {
      countLines = resolve;
    });
    const missing: Missing = ['metrics'];
    host.answer('services', 'list', async ({ spansOnly }) => {
      if (spansOnly) return { services: [makeActivity('shop', { spans: 3000 })], missing: [] };
      await counted;
      const services = [makeActivity('shop', { logs: 7 }), makeActivity('talks', { logs: 9 })];
      return { services, missing };
    });
    const { row } = await openRow('shop');
    expect(screen.queryByText('talks')).toBeNull();
    countLines();
    await screen.findByText('talks');
    expect(row.textContent).toContain('10/s');
    expect(row.textContent).toContain('7 in 5 min');
    expect(screen.getByText(/^metrics did not answer/)).toBeTruthy();
    const asked = host.inputsOf('services.list') as { spansOnly?: boolean; withoutSpans?: boolean }[];
    expect(asked.map(({ spansOnly = false, withoutSpans = false }) => [spansOnly, withoutSpans])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('tells a machine without services what makes one appear', async () => {
    list([]);
    await openPanel('/');
    expect(await screen.findByText(/stands here from its first span/)).toBeTruthy();
  });

  it('has some of very many services, and leads to the page of all', async () => {
    const sending = Array.from({ length: 20 }, (_, index) => makeActivity(`s${index}`, { spans: 9 }));
    list([...sending, ...Array.from({ length: 1000 }, (_, index) => makeActivity(`idle${index}`))]);
    const { user } = await openRow('s0');
    const rows = () => screen.getByText('s0').closest('tbody')!.children.length;
    expect(rows()).toBe(15);
    await user.click(screen.getByText('8 more that send, 997 more that are silent'));
    const more = await screen.findByText('950 more that are silent');
    expect(more.getAttribute('href')).toBe('/services?table=true');
    expect(rows()).toBe(70);
  });

  it('says which part is missing, and shows the rest', async () => {
    list([makeActivity('shop', { spans: 5 })], ['logs', 'metrics']);
    await openRow('shop');
    expect(await screen.findByText(/^logs and metrics did not answer/)).toBeTruthy();
  });

  it('does not call a machine without services where no signal answered', async () => {
    list([], ['traces', 'logs', 'metrics']);
    await openPanel('/');
    expect(await screen.findByText(/^traces and logs and metrics did not answer/)).toBeTruthy();
    expect(screen.queryByText(/stands here from its first span/)).toBeNull();
  });

  it('says why there is none', async () => {
    host.answer('services', 'list', refuse('UNAVAILABLE', { message: 'Tempo does not answer.', hint: 'Start it.' }));
    await openPanel('/');
    expect(await screen.findByText('Tempo does not answer.')).toBeTruthy();
    expect(screen.getByText('Start it.')).toBeTruthy();
    expect(screen.queryByText(/stands here from its first span/)).toBeNull();
  });
});
