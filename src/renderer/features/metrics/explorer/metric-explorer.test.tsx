// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Series } from '../../../../shared/contract/telemetry';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse, refuseAsDown } from '../../../test-host/refuse';
import { someTime } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

/** An hour that does not move: nothing is asked for again. */
const window = `from=${someTime}&to=${someTime + 3_600_000}`;
const stepSeconds = 15;

beforeEach(() => {
  host.answer('metrics', 'names', () => [
    { name: 'job_duration', type: 'gauge', unit: 'seconds', help: 'How long a job took.' },
    { name: 'jobs_total', type: 'counter', unit: '', help: '' },
  ]);
  host.answer('metrics', 'labelCounts', () => [{ label: 'service_name', total: 2, values: ['shop', 'cart'] }]);
  host.answer('metrics', 'query', () => ({ series: [], warnings: [] }));
  host.answer('metrics', 'exemplars', () => []);
});

const line = (service: string, ...values: (number | string)[]): Series => ({
  labels: { service_name: service },
  values: values.map((value, index) => [someTime / 1000 + index * stepSeconds, String(value)]),
});
const answer = (series: Series[], warnings: string[] = []) =>
  host.answer('metrics', 'queryRange', () => ({ series, warnings }));
const open = (metric = 'job_duration') => openPanel(`/metrics?${window}&metric=${metric}`);
/** Of the chart: the small ones beside it have fewer points. */
const queries = () =>
  (host.inputsOf('metrics.queryRange') as { query: string; step: number }[])
    .filter(({ step }) => step === stepSeconds)
    .map(({ query }) => query);
const entry = (name: string) => screen.findByRole('button', { name });
const drawn = (...names: string[]) =>
  names.map((name) => screen.getByRole('button', { name }).getAttribute('aria-pressed'));

describe('the legend', () => {
  it('tells last, least, mean and greatest value, in the unit of the metric', async () => {
    answer([line('shop', 3, 'NaN', 0.5, 1), line('cart', 2)]);
    await open();
    const cells = [...(await entry('shop')).closest('tr')!.cells].map(({ textContent }) => textContent);
    expect(cells).toEqual(['shop', '1 s', '500 ms', '1.5 s', '3 s']);
    expect(screen.getByRole('columnheader', { name: 'Last' })).toBeTruthy();
  });

  it('shows one alone with a click, all with another, and hides one with Ctrl', async () => {
    answer([line('shop', 1), line('cart', 2), line('bank', 3)]);
    const { user } = await open();
    await user.click(await entry('cart'));
    expect(drawn('shop', 'cart', 'bank')).toEqual(['false', 'true', 'false']);
    await user.click(await entry('cart'));
    expect(drawn('shop', 'cart', 'bank')).toEqual(['true', 'true', 'true']);
    await user.keyboard('{Control>}');
    await user.click(await entry('bank'));
    await user.keyboard('{/Control}');
    expect(drawn('shop', 'cart', 'bank')).toEqual(['true', 'true', 'false']);
  });

  it('leaves out a series without a sample, which has no line', async () => {
    answer([line('shop', 1), line('ghost', 'NaN', 'NaN')]);
    await open();
    await entry('shop');
    expect(screen.queryByRole('button', { name: 'ghost' })).toBeNull();
    expect(screen.getByText('1 series, a point every 15 s')).toBeTruthy();
  });

  it('cannot be made to say what it does not', async () => {
    answer([line('a\u202eb', 1), line('cart', 1)]);
    await open();
    expect(await entry('a‹U+202E›b')).toBeTruthy();
  });
});

describe('the chart', () => {
  it('stays where the backend goes away, which is said above it', async () => {
    const at = Date.now() / 1000 - 60;
    answer([{ labels: { service_name: 'shop' }, values: [[at, '3']] }]);
    await openPanel('/metrics?since=5m&metric=job_duration');
    await entry('shop');
    host.answer('metrics', 'queryRange', refuseAsDown);
    expect(await screen.findByRole('alert', {}, { timeout: 8000 })).toBeTruthy();
    expect(await entry('shop')).toBeTruthy();
  }, 15_000);

  it('says that a query which is valid selects nothing', async () => {
    answer([]);
    await open();
    expect(await screen.findByText('No samples in this window')).toBeTruthy();
    expect(screen.getByText(/The query is valid/)).toBeTruthy();
  });

  it('says that it draws the first of very many, and what to do', async () => {
    answer(Array.from({ length: 60 }, (_, index) => line(`service-${index}`, index)));
    await open();
    expect(await screen.findByText(/^60 series; the first 50 are drawn/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'service-49' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'service-50' })).toBeNull();
  });

  it('hands on what the backend warns of', async () => {
    answer([line('shop', 1)], ['metric might not be a counter', 'results were cut']);
    await open();
    expect(await screen.findByText('metric might not be a counter')).toBeTruthy();
    expect(screen.getByText('results were cut')).toBeTruthy();
  });

  it('draws whole histograms as their quantiles, and says so', async () => {
    const buckets: [number, string, string, string][] = [[0, '1', '2', '10']];
    const histograms: Series['histograms'] = [[someTime / 1000, { count: '10', sum: '15', buckets }]];
    answer([{ labels: { service_name: 'shop' }, values: [], histograms }]);
    await open();
    expect(await screen.findByText(/^Histograms are drawn as their quantiles/)).toBeTruthy();
    for (const quantile of ['0.5', '0.95', '0.99']) expect(screen.getByRole('button', { name: quantile })).toBeTruthy();
  });

  it('counts the exemplars that lead to a trace', async () => {
    const exemplar = { labels: {}, time: someTime / 1000, value: 2 };
    host.answer('metrics', 'exemplars', () => [exemplar, { ...exemplar, traceId: 'a'.repeat(32) }]);
    answer([line('shop', 1)]);
    await open();
    expect(await screen.findByText('1 series, a point every 15 s, 1 exemplars ◆')).toBeTruthy();
  });
});

describe('the views of a metric', () => {
  it('are those of its type, and show nothing of the one before under the name of the next', async () => {
    answer([line('shop', 2)]);
    const { user } = await open();
    await entry('shop');
    expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual([
      ...['Average', 'Sum', 'Least', 'Greatest', 'Each series'],
      ...['By label', 'Values now'],
    ]);
    host.answer('metrics', 'queryRange', () => new Promise(() => {}));
    await user.click(screen.getByRole('tab', { name: 'Greatest' }));
    await waitFor(() => expect(queries().at(-1)).toBe('max by (service_name) (job_duration)'));
    expect(screen.queryByRole('button', { name: 'shop' })).toBeNull();
    expect(screen.getByText('Loading')).toBeTruthy();
  });

  it('are not grouped where nobody can say by what', async () => {
    answer([line('shop', 2)]);
    host.answer('metrics', 'labelCounts', refuseAsDown);
    await open('jobs_total');
    await entry('shop');
    expect(queries()).toEqual(['sum (rate(jobs_total[2m]))']);
  });

  it('are there for a metric that the window does not hold', async () => {
    answer([]);
    await open('long_gone');
    expect(await screen.findByText('No samples in this window')).toBeTruthy();
    expect(queries()).toEqual(['avg by (service_name) (long_gone)']);
    expect(within(screen.getByRole('main')).getByText('long_gone')).toBeTruthy();
  });
});

it('asks for the labels of a metric while it is not known yet of what kind it is', async () => {
  host.answer('metrics', 'names', () => new Promise(() => {}));
  answer([]);
  await open('lat.x_seconds');
  await waitFor(() => expect(host.inputsOf('metrics.labelCounts')).toHaveLength(1));
  expect(host.inputsOf('metrics.labelCounts')[0]).toMatchObject({
    match: String.raw`{__name__=~"lat\\.x_seconds|lat\\.x_seconds_bucket"}`,
  });
  expect(queries()).toEqual([]);
});

describe('a query', () => {
  it('is copied as curl, on the grid of its step', async () => {
    answer([line('shop', 1)]);
    const { user, copied } = await openPanel(`/metrics?from=${someTime + 1}&to=${someTime + 3_600_001}&q=up`);
    await entry('shop');
    await user.click(screen.getByRole('button', { name: 'curl: copy the query as curl' }));
    expect(copied()?.split(' \\\n  ').slice(0, 2)).toEqual([
      "curl -sG 'http://localhost:9090/api/v1/query_range'",
      "--data-urlencode 'query=up'",
    ]);
    expect(copied()).toContain("'step=15'");
    const { window: asked } = host.inputsOf('metrics.queryRange')[0] as { window: { from: number; to: number } };
    expect([asked.from % 15_000, asked.to % 15_000]).toEqual([0, 0]);
  });

  it('that is refused gives way to one of the examples', async () => {
    host.answer('metrics', 'queryRange', refuse('QUERY', { message: 'unexpected end of input', position: 4 }));
    const { user, address } = await openPanel('/metrics?q=sum(');
    expect(await screen.findByText('The query was refused')).toBeTruthy();
    answer([line('shop', 1)]);
    await user.click(screen.getByRole('button', { name: 'up == 0' }));
    expect(await entry('shop')).toBeTruthy();
    expect(new URLSearchParams(address().split('?')[1]).get('q')).toBe('up == 0');
  });

  it('that nobody answers shows why, what to do, and nothing of before', async () => {
    host.answer('metrics', 'queryRange', refuseAsDown);
    await open();
    expect(await screen.findByText('It does not answer.')).toBeTruthy();
    expect(screen.getByText('The overview says why.')).toBeTruthy();
    expect(screen.queryByText('No samples in this window')).toBeNull();
  });
});
