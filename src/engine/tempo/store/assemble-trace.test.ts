import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../create-tempo-api';

const T0 = 1_795_000_000_000;
const RECEIVED = T0 + 9_000;
let store: TestStore;
let app: ReturnType<typeof createTempoApi>['app'];
let next = 1;

beforeAll(async () => {
  store = await openTestStore(() => RECEIVED);
  app = createTempoApi(store.reader, () => RECEIVED).app;
});
afterAll(() => store.close());

const nanos = (ms: number) => `${T0 + ms}000000`;

/** A trace of POST /chat (1.5 s) and a span below it with these times, searched for by the name of the first. */
async function search(start: string, end: string) {
  const traceId = (next++).toString(16).padStart(32, 'a');
  const span = (spanId: string, name: string, from: string, to: string, parentSpanId = '') => ({
    ...{ traceId, spanId, parentSpanId, name, kind: 2, startTimeUnixNano: from, endTimeUnixNano: to },
  });
  await store.ingestJson('traces', {
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              span('00000000000000a1', `POST /chat ${traceId}`, nanos(0), nanos(1500)),
              span('00000000000000a2', 'call', start, end, '00000000000000a1'),
            ],
          },
        ],
      },
    ],
  });
  const ask = async (path: string) => (await app.request(path)).json();
  const query = encodeURIComponent(`{ name = "POST /chat ${traceId}" }`);
  const found = (await ask(`/api/search?q=${query}&start=${T0 / 1000 - 60}&end=${T0 / 1000 + 60}`)) as {
    traces: { startTimeUnixNano: string; durationMs: number; rootTraceName: string }[];
  };
  const whole = (await ask(`/api/v2/traces/${traceId}`)) as {
    trace: { resourceSpans: { scopeSpans: { spans: Record<string, string>[] }[] }[] };
  };
  const spans = whole.trace.resourceSpans[0]!.scopeSpans[0]!.spans;
  const told = spans.find(({ name }) => name === 'call')!;
  const [trace] = found.traces;
  return {
    start: Number(BigInt(trace?.startTimeUnixNano ?? 0) / 1_000_000n) - T0,
    lasts: trace?.durationMs,
    root: trace?.rootTraceName.slice(0, 10),
    sent: [told.startTimeUnixNano ?? '0', told.endTimeUnixNano ?? '0'],
  };
}

describe('a trace is found, and keeps its start and its length, with a span', () => {
  test.each([
    ['without a start', '0', nanos(1400)],
    ['without an end', nanos(100), '0'],
    ['without times', '0', '0'],
    ['that ends before it starts', nanos(900), nanos(100)],
    ['in microseconds', `${T0 + 100}000`, `${T0 + 200}000`],
    ['in milliseconds', String(T0 + 100), String(T0 + 200)],
    ['counted since the boot', '30000000000', '31000000000'],
    ['of 2554', '18446744073709551000', '18446744073709551615'],
    ['that ends in 2554', nanos(100), '18446744073709551615'],
    ['of last month', nanos(-30 * 86_400_000), nanos(-30 * 86_400_000 + 5)],
    ['of 2016', '1451606400000000000', '1451606401000000000'],
  ])('%s, which is told as it was sent', async (_, start, end) => {
    expect(await search(start, end)).toEqual({ start: 0, lasts: 1500, root: 'POST /chat', sent: [start, end] });
  });
});

test('a span that is not finished, or started before the others, stretches its trace as far as it is known', async () => {
  expect(await search(nanos(-500), '0')).toMatchObject({ start: -500, lasts: 2000 });
  expect(await search('0', nanos(2000))).toMatchObject({ start: 0, lasts: 2000 });
});
