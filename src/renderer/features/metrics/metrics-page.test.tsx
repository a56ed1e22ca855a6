// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client';
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { host } from '../../test-host/test-page';

withScriptedHost();

const metric = (name: string, type: string, help = '') => ({ name, type, unit: '', help });

beforeEach(() => {
  host.answer('metrics', 'names', () => [
    metric('http_server_requests_total', 'counter', 'Requests that were answered.'),
    metric('queue_length', 'gauge', 'Jobs that wait.'),
    metric('process_open_fds', 'gauge'),
  ]);
  host.answer('metrics', 'labelCounts', () => [
    { label: 'service_name', total: 2, values: ['shop', 'cart'] },
    { label: 'route', total: 3, values: [] },
  ]);
  host.answer('metrics', 'labelValues', () => ({ total: 1, values: ['shop'] }));
  host.answer('metrics', 'query', () => ({ series: [], warnings: [] }));
  host.answer('metrics', 'queryRange', () => ({ series: [], warnings: [] }));
  host.answer('metrics', 'exemplars', () => []);
});

const listed = () =>
  screen
    .queryAllByRole('link')
    .map((link) => link.textContent ?? '')
    .filter((text) => /^(http|queue|process)_/.test(text));

describe('the metrics of the window', () => {
  it('are listed, and narrowed by name, description and type', async () => {
    const { user } = await openPanel('/metrics');
    await screen.findByText('queue_length');
    expect(listed()).toHaveLength(3);
    const find = screen.getByLabelText('Find a metric');
    await user.type(find, 'jobs');
    await waitFor(() => expect(listed()).toEqual(['queue_length']));
    await user.clear(find);
    await user.click(screen.getByRole('combobox', { name: 'Type' }));
    await user.click(await screen.findByRole('option', { name: 'counter' }));
    await waitFor(() => expect(listed()).toEqual(['http_server_requests_total']));
  });

  it('say that none has the name that was typed', async () => {
    const { user } = await openPanel('/metrics');
    await user.type(await screen.findByLabelText('Find a metric'), 'zzz');
    expect(await screen.findByText('No metric of that name, unit or description')).toBeTruthy();
  });

  it('teach how metrics come where there is none', async () => {
    host.answer('metrics', 'names', () => []);
    await openPanel('/metrics');
    expect(await screen.findByText('No metrics in this window')).toBeTruthy();
  });

  it('say why they cannot be listed', async () => {
    host.answer('metrics', 'names', () => {
      throw new ORPCError('UNAVAILABLE', {
        status: 503,
        defined: true,
        data: { message: 'Prometheus does not answer.', hint: 'Look at the overview.' },
      });
    });
    await openPanel('/metrics');
    expect(await screen.findByText('Prometheus does not answer.')).toBeTruthy();
    expect(screen.getByText('Look at the overview.')).toBeTruthy();
  });

  it('open with the window of the address', async () => {
    const { user, address } = await openPanel('/metrics?since=3h');
    await user.click(await screen.findByText('queue_length'));
    await waitFor(() => expect(address()).toBe('/metrics?since=3h&metric=queue_length'));
  });
});

it('says what is wrong with PromQL that is refused', async () => {
  host.answer('metrics', 'queryRange', () => {
    throw new ORPCError('QUERY', {
      status: 400,
      defined: true,
      data: { message: '1:5: parse error: unexpected end of input', position: 4 },
    });
  });
  await openPanel('/metrics?q=sum(');
  expect((await screen.findAllByText(/unexpected end of input/)).length).toBeGreaterThan(0);
});

describe('one metric', () => {
  /** Of the chart: the small ones beside it have a point every 15 s. */
  const queries = () =>
    (host.inputsOf('metrics.queryRange') as { query: string; step: number }[])
      .filter(({ step }) => step === 5)
      .map(({ query }) => query);
  const series = (service: string, ...values: number[]) => ({
    labels: { service_name: service },
    values: values.map((value, index): [number, string] => [1_786_000_000 + index * 15, String(value)]),
  });

  it('is asked about by the questions of its type, grouped by service', async () => {
    host.answer('metrics', 'queryRange', () => ({ series: [series('shop', 1, 2)], warnings: [] }));
    const { user } = await openPanel('/metrics?metric=http_server_requests_total');
    await waitFor(() =>
      expect(queries().at(-1)).toMatch(/^sum by \(service_name\) \(rate\(http_server_requests_total/),
    );
    const tabs = await screen.findAllByRole('tab');
    const other = tabs.find((tab) => tab.getAttribute('aria-selected') !== 'true')!;
    const before = queries().at(-1);
    await user.click(other);
    await waitFor(() => expect(queries().at(-1)).not.toBe(before));
  });

  it('is asked about for one service, until all are asked for', async () => {
    host.answer('metrics', 'queryRange', () => ({ series: [series('shop', 1, 2)], warnings: [] }));
    const { user, address } = await openPanel('/metrics?metric=http_server_requests_total&service=shop');
    await waitFor(() => expect(queries().at(-1)).toContain('http_server_requests_total{service_name="shop"}'));
    await user.click(await screen.findByRole('button', { name: 'Take away service_name="shop"' }));
    await waitFor(() => expect(queries().at(-1)).toMatch(/\(rate\(http_server_requests_total\[/));
    expect(address()).toBe('/metrics?metric=http_server_requests_total');
  });

  it('takes a query of the reader into the address, and gives it up again', async () => {
    host.answer('metrics', 'queryRange', () => ({ series: [], warnings: [] }));
    const { user, address } = await openPanel('/metrics?metric=queue_length');
    const input = await screen.findByLabelText('PromQL');
    await waitFor(() => expect((input as HTMLInputElement).value).toContain('queue_length'));
    await user.clear(input);
    await user.paste('max(queue_length)');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(new URLSearchParams(address().split('?')[1]).get('q')).toBe('max(queue_length)'));
    await waitFor(() => expect(queries().at(-1)).toBe('max(queue_length)'));
    await user.click(await screen.findByRole('tab', { name: 'Own query' }));
    await waitFor(() => expect(address()).toContain('metric=queue_length'));
  });

  it('keeps its lines where it can have no exemplars', async () => {
    host.answer('metrics', 'queryRange', () => ({ series: [series('shop', 3, 4)], warnings: [] }));
    host.answer('metrics', 'exemplars', () => {
      throw new ORPCError('QUERY', { status: 400, defined: true, data: { message: 'no selector' } });
    });
    await openPanel('/metrics?metric=queue_length');
    expect(await screen.findByText('shop')).toBeTruthy();
    expect(screen.queryByText('no selector')).toBeNull();
  });

  it('leads back to all of them with the window of the address', async () => {
    host.answer('metrics', 'queryRange', () => ({ series: [], warnings: [] }));
    const { user, address } = await openPanel('/metrics?since=1h&metric=queue_length');
    await user.click(await screen.findByRole('link', { name: 'All metrics' }));
    await waitFor(() => expect(address()).toBe('/metrics?since=1h'));
  });
});
