// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { someTime } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const address = `/metrics?from=${someTime}&to=${someTime + 3_600_000}&metric=jobs_total`;
const stepOfChart = 15;

const series = (labels: Record<string, string>, ...values: (number | string)[]) => ({
  labels,
  values: values.map((value, index): [number, string] => [someTime / 1000 + index * 60, String(value)]),
});
const counts = (...labels: [label: string, total: number][]) =>
  host.answer('metrics', 'labelCounts', () =>
    labels.map(([label, total]) => ({
      label,
      total,
      values: Array.from({ length: total }, (_, at) => `v${at}`).slice(0, 20),
    })),
  );
const asked = () => (host.inputsOf('metrics.queryRange') as { query: string; step: number }[]).filter(Boolean);
const small = () => asked().flatMap(({ query, step }) => (step === stepOfChart ? [] : [query]));
const chart = () => asked().flatMap(({ query, step }) => (step === stepOfChart ? [query] : []));
const tile = async (name: string) => (await screen.findByRole('button', { name })).closest('article')!;

beforeEach(() => {
  host.answer('metrics', 'names', () => [{ name: 'jobs_total', type: 'counter', unit: '', help: '' }]);
  host.answer('metrics', 'exemplars', () => []);
  host.answer('metrics', 'query', () => ({ series: [], warnings: [] }));
  host.answer('metrics', 'queryRange', () => ({ series: [series({ queue: 'fast' }, 1, 2)], warnings: [] }));
  counts(['queue', 2], ['service_name', 3], ['zone', 1], ['customer', 4000]);
});

describe('a metric by its labels', () => {
  it('is a small chart for each, those of very many values last and said, those of one value in a line', async () => {
    await openPanel(address);
    await tile('queue');
    expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
      'queue',
      'service_name',
      'customer',
    ]);
    expect(await within(await tile('customer')).findByText('4,000 values: very many')).toBeTruthy();
    expect(await within(await tile('customer')).findByText('3,999 left out')).toBeTruthy();
    expect(screen.getByText('zone=v0')).toBeTruthy();
    await waitFor(() => expect(small()).toHaveLength(3));
    expect(small().sort()).toEqual([
      expect.stringMatching(/^\(sum by \(customer\) .* and topk\(8, avg_over_time/),
      'sum by (queue) (rate(jobs_total[2m]))',
      'sum by (service_name) (rate(jobs_total[2m]))',
    ]);
  });

  it('compares the values of a label that has very many once somebody asks for it', async () => {
    counts(['queue', 2], ['customer', 100_000]);
    const { user } = await openPanel(address);
    const customer = within(await tile('customer'));
    await waitFor(() => expect(small()).toHaveLength(1));
    expect(small()[0]).toContain('sum by (queue)');
    await user.click(await customer.findByRole('button', { name: 'Show the 8 greatest' }));
    expect(await customer.findByText('99,999 left out')).toBeTruthy();
    expect(small().at(-1)).toContain('sum by (customer)');
  });

  it('leads to a chart for each value, and on with one of them or without it', async () => {
    host.answer('metrics', 'queryRange', () => ({
      series: [series({ queue: 'fast' }, 1, 2), series({ queue: 'a "slow"\u202e' }, 3)],
      warnings: [],
    }));
    const { user, address: at } = await openPanel(address);
    await user.click(within(await tile('queue')).getByRole('button', { name: 'queue' }));
    expect(at()).toContain('split=queue');
    await user.click(await screen.findByRole('button', { name: 'Without a "slow"‹U+202E›' }));
    await waitFor(() => expect(chart().at(-1)).toContain(String.raw`queue!="a \"slow\"`));
    expect(at()).not.toContain('split');
    await user.click(screen.getByRole('button', { name: /^Take away queue!=/ }));
    await waitFor(() => expect(at()).not.toContain('where'));
  });

  it('says that no label tells its series apart', async () => {
    counts(['zone', 1]);
    await openPanel(address);
    expect(await screen.findByText('No label tells its series apart')).toBeTruthy();
  });
});

describe('what is asked of a metric', () => {
  it('is grouped by the labels that are chosen, or by none', async () => {
    const { user, address: at } = await openPanel(address);
    await user.click(await screen.findByRole('button', { name: 'by service_name' }));
    await user.click(await screen.findByRole('button', { name: /^queue/, pressed: false }));
    await waitFor(() => expect(chart().at(-1)).toBe('sum by (service_name, queue) (rate(jobs_total[2m]))'));
    await user.click(screen.getByRole('button', { name: 'One line for all' }));
    await waitFor(() => expect(chart().at(-1)).toBe('sum (rate(jobs_total[2m]))'));
    expect(at()).toMatch(/[?&]by=(&|$)/);
  });

  it('is the greatest of very many groups, with the number of those left out', async () => {
    host.answer('metrics', 'query', ({ query }) => ({
      series: query.startsWith('count(') ? [series({}, 4000)] : [],
      warnings: [],
    }));
    await openPanel(`${address}&by=customer`);
    expect(await screen.findByText(/^The 1 greatest of 4,000 series; 3,999 are left out/)).toBeTruthy();
    expect(chart().at(-1)).toMatch(/ and topk\(20, avg_over_time\(\(sum by \(customer\)/);
  });

  it('is narrowed to a value that the backend has', async () => {
    host.answer('metrics', 'labelValues', ({ label }) => ({
      total: 1500,
      values: label === 'queue' ? ['fast', 'slow'] : [],
    }));
    const { user } = await openPanel(address);
    await user.click(await screen.findByRole('button', { name: 'Filter' }));
    const labels = await screen.findByRole('list', { name: 'Label' });
    await user.click(within(labels).getByRole('button', { name: /^queue/ }));
    expect(await screen.findByText('1,498 of 1,500 values are not listed.')).toBeTruthy();
    await user.type(screen.getByLabelText('Value of queue'), 'SLO');
    expect(within(screen.getByRole('list', { name: 'Values' })).queryByRole('button', { name: 'fast' })).toBeNull();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(chart().at(-1)).toContain('jobs_total{queue="slow"}'));
  });

  it('is held against the window before', async () => {
    host.answer('metrics', 'queryRange', ({ window: { from } }) => ({
      series: [series({ service_name: 'shop' }, ...[from < someTime - 60_000 ? 2 : 3])].map((each) => ({
        ...each,
        values: each.values.map(([, value]): [number, string] => [from / 1000, value]),
      })),
      warnings: [],
    }));
    const { user, address: at } = await openPanel(address);
    await user.click(await screen.findByRole('button', { name: 'Window before' }));
    expect(await screen.findByText('+50 %')).toBeTruthy();
    expect(at()).toContain('compare=true');
  });

  it('says that the window before has nothing to hold it against', async () => {
    host.answer('metrics', 'queryRange', ({ window: { from } }) => ({
      series: from < someTime - 60_000 ? [] : [series({ service_name: 'shop' }, 1)],
      warnings: [],
    }));
    await openPanel(`${address}&compare=true`);
    expect(await screen.findByText('The window before has no samples of this.')).toBeTruthy();
    expect(screen.queryByRole('columnheader', { name: 'Change' })).toBeNull();
  });

  it('is copied for an agent with the request and what came', async () => {
    const { user, copied } = await openPanel(address);
    await screen.findByRole('columnheader', { name: 'Last' });
    await user.click(screen.getByRole('button', { name: 'For an agent: copy the chart for an agent' }));
    const text = copied()!;
    expect(text).toContain('PromQL: sum by (service_name) (rate(jobs_total[2m]))');
    expect(text).toMatch(/- .*: last 2\/s, least 1\/s, greatest 2\/s/);
    expect(text).toContain("curl -sG 'http://localhost:9090/api/v1/query_range'");
  });
});

describe('the values now', () => {
  it('are a table of the greatest, with the number of all', async () => {
    host.answer('metrics', 'query', ({ query }) => ({
      series: query.startsWith('count(')
        ? [series({}, 1204)]
        : [series({ service_name: 'shop', zone: 'eu' }, 7), series({ service_name: 'cart', zone: 'eu' }, 'NaN')],
      warnings: [],
    }));
    const { user } = await openPanel(address);
    await user.click(await screen.findByRole('tab', { name: 'Values now' }));
    expect(await screen.findByRole('columnheader', { name: 'zone' })).toBeTruthy();
    expect(screen.getByText('7/s')).toBeTruthy();
    expect(screen.getByText('NaN')).toBeTruthy();
    expect(screen.getByText('The 2 greatest of 1,204; 1,202 left out.')).toBeTruthy();
  });

  it('of a query that has no order are shown as they are', async () => {
    host.answer('metrics', 'query', ({ query }) => {
      if (query !== '42') refuse('QUERY', { message: 'expected type vector' })();
      return { series: [series({}, 42)], warnings: [] };
    });
    await openPanel(`${address}&q=42`);
    expect(await screen.findByText('42')).toBeTruthy();
  });
});

describe('the heat map', () => {
  it('shows how the values of a histogram are spread', async () => {
    host.answer('metrics', 'names', () =>
      ['lat_bucket', 'lat_sum', 'lat_count'].map((name) => ({ name, type: 'histogram', unit: 'seconds', help: '' })),
    );
    host.answer('metrics', 'queryRange', () => ({
      series: [series({ le: '0.1' }, 1, 1), series({ le: '1' }, 1, 3), series({ le: '+Inf' }, 1, 3)],
      warnings: ['results were cut'],
    }));
    await openPanel(`${address.replace('jobs_total', 'lat')}&fn=heat`);
    expect(await screen.findByRole('application', { name: 'lat: how many of which value, over time' })).toBeTruthy();
    expect(screen.getByText(/^about 60\. Most: about 30/)).toBeTruthy();
    expect(screen.getByText('results were cut')).toBeTruthy();
    expect(chart().at(-1)).toBe('sum by (service_name, le) (rate(lat_bucket[2m]))');
  });
});
