// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ServiceOperation } from '../../../../shared/contract/services';
import { makeStatus } from '../../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse, refuseAsDown } from '../../../test-host/refuse';
import { makeActivity, makeSummary } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const operation = (name: string, fields: Partial<ServiceOperation> = {}): ServiceOperation => ({
  ...{ name, kind: 'server', spans: 900, errors: 0, p50Ns: 1e6, p95Ns: 5e6, p99Ns: 9e6, longestNs: 9e6 },
  ...fields,
});
const shop = makeActivity('shop', {
  ...{ spans: 2000, errorSpans: 99, requests: 900, failedRequests: 90 },
  ...{ p50Ns: 12e6, p95Ns: 40e6, p99Ns: 90e6, longestNs: 1e9, logs: 12, errorLogs: 3 },
});

beforeEach(() => {
  host.answer('services', 'list', ({ service }) => ({ services: [{ ...shop, name: service ?? '' }], missing: [] }));
  host.answer('services', 'operations', () => ({ operations: [operation('GET /')], total: 1 }));
  host.answer('services', 'graph', () => ({ edges: [], total: 0 }));
  host.answer('services', 'resources', () => ({ resources: [], total: 0 }));
  host.answer('traces', 'search', () => ({ traces: [] }));
  host.answer('traces', 'aggregateRange', () => ({ series: [] }));
  host.answer('metrics', 'exemplars', () => []);
  host.answer('metrics', 'query', () => ({ series: [], warnings: [] }));
  host.answer('logs', 'volume', () => []);
});
const part = async (title: string) => (await screen.findByRole('heading', { name: title })).closest('section')!;

describe('the page of a service', () => {
  it('has its requests, errors and quantiles, and asks about what came in', async () => {
    await openPanel('/services/shop');
    expect(await screen.findByTitle('90 of 900 requests')).toBeTruthy();
    expect(screen.getByText('12 ms')).toBeTruthy();
    expect(document.title).toBe('shop · Service · Watchtower');
    await waitFor(() =>
      expect(host.inputsOf('traces.aggregateRange').map((input) => (input as { query: string }).query)).toContain(
        '{ resource.service.name = "shop" && (kind = server || kind = consumer) } | quantile_over_time(duration, .5, .95, .99)',
      ),
    );
  });

  it('calls no lines none where the backend has no logs or they were not counted, and says why', async () => {
    const reason = 'The external backend has no URL of a Loki API.';
    const { capabilities } = makeStatus();
    const status = makeStatus({ capabilities: { ...capabilities, logs: false, because: { logs: reason } } });
    host.feed('host', 'status', status);
    host.answer('services', 'list', () => ({
      services: [{ ...shop, logs: 0, errorLogs: 0 }],
      missing: ['logs' as const],
    }));
    const { user, copied } = await openPanel('/services/shop');
    expect(await screen.findByText(reason)).toBeTruthy();
    await waitFor(() => expect(screen.getAllByTitle('Log lines were not counted')).toHaveLength(2));
    expect(screen.queryByText(/did not answer/)).toBeNull();
    await user.click(screen.getByRole('button', { name: /^For an agent/ }));
    expect(copied()).toContain('its log lines were not counted');
  });

  it('finds a service whatever it is called', async () => {
    await openPanel('/services/a%2Fb%22c');
    expect(await screen.findByRole('heading', { level: 1, name: 'a/b"c' })).toBeTruthy();
    await waitFor(() => expect(host.inputsOf('services.operations')[0]).toMatchObject({ service: 'a/b"c' }));
  });

  it('sorts its operations by a click, keeps the order in the address, and leads to their traces', async () => {
    host.answer('services', 'operations', () => ({
      operations: [operation('slow', { p95Ns: 2e9, spans: 3 }), operation('often', { spans: 5000, errors: 500 })],
      total: 700,
    }));
    const { user, address } = await openPanel('/services/shop');
    const table = within(await part('Operations'));
    const names = () => table.getAllByRole('link').map(({ textContent }) => textContent);
    await table.findByText('slow');
    expect(names()).toEqual(['slow', 'often']);
    expect(table.getByText('the 2 most frequent of 700')).toBeTruthy();
    await user.click(table.getByRole('button', { name: 'Rate' }));
    await waitFor(() => expect(names()).toEqual(['often', 'slow']));
    expect(address()).toBe('/services/shop?sort=spans');
    await user.click(table.getByRole('link', { name: 'often' }));
    await waitFor(() => expect(address()).toMatch(/^\/traces/));
    expect(new URLSearchParams(address().split('?')[1]).get('q')).toBe(
      '{ resource.service.name = "shop" && name = "often" && kind = server }',
    );
  });

  it('has who calls it and what it calls apart, databases and queues among them', async () => {
    const edge = { requests: 900, failed: 90, meanNs: 5e6 };
    host.answer('services', 'graph', () => ({
      edges: [
        { client: 'web', server: 'shop', kind: 'service' as const, ...edge },
        { client: 'shop', server: 'orders', kind: 'database' as const, ...edge },
        { client: 'shop', server: 'mailer', kind: 'queue' as const, ...edge },
      ],
      total: 3,
    }));
    await openPanel('/services/shop');
    const lists = within(await part('Dependencies'));
    expect((await lists.findByRole('link', { name: 'web' })).getAttribute('href')).toBe('/services/web');
    expect(lists.queryByRole('link', { name: 'orders' })).toBeNull();
    expect(lists.getByLabelText('database')).toBeTruthy();
    expect(lists.getByText('by queue')).toBeTruthy();
  });

  it('goes to its newest error by e', async () => {
    host.answer('traces', 'search', () => ({ traces: [makeSummary('a', { errorCount: 1 })] }));
    const { user, address } = await openPanel('/services/shop');
    await within(await part('Newest errors')).findByText('GET /a');
    await user.keyboard('e');
    await waitFor(() => expect(address()).toBe(`/traces/${'a'.repeat(32)}`));
  });

  it('has when each version was seen, and the attributes of the newest', async () => {
    const attributes = (version: string) => [
      { key: 'service.version', value: version },
      { key: 'deployment.environment.name', value: 'staging' },
    ];
    const seen = { spans: 5, logs: 0, firstMs: Date.now() - 3_600_000, lastMs: Date.now() - 60_000 };
    host.answer('services', 'resources', () => ({
      resources: ['2.0', '1.0'].map((version) => ({ attributes: attributes(version), ...seen })),
      total: 2,
    }));
    await openPanel('/services/shop');
    const rows = within(await part('Versions and deployments'));
    expect(await rows.findAllByText('1 h ago')).toHaveLength(2);
    expect(rows.getByText('1.0')).toBeTruthy();
    expect(within(await part('Resource attributes')).getByText('2.0')).toBeTruthy();
  });

  it('draws the runtime metrics that it sends, and none where it sends none', async () => {
    host.answer('metrics', 'query', () => ({
      series: [{ labels: { __name__: 'v8js_memory_heap_used_bytes' }, values: [] }],
      warnings: [],
    }));
    host.answer('metrics', 'queryRange', () => ({ series: [], warnings: [] }));
    await openPanel('/services/shop');
    expect(await screen.findByRole('heading', { name: 'v8js memory heap used' })).toBeTruthy();
    await waitFor(() =>
      expect(host.inputsOf('metrics.queryRange')[0]).toMatchObject({
        query: 'sum(v8js_memory_heap_used_bytes{service_name="shop"})',
      }),
    );
  });

  it('says what another backend does not tell', async () => {
    host.answer('services', 'resources', () => null);
    await openPanel('/services/shop');
    expect(await screen.findByText(/told by the embedded engine alone/)).toBeTruthy();
  });

  it('says of very many operations and callers that these are the busiest, and of how many', async () => {
    const operations = Array.from({ length: 200 }, (_, index) => operation(`GET /${index}`));
    host.answer('services', 'operations', () => ({ operations, total: 9000 }));
    const edges = Array.from({ length: 200 }, (_, index) => ({
      ...{ client: `web-${index}`, server: 'shop', kind: 'service' as const, requests: 900, failed: 0, meanNs: 5e6 },
    }));
    host.answer('services', 'graph', () => ({ edges, total: 5000 }));
    await openPanel('/services/shop');
    expect(await screen.findByText('the 200 most frequent of 9,000')).toBeTruthy();
    expect(await screen.findByText('The 200 busiest of 5,000 are shown.')).toBeTruthy();
  });

  it('waits with a word, and says of nothing that it is not there', async () => {
    host.answer('services', 'list', () => new Promise(() => {}));
    await openPanel('/services/shop');
    expect(await screen.findByText('Looking')).toBeTruthy();
    expect(screen.queryByText('It sent nothing in this window')).toBeNull();
  });

  it('says that nothing came in the window', async () => {
    host.answer('services', 'list', () => ({ services: [], missing: [] }));
    await openPanel('/services/gone');
    expect(await screen.findByText('It sent nothing in this window')).toBeTruthy();
  });

  it('says why it is not there, and why a part of it is not', async () => {
    host.answer('services', 'operations', refuse('UNAVAILABLE', { message: 'Tempo went away.' }));
    await openPanel('/services/shop');
    expect(await screen.findByText('Tempo went away.')).toBeTruthy();
    expect(screen.getByTitle('90 of 900 requests')).toBeTruthy();
    host.answer('services', 'list', refuseAsDown);
    await openPanel('/services/other');
    expect(await screen.findByText('It does not answer.')).toBeTruthy();
  });
});
