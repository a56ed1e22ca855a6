// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../shared/contract/telemetry';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuseAsDown } from '../../test-host/refuse';
import { makeLine, someTime } from '../../test-host/telemetry-data';
import { host } from '../../test-host/test-page';

withScriptedHost();

beforeEach(() => {
  host.feed('logs', 'tail');
  host.answer('logs', 'labelValues', () => []);
  host.answer('logs', 'volume', () => []);
});

/** The details of the one line that there is. */
async function open(line: LogRecord) {
  host.answer('logs', 'query', () => ({ records: [line] }));
  const panel = await openPanel(`/logs?line=t${line.timeNs}`);
  return { ...panel, details: within(await screen.findByRole('complementary', { name: 'Log line' })) };
}

describe('the line itself', () => {
  it('that is JSON is indented, its numbers as they were, and copied as it came', async () => {
    const line = '{"id":12345678901234567890,"ok":true}';
    const { user, copied, details } = await open(makeLine(line));
    expect(details.getByText(/"id"/).textContent).toBe('{\n  "id": 12345678901234567890,\n  "ok": true\n}');
    await user.click(details.getByRole('button', { name: 'Copy line: copy the line' }));
    expect(copied()).toBe(line);
  });

  it('is copied as a record, without what only this page knows', async () => {
    const line = makeLine('no disk', { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) });
    const { user, copied, details } = await open(line);
    await user.click(details.getByRole('button', { name: 'Copy JSON: copy the record as JSON' }));
    expect(JSON.parse(copied()!)).toEqual(line);
    await user.click(details.getByRole('button', { name: 'Copy the time in nanoseconds' }));
    expect(copied()).toBe(line.timeNs);
  });

  it('shows the exception of its labels apart, and not twice', async () => {
    const exception = { exception_type: 'IOError', exception_message: 'no disk', exception_stacktrace: 'at a\n  at b' };
    const { details } = await open(makeLine('failed', { labels: { ...exception, route: '/pay' } }));
    const block = within(details.getByRole('region', { name: 'Exception' }));
    expect(block.getByText('IOError')).toBeTruthy();
    expect(block.getByText(/at b/).textContent).toBe('at a\n  at b');
    expect(details.getAllByText(/no disk/)).toHaveLength(1);
    expect(details.queryByText('exception.type')).toBeNull();
    expect(details.getByText('/pay')).toBeTruthy();
  });

  it('leads to the metrics of its service, five minutes to each side', async () => {
    const { details } = await open(makeLine('no disk'));
    const link = details.getByRole('link', { name: 'Metrics at this time' }).getAttribute('href')!;
    expect(Object.fromEntries(new URLSearchParams(link.split('?')[1]))).toEqual({
      metric: 'traces_spanmetrics_latency',
      service: 'shop',
      from: `${someTime - 300_000}`,
      to: `${someTime + 300_000}`,
    });
  });

  it('offers no trace where it belongs to none', async () => {
    const { details } = await open(makeLine('no disk'));
    expect(details.queryByRole('link', { name: 'Open the trace' })).toBeNull();
  });
});

describe('its labels', () => {
  it('stand by where they come from, as OpenTelemetry names them', async () => {
    const labels = { service_name: 'shop', route: '/pay', detected_level: 'info', scope_name: 'pino' };
    const { details } = await open(makeLine('paid', { labels }));
    const titles = ['Log', 'Resource', 'Scope', 'Record'];
    const headings = details.getAllByRole('heading').map(({ textContent }) => textContent);
    expect(headings).toEqual(titles);
    expect(details.getByTitle('In queries: service_name').textContent).toBe('service.name');
  });

  it('are copied one by one, and a line break in one does not break the others', async () => {
    const { user, copied, details } = await open(makeLine('paid', { labels: { note: 'one\ntwo', route: '/pay' } }));
    await user.click(details.getByRole('button', { name: 'Copy note' }));
    expect(copied()).toBe('one\ntwo');
    expect(details.getByText('/pay')).toBeTruthy();
  });
});

describe('what lies around', () => {
  const around = async (line: LogRecord) => {
    const panel = await open(line);
    await panel.user.click(panel.details.getByRole('tab', { name: 'Lines around it' }));
    return panel;
  };

  it('is of the same stream at first, then of all services when they are asked for', async () => {
    const own = makeLine('no disk');
    host.answer('logs', 'context', () => ({ records: [own] }));
    const { user, details } = await around(own);
    await waitFor(() =>
      expect(host.inputsOf('logs.context')).toEqual([{ labels: own.labels, timeNs: own.timeNs, lines: 25 }]),
    );
    const before = makeLine('disk is filling', { service: 'disks' }, -900);
    const after = makeLine('payment lost', { service: 'bank' }, 900);
    host.answer('logs', 'query', ({ direction }) => ({ records: direction === 'backward' ? [before] : [own, after] }));
    await user.click(details.getByRole('tab', { name: 'All services ± 5 s' }));
    await details.findByText('payment lost');
    const items = details.getAllByRole('listitem');
    expect(items.map((item) => /disk is filling|no disk|payment lost/.exec(item.textContent!)?.[0])).toEqual([
      'disk is filling',
      'no disk',
      'payment lost',
    ]);
    expect(items.map((item) => item.getAttribute('aria-current'))).toEqual([null, 'true', null]);
    expect(details.getByText('bank')).toBeTruthy();
    expect(host.inputsOf('logs.query').slice(-2)).toEqual([
      expect.objectContaining({ window: { from: someTime - 5000, to: someTime }, direction: 'backward' }),
      expect.objectContaining({ window: { from: someTime, to: someTime + 5000 }, direction: 'forward' }),
    ]);
  });

  it('says why it is not known', async () => {
    host.answer('logs', 'context', refuseAsDown);
    const { details } = await around(makeLine('no disk'));
    expect(await details.findByText('It does not answer.')).toBeTruthy();
    expect(details.getByText('The overview says why.')).toBeTruthy();
  });
});

it('are opened by a link to a line that is not among those of the list', async () => {
  const old = makeLine('long ago', {}, -3_600_000);
  host.answer('logs', 'query', ({ window, limit }) => ({
    records: limit === 100 && window.from === someTime - 3_600_000 ? [old] : [makeLine('now')],
  }));
  const { user, address } = await openPanel(`/logs?line=t${old.timeNs}`);
  const details = within(await screen.findByRole('complementary', { name: 'Log line' }));
  expect(details.getByText('long ago')).toBeTruthy();
  await user.click(details.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(address()).toBe('/logs'));
  expect(screen.queryByRole('complementary')).toBeNull();
});
