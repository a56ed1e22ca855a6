import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLokiApi } from '../loki/create-loki-api';
import { createPrometheusApi } from '../prometheus/create-prometheus-api';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { createTempoApi } from '../tempo/create-tempo-api';

const nowMs = 1_760_000_000_000;
const ns = (ms: number) => String(BigInt(nowMs + ms) * 1_000_000n);
const RUNS = ['aaaaaaaa', 'bbbbbbbb'];
let store: TestStore;

/** Two runs of one service at the same time: only the run's id tells them apart. */
beforeAll(async () => {
  store = await openTestStore(() => nowMs);
  for (const [index, run] of RUNS.entries()) {
    const attributes = [
      { key: 'service.name', value: { stringValue: 'shop' } },
      { key: 'watchtower.run.id', value: { stringValue: run } },
    ];
    const times = { startTimeUnixNano: ns(-1000), endTimeUnixNano: ns(-900) };
    const span = { traceId: `${index + 1}`.repeat(32), spanId: '1'.repeat(16), name: 'GET /', ...times };
    await store.ingestJson('traces', {
      resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }],
    });
    const logRecords = [{ timeUnixNano: ns(-900), body: { stringValue: `line of ${run}` } }];
    await store.ingestJson('logs', { resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords }] }] });
    const dataPoints = [{ asInt: String(10 + index), timeUnixNano: ns(-900) }];
    const metrics = [{ name: 'orders', gauge: { dataPoints } }];
    await store.ingestJson('metrics', { resourceMetrics: [{ resource: { attributes }, scopeMetrics: [{ metrics }] }] });
  }
});
afterAll(() => store.close());

// biome-ignore lint/suspicious/noExplicitAny: the answers of three APIs, as their clients read them.
async function ask(app: { request(path: string): Response | Promise<Response> }, path: string): Promise<any> {
  return (await app.request(path)).json();
}

it.each(RUNS)('the telemetry of run %s alone is selected by its id on all three APIs', async (run) => {
  const index = RUNS.indexOf(run);
  const encode = encodeURIComponent;
  const tempo = createTempoApi(store.reader, () => nowMs).app;
  const found = await ask(tempo, `/api/search?q=${encode(`{ resource.watchtower.run.id = "${run}" }`)}`);
  expect(found.traces.map(({ traceID }: { traceID: string }) => traceID)).toEqual([`${index + 1}`.repeat(32)]);

  const loki = createLokiApi(store.reader, () => nowMs).app;
  const selection = encode(`{service_name="shop"} | watchtower_run_id="${run}"`);
  const lines = await ask(loki, `/loki/api/v1/query_range?query=${selection}`);
  const texts = lines.data.result.flatMap(({ values }: { values: [string, string][] }) =>
    values.map(([, line]) => line),
  );
  expect(texts).toEqual([`line of ${run}`]);

  const prometheus = createPrometheusApi(store.reader, () => nowMs).app;
  const { data } = await ask(prometheus, `/api/v1/query?query=${encode(`orders{watchtower_run_id="${run}"}`)}`);
  expect(data.result.map(({ value }: { value: [number, string] }) => value[1])).toEqual([String(10 + index)]);
});
