// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const metric = (name: string, fields: Partial<Record<'type' | 'unit' | 'help', string>> = {}) => ({
  name,
  type: 'gauge',
  unit: '',
  help: '',
  ...fields,
});

it('tells whose a metric is, the own ones first', async () => {
  host.answer('metrics', 'names', () => [
    metric('watchtower_spans'),
    metric('traces_spanmetrics_calls_total'),
    metric('cart_items', { unit: 'items', help: 'What lies in the carts.', type: '' }),
  ]);
  await openPanel('/metrics');
  const table = await screen.findByRole('table');
  const [, ...texts] = within(table)
    .getAllByRole('row')
    .map((row) => row.textContent);
  expect(texts).toEqual([
    'Your metrics as your apps send them',
    'cart_itemsunknownitemsWhat lies in the carts.',
    'Derived from spans calls, errors and latencies, and who calls whom',
    'traces_spanmetrics_calls_totalgauge–',
    'About Watchtower what it received and keeps',
    'watchtower_spansgauge–',
  ]);
});

it('shows hostile names, units and descriptions as what they are', async () => {
  host.answer('metrics', 'names', () => [metric('a\u202eb', { unit: 'c\u202ed', help: 'e\u202ef' })]);
  await openPanel('/metrics');
  for (const text of ['a‹U+202E›b', 'c‹U+202E›d', 'e‹U+202E›f']) expect(await screen.findByText(text)).toBeTruthy();
});

it('shows the series of a histogram as the one metric that they are', async () => {
  const parts = ['latency_bucket', 'latency_sum', 'latency_count'];
  host.answer('metrics', 'names', () => parts.map((name) => metric(name, { type: 'histogram' })));
  await openPanel('/metrics');
  expect(await screen.findByRole('link', { name: 'latency' })).toBeTruthy();
  expect(screen.queryByRole('link', { name: /latency_/ })).toBeNull();
});

it('says how many more there are than it shows, and finds them by their name', async () => {
  host.answer('metrics', 'names', () => Array.from({ length: 503 }, (_, index) => metric(`m_${1000 + index}`)));
  const { user } = await openPanel('/metrics');
  expect(await screen.findByText('3 more: type a part of the name to find them.')).toBeTruthy();
  expect(screen.queryByText('m_1502')).toBeNull();
  await user.type(screen.getByLabelText('Find a metric'), '1502');
  expect(await screen.findByText('m_1502')).toBeTruthy();
  expect(screen.queryByText(/more: type/)).toBeNull();
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
