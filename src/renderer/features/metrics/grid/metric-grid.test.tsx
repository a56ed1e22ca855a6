// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { someTime } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const window = `from=${someTime}&to=${someTime + 900_000}`;
const metric = (name: string, fields: Partial<Record<'type' | 'unit' | 'help', string>> = {}) => ({
  name,
  type: 'gauge',
  unit: '',
  help: '',
  ...fields,
});
const line = (labels: Record<string, string>, ...values: (number | string)[]) => ({
  labels,
  values: values.map((value, index): [number, string] => [someTime / 1000 + index * 15, String(value)]),
});
const asked = () => (host.inputsOf('metrics.queryRange') as { query: string }[]).map(({ query }) => query);
const tile = async (name: string) => (await screen.findByRole('link', { name })).closest('article')!;

beforeEach(() => {
  host.answer('metrics', 'labelValues', () => ({ total: 2, values: ['shop', 'cart'] }));
  host.answer('metrics', 'queryRange', () => ({ series: [line({ service_name: 'shop' }, 1, 2)], warnings: [] }));
  host.answer('metrics', 'query', () => ({ series: [], warnings: [] }));
});

describe('the grid', () => {
  it("tells whose a metric is, the reader's own first and by the first part of their names", async () => {
    host.answer('metrics', 'names', () =>
      ['watchtower_spans', 'traces_spanmetrics_calls_total', 'http_b', 'http_a', 'carts'].map((name) => metric(name)),
    );
    await openPanel(`/metrics?${window}`);
    await tile('carts');
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'Your metrics3, as your apps send them',
      'Derived from spans1, calls, errors and latencies, and who calls whom',
      'About Watchtower1, what it received and keeps',
    ]);
    expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
      'http_a',
      'http_b',
      'carts',
      'traces_spanmetrics_calls_total',
      'watchtower_spans',
    ]);
  });

  it('asks each metric what one asks of its kind', async () => {
    const parts = ['lat_seconds_bucket', 'lat_seconds_sum', 'lat_seconds_count'];
    host.answer('metrics', 'names', () => [
      metric('req_total', { type: 'counter' }),
      metric('depth'),
      ...parts.map((name) => metric(name, { type: 'histogram' })),
    ]);
    await openPanel(`/metrics?${window}`);
    await waitFor(() => expect(asked()).toHaveLength(3));
    expect(asked().sort()).toEqual([
      'avg by (service_name, job) (depth)',
      expect.stringMatching(/^label_replace\(histogram_quantile\(0.5, sum by \(le\) \(rate\(lat_seconds_bucket\[2m/),
      'sum by (service_name, job) (rate(req_total[2m]))',
    ]);
  });

  it('asks for those in view alone of ten thousand', async () => {
    host.answer('metrics', 'names', () => Array.from({ length: 10_000 }, (_, index) => metric(`m_${10_000 + index}`)));
    await openPanel(`/metrics?${window}`);
    await tile('m_10000');
    await waitFor(() => expect(asked().length).toBeGreaterThan(8));
    expect(screen.getAllByRole('article').length).toBeLessThan(60);
    expect(asked().length).toBeLessThan(60);
  });

  it('draws the greatest where there are many services, and says how many are left out', async () => {
    host.answer('metrics', 'names', () => [metric('depth')]);
    host.answer('metrics', 'labelValues', () => ({ total: 500, values: [] }));
    const series = Array.from({ length: 8 }, (_, index) => line({ service_name: `s${index}` }, index));
    host.answer('metrics', 'queryRange', () => ({ series, warnings: [] }));
    host.answer('metrics', 'query', () => ({ series: [line({}, 1204)], warnings: [] }));
    await openPanel(`/metrics?${window}`);
    expect(await screen.findByText('1,196 left out')).toBeTruthy();
    expect(asked()[0]).toMatch(/ and topk\(8, avg_over_time\(\(avg by \(service_name, job\) \(depth\)\)\[15m:/);
  });

  it('leaves out what an answer has beyond the lines that can be told apart', async () => {
    host.answer('metrics', 'names', () => [metric('depth')]);
    const series = Array.from({ length: 11 }, (_, index) => line({ service_name: `s${index}` }, index));
    host.answer('metrics', 'queryRange', () => ({ series, warnings: [] }));
    await openPanel(`/metrics?${window}`);
    const shown = await tile('depth');
    expect(await within(shown).findByText('3 left out')).toBeTruthy();
    expect(within(shown).queryByText('s2')).toBeNull();
    expect(within(shown).getByText('s10')).toBeTruthy();
  });

  it('is waited for with a word, its charts in their places', async () => {
    host.answer('metrics', 'queryRange', () => new Promise(() => {}));
    let tell = () => {};
    host.answer('metrics', 'names', () => new Promise((resolve) => (tell = () => resolve([metric('depth')]))));
    await openPanel(`/metrics?${window}`);
    expect(await screen.findByText('Loading')).toBeTruthy();
    await waitFor(() => expect(host.inputsOf('metrics.names')).toHaveLength(1));
    tell();
    expect((await tile('depth')).querySelector('.animate-pulse')).toBeTruthy();
  });

  it('says of each chart why it is not there', async () => {
    host.answer('metrics', 'names', () => ['a_refused', 'b_empty', 'c_nan'].map((name) => metric(name)));
    host.answer('metrics', 'queryRange', ({ query }) => {
      if (query.includes('a_refused')) refuse('QUERY', { message: 'too many samples' })();
      return { series: query.includes('c_nan') ? [line({}, 'NaN', '+Inf')] : [], warnings: [] };
    });
    await openPanel(`/metrics?${window}`);
    expect(await within(await tile('a_refused')).findByText('too many samples')).toBeTruthy();
    expect(await within(await tile('b_empty')).findByText('No samples in this window')).toBeTruthy();
    expect(await within(await tile('c_nan')).findByText('No number in this window')).toBeTruthy();
  });

  it('dims those that the window has nothing of, and says when they were last seen', async () => {
    host.answer('metrics', 'names', ({ window }) => (window ? [metric('here')] : [metric('here'), metric('gone')]));
    host.answer('metrics', 'query', ({ query }) => ({
      series: query.includes('timestamp(gone)') ? [line({}, Date.now() / 1000 - 7200)] : [],
      warnings: [],
    }));
    await openPanel('/metrics');
    expect(await within(await tile('gone')).findByText('Last seen 2 h ago')).toBeTruthy();
    expect(asked().some((query) => query.includes('gone'))).toBe(false);
  });

  it('shows hostile names and units as what they are', async () => {
    host.answer('metrics', 'names', () => [metric('a\u202eb', { unit: 'c\u202ed' })]);
    await openPanel(`/metrics?${window}`);
    expect((await tile('a‹U+202E›b')).textContent).toContain('c‹U+202E›d');
  });

  it('is narrowed to a namespace, in the address', async () => {
    host.answer('metrics', 'names', () => ['http_a', 'http_b', 'db_a', 'db_b'].map((name) => metric(name)));
    const { user, address } = await openPanel(`/metrics?${window}`);
    await user.click(await screen.findByRole('button', { name: 'db 2' }));
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2));
    expect(address()).toContain('ns=db');
    await user.click(screen.getByRole('button', { name: 'db 2' }));
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(4));
  });

  it('has the largest of very many namespaces in its bar, all of them a click away', async () => {
    host.answer('metrics', 'names', () => [
      ...Array.from({ length: 300 }, (_, space) => [metric(`n${space}_a`), metric(`n${space}_b`)]).flat(),
      ...Array.from({ length: 10_000 }, (_, index) => metric(`zoo_${index}`)),
    ]);
    const { user } = await openPanel(`/metrics?${window}`);
    const bar = within(await screen.findByRole('group', { name: 'Namespace' }));
    expect(bar.getByRole('button', { name: 'zoo 10,000' })).toBeTruthy();
    expect(bar.getAllByRole('button')).toHaveLength(13);
    await user.click(bar.getByRole('button', { name: '289 more' }));
    expect(bar.getAllByRole('button')).toHaveLength(201);
    expect(bar.getByText('101 more are found by their name')).toBeTruthy();
  });

  it('is copied for an agent: what there is, and how to ask for it', async () => {
    host.answer('metrics', 'names', () => [metric('depth', { unit: 'jobs', help: 'Jobs that wait.' })]);
    const { user, copied } = await openPanel(`/metrics?${window}`);
    await tile('depth');
    await user.click(screen.getByRole('button', { name: 'For an agent: copy the metrics for an agent' }));
    expect(copied()).toContain('- depth (gauge, jobs): Jobs that wait.');
    expect(copied()).toContain("'http://localhost:9090/api/v1/label/__name__/values'");
    expect(copied()).toContain(`start=${someTime / 1000}`);
  });

  it('holds still while the reader is at it, counts what came, and shows it when asked', async () => {
    let names = ['m_1', 'm_2'];
    host.answer('metrics', 'names', () => names.map((name) => metric(name)));
    const { user } = await openPanel(`/metrics?${window}`);
    await tile('m_2');
    const titles = () => screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
    await user.keyboard('j');
    names = ['a_1', 'a_2', 'm_1', 'm_2'];
    // The tab comes into view again.
    document.defaultView!.dispatchEvent(new Event('visibilitychange'));
    const show = await screen.findByRole('button', { name: '2 new' });
    expect(titles()).toEqual(['m_1', 'm_2']);
    await user.click(show);
    await tile('a_1');
    expect(titles()).toEqual(['a_1', 'a_2', 'm_1', 'm_2']);
    expect(screen.queryByRole('button', { name: '2 new' })).toBeNull();
  });

  it('answers another search at once, held or not', async () => {
    host.answer('metrics', 'names', () => ['m_1', 'm_2'].map((name) => metric(name)));
    const { user } = await openPanel(`/metrics?${window}`);
    await tile('m_2');
    await user.keyboard('j');
    await user.type(screen.getByLabelText('Find a metric'), '_2');
    await waitFor(() => expect(screen.queryByRole('link', { name: 'm_1' })).toBeNull());
    await user.clear(screen.getByLabelText('Find a metric'));
    await tile('m_1');
  });

  it('is walked through by keys', async () => {
    host.answer('metrics', 'names', () => ['a_1', 'a_2', 'a_3'].map((name) => metric(name)));
    host.answer('metrics', 'labelCounts', () => []);
    host.answer('metrics', 'exemplars', () => []);
    const { user, address } = await openPanel(`/metrics?${window}`);
    await tile('a_3');
    await user.keyboard('jjjk');
    expect(document.querySelector('article[aria-current]')?.textContent).toContain('a_2');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(address()).toContain('metric=a_2'));
  });
});

it('takes a query in place of a metric, and nothing where none is written', async () => {
  host.answer('metrics', 'names', () => [metric('cart_items')]);
  host.answer('metrics', 'queryRange', () => ({ series: [], warnings: [] }));
  host.answer('metrics', 'exemplars', () => []);
  const { user, address } = await openPanel('/metrics?since=1h');
  await user.click(await screen.findByLabelText('PromQL'));
  await user.keyboard('{Enter}');
  expect(address()).toBe('/metrics?since=1h');
  await user.keyboard('up == 0{Enter}');
  await waitFor(() => expect(address()).toMatch(/q=up/));
  expect(await screen.findByText('No samples in this window')).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'cart_items' })).toBeNull();
});
