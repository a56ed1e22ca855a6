// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import type { LogRecord } from '../../../../shared/contract/telemetry';
import { mostTraceLogs } from '../../../../shared/trace/trace-logs-request';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { makeShop, spanOf, shopTraceId as traceId } from '../../../test-host/shop-trace';
import { makeLine } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const startMs = 1_700_000_000_000;
const lineAt = (text: string, afterMs: number, fields: Partial<LogRecord> = {}) =>
  makeLine(text, { timeNs: `${startMs + afterMs}000000`, traceId, spanId: 'payments', ...fields });
const query = `{service_name=~".+"} | trace_id="${traceId}"`;

beforeEach(() => {
  host.answer('traces', 'get', () => makeShop());
});

const openLogs = async () => {
  const panel = await openPanel(`/traces/${traceId}`);
  return { ...panel, logs: within(await screen.findByRole('region', { name: 'Logs of the trace' })) };
};

it('tells the lines with their place on the time axis of the trace, none before it', async () => {
  host.answer('logs', 'query', () => ({ records: [lineAt('early', -5), lineAt('late', 30, { level: 'warn' })] }));
  await openLogs();
  await screen.findByText('late');
  const lines = within(screen.getByRole('region', { name: 'Logs of the trace' }));
  const [early, late] = lines.getAllByRole('button', { pressed: false });
  expect(early!.textContent).toBe('+0infoshopearly');
  expect(late!.textContent).toBe('+30 mswarnshoplate');
  expect(host.inputsOf('logs.query')).toEqual([
    { query, window: { from: startMs - 60_000, to: startMs + 100 + 60_000 }, limit: 2000, direction: 'forward' },
  ]);
});

it('says of very many lines that these are the first, and keeps in the page only those in sight', async () => {
  const records = Array.from({ length: mostTraceLogs }, (_, index) => lineAt(`line ${index}`, index));
  host.answer('logs', 'query', () => ({ records }));
  await openLogs();
  await screen.findByText('line 0');
  const logs = within(screen.getByRole('region', { name: 'Logs of the trace' }));
  expect(logs.getByText('the first 2,000')).toBeTruthy();
  expect(logs.getAllByRole('button', { pressed: false }).length).toBeLessThan(100);
});

it('says that no line carries the id only once that is known', async () => {
  let answer = () => {};
  host.answer('logs', 'query', () => new Promise((resolve) => (answer = () => resolve({ records: [] }))));
  const { logs } = await openLogs();
  expect(logs.getByText('Looking for log lines …')).toBeTruthy();
  await waitFor(() => expect(host.inputsOf('logs.query')).toHaveLength(1));
  answer();
  expect(await logs.findByText(/^No log line carries this trace id/)).toBeTruthy();
  expect(logs.queryByRole('link', { name: 'Open in Logs' })).toBeNull();
});

it('says why it does not know of any line, and does not say that there is none', async () => {
  host.answer('logs', 'query', refuse('UNAVAILABLE', { message: 'Loki does not answer.', hint: 'Start it.' }));
  const { logs } = await openLogs();
  expect(await logs.findByText('Loki does not answer.')).toBeTruthy();
  expect(logs.queryByText(/^No log line carries/)).toBeNull();
});

it('shows the record of a line beside its span, and Escape closes first the one, then the other', async () => {
  host.answer('logs', 'query', () => ({ records: [lineAt('no disk', 30)] }));
  const { user, address } = await openLogs();
  await user.click(await screen.findByRole('button', { name: /no disk/ }));
  expect(await screen.findByRole('complementary', { name: 'Log line' })).toBeTruthy();
  expect(spanOf(address())).toBe('payments');
  expect(screen.queryByTestId('span-details')).toBeNull();
  await user.keyboard('{Escape}');
  expect(await screen.findByTestId('span-details')).toBeTruthy();
  expect(screen.queryByRole('complementary', { name: 'Log line' })).toBeNull();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(spanOf(address())).toBeNull());
});

it('leads to the lines of the trace on their own page, at rest and in their window', async () => {
  host.answer('logs', 'query', () => ({ records: [lineAt('no disk', 30)] }));
  const { user, address } = await openLogs();
  await user.click(await screen.findByRole('link', { name: 'Open in Logs' }));
  await waitFor(() => expect(address()).toMatch(/^\/logs\?/));
  expect(Object.fromEntries(new URLSearchParams(address().split('?')[1]))).toEqual({
    q: query,
    from: `${startMs - 60_000}`,
    to: `${startMs + 100 + 60_000}`,
    live: 'false',
  });
});

it('narrows those lines by a label of the record', async () => {
  host.answer('logs', 'query', () => ({ records: [lineAt('no disk', 30)] }));
  const { user, address } = await openLogs();
  await user.click(await screen.findByRole('button', { name: /no disk/ }));
  await user.click(await screen.findByRole('button', { name: 'Only lines with this host.name' }));
  await waitFor(() => expect(address()).toMatch(/^\/logs\?/));
  expect(new URLSearchParams(address().split('?')[1]).get('q')).toBe(`${query} | host_name="dev-1"`);
});
