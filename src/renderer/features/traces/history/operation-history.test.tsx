// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { makeStatus } from '../../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuseAsDown } from '../../../test-host/refuse';
import { makeShopWith, shopTraceId } from '../../../test-host/shop-trace';
import { host } from '../../../test-host/test-page';

withScriptedHost();

beforeEach(() => {
  host.answer('logs', 'query', () => ({ records: [] }));
  host.answer('traces', 'get', () => makeShopWith('orders', { name: 'GET "x"\\', kind: 'server' }));
});

async function open() {
  const panel = await openPanel(`/traces/${shopTraceId}?span=orders`);
  return { ...panel, details: within(await screen.findByTestId('span-details')) };
}
const button = { name: 'This operation over time' };

it('shows rate, errors and p95 of the operation of a span around its time, asked for when it is opened', async () => {
  host.answer('metrics', 'queryRange', ({ window }) => ({
    series: [{ labels: {}, values: [[window.from / 1000, '2'] as [number, string]] }],
    warnings: [],
  }));
  const { user, details } = await open();
  const toggle = await details.findByRole('button', button);
  expect(host.inputsOf('metrics.queryRange')).toEqual([]);
  await user.click(toggle);
  for (const title of ['Rate', 'Errors', 'p95']) {
    expect(await details.findByRole('img', { name: `${title} around this span` })).toBeTruthy();
  }
  const [rate] = host.inputsOf('metrics.queryRange') as { query: string; window: { from: number; to: number } }[];
  expect(rate!.query).toContain('span_name="GET \\"x\\"\\\\",span_kind="SPAN_KIND_SERVER"');
  expect(rate!.window.to - rate!.window.from).toBeGreaterThanOrEqual(3_600_000);
  await user.click(toggle);
  expect(details.queryByRole('img', { name: 'Rate around this span' })).toBeNull();
});

it('takes its place while it is waited for', async () => {
  host.answer('metrics', 'queryRange', () => new Promise(() => {}));
  const { user, details } = await open();
  await user.click(await details.findByRole('button', button));
  expect(await waitFor(() => screen.getByTestId('span-details').querySelector('.animate-pulse'))).not.toBeNull();
});

it('says that it is not answered', async () => {
  host.answer('metrics', 'queryRange', refuseAsDown);
  const { user, details } = await open();
  await user.click(await details.findByRole('button', button));
  expect(await details.findByText(/does not answer what is known of this operation/)).toBeTruthy();
});

it('says that there are none of that time', async () => {
  host.answer('metrics', 'queryRange', () => ({ series: [], warnings: [] }));
  const { user, details } = await open();
  await user.click(await details.findByRole('button', button));
  expect(await details.findByText(/No metrics of this operation/)).toBeTruthy();
});

it('is not offered where the backend answers no metrics', async () => {
  const status = makeStatus();
  host.feed('host', 'status', { ...status, capabilities: { ...status.capabilities, metrics: false } });
  const { details } = await open();
  await details.findByRole('link', { name: 'Metrics at this time' });
  expect(details.queryByRole('button', button)).toBeNull();
});
