import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Signal } from '../wire/signal';
import { encodeOtlpJson } from './json/encode-otlp-json';
import { validateRequest } from './request/validate-request';
import { openTestReceivers, type TestReceivers } from './test-receivers';

let receivers: TestReceivers;
beforeEach(async () => {
  receivers = await openTestReceivers();
});
afterEach(() => receivers.close());

const point = { timeUnixNano: '1700000000000000000', asInt: '1' };

function metricsOf(...metrics: object[]) {
  return {
    resourceMetrics: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'claude' } }] },
        scopeMetrics: [{ metrics }],
      },
    ],
  };
}

function post(body: string | Uint8Array<ArrayBuffer>, type: string, signal: Signal = 'metrics'): Promise<Response> {
  return fetch(`http://127.0.0.1:${receivers.httpPort}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
}

const withoutTemporality = metricsOf(
  { name: 'session.count', sum: { isMonotonic: true, dataPoints: [point, point] } },
  { name: 'kept', gauge: { dataPoints: [point] } },
);

test('a sum without temporality is refused by name in the answer, in JSON and protobuf, and the rest is kept', async () => {
  const json = await post(JSON.stringify(withoutTemporality), 'application/json');
  expect(json.status).toBe(200);
  expect(await json.json()).toEqual({
    partialSuccess: {
      rejectedDataPoints: '2',
      errorMessage:
        '2 of 3 rejected: no aggregationTemporality: send 2 (cumulative) or 1 (delta) (2, first of "session.count")',
    },
  });
  const protobuf = await post(Uint8Array.from(encodeOtlpJson('metrics', withoutTemporality)), 'application/x-protobuf');
  expect(Buffer.from(await protobuf.arrayBuffer()).toString('latin1')).toContain('no aggregationTemporality');
  expect(receivers.journal).toHaveLength(2);
  expect(receivers.counters.rejected.points).toBe(4);
  expect(receivers.counters.rejections()).toMatchObject([
    { items: 'points', count: 4, lost: true, metric: 'session.count', service: 'claude' },
  ]);
});

test('several reasons are told with the count of each, the newest first in what is remembered', async () => {
  const histogram = { timeUnixNano: '1', count: '3', bucketCounts: ['1', '2'], explicitBounds: [1, 2] };
  const delta = { aggregationTemporality: 1, dataPoints: [{ ...point, asInt: undefined, asDouble: 'NaN' }, point] };
  const answer = await post(
    JSON.stringify(
      metricsOf(
        { name: 'wait', histogram: { aggregationTemporality: 2, dataPoints: [histogram] } },
        { name: 'tokens', sum: delta },
        { name: '', gauge: { dataPoints: [point] } },
        { name: 'odd', gauge: { dataPoints: [{ ...point, attributes: [{ key: '', value: { intValue: 1 } }] }] } },
      ),
    ),
    'application/json',
  );
  const { partialSuccess } = (await answer.json()) as { partialSuccess: { errorMessage: string } };
  expect(partialSuccess).toMatchObject({ rejectedDataPoints: '4' });
  expect(partialSuccess.errorMessage).toMatch(
    /^4 of 5 rejected: a metric without a name.*\(1\); bucket counts do not fit/,
  );
  expect(partialSuccess.errorMessage).toContain('an attribute without a key: name it (1, first of "odd")');
  expect(partialSuccess.errorMessage).toContain('(1, first of "tokens")');
  expect(receivers.counters.rejections().map(({ metric }) => metric)).toEqual(['tokens', 'odd', 'wait', '']);
});

test('what is kept in another form than it came is a warning: nothing is rejected', async () => {
  const answer = await post(
    JSON.stringify(metricsOf({ name: 'empty' }, { name: 'x', gauge: { dataPoints: [{ timeUnixNano: '1' }] } })),
    'application/json',
  );
  const { partialSuccess } = (await answer.json()) as { partialSuccess: Record<string, string> };
  expect(partialSuccess.rejectedDataPoints).toBe('0');
  expect(partialSuccess.errorMessage).toMatch(/without data.*kept as 0/);
  expect(receivers.counters.rejected.points).toBe(0);
  expect(receivers.counters.rejections()).toMatchObject([
    { lost: false, metric: 'x' },
    { lost: false, metric: 'empty' },
  ]);
});

test('an id that is none takes its span alone, and from a log record, link, parent or exemplar the id alone', async () => {
  const ids = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' };
  const told = async (signal: Signal, request: object) => {
    const answer = await post(JSON.stringify(request), 'application/json', signal);
    expect(answer.status).toBe(200);
    const { partialSuccess } = (await answer.json()) as { partialSuccess?: { errorMessage: string } };
    return partialSuccess?.errorMessage ?? '';
  };
  const logs = (...logRecords: object[]) => told('logs', { resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
  const spans = (...each: object[]) => told('traces', { resourceSpans: [{ scopeSpans: [{ spans: each }] }] });
  for (const traceId of ['W47/95gDgQPSabYzgT/GDA==', ids.spanId, 'x', 7]) {
    expect(await logs(ids, { ...ids, traceId }, {})).toMatch(/^an id of a log record.* is left out: send 16 bytes/);
    expect(await spans(ids, { ...ids, traceId })).toMatch(/^1 of 2 rejected: trace id must be 16 bytes.*not base64/);
    expect(await spans({ ...ids, links: [{ ...ids, traceId }] })).toContain('is left out');
  }
  expect(await logs({ ...ids, spanId: `${ids.spanId}00` })).toContain('is left out');
  expect(await spans({ ...ids, parentSpanId: ids.traceId })).toContain('is left out');
  const exemplars = [{ ...ids, spanId: 'no', asInt: 1 }];
  const dataPoints = [{ ...point, exemplars }];
  const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints };
  expect(await told('metrics', metricsOf({ name: 'x', sum }))).toContain('is left out');
  const zero = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), parentSpanId: '' };
  expect(await logs(ids, {}, zero, { traceId: '', spanId: null })).toBe('');
  expect(await spans({ ...ids, parentSpanId: zero.spanId, links: [ids] })).toBe('');
  expect(receivers.counters.rejected).toMatchObject({ spans: 4, logs: 0, points: 0 });
});

test('a request of nothing but good points is answered with nothing', async () => {
  const answer = await post(
    JSON.stringify(metricsOf({ name: 'x', gauge: { dataPoints: [point] } })),
    'application/json',
  );
  expect(await answer.text()).toBe('{}');
});

test('twenty reasons are remembered, each with its count', () => {
  const { counters } = receivers;
  for (let i = 0; i < 30; i++) {
    const valid = validateRequest(
      'metrics',
      encodeOtlpJson('metrics', metricsOf({ name: `m${i % 25}`, sum: { dataPoints: [point] } })),
    );
    if (typeof valid !== 'string') counters.request('metrics', 1, valid.items, valid.rejected, valid.rejections);
  }
  const rejections = counters.rejections();
  expect(rejections).toHaveLength(20);
  expect(rejections[0]).toMatchObject({ metric: 'm4', count: 1 });
  expect(rejections.map(({ metric }) => metric)).not.toContain('m5');
});
