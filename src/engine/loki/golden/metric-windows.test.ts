import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createLokiApi } from '../create-loki-api';
import { keyValues } from '../test-logs';

/**
 * `metric-windows.jsonl`: lines that were sent over OTLP to a Loki of September 2026 with the stack's configuration, some of
 * them twice, and what it answered to generated queries with free starts, odd steps, offsets and instants.
 */
interface SentLine {
  readonly line: string;
  readonly timeNs: string;
  readonly resource: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly severity?: number;
}
/** Labels, and samples as `time value` joined by commas. */
type Answer = [Readonly<Record<string, string>>, string][];
interface AskedQuery {
  readonly path: 'query' | 'query_range';
  readonly parameters: Readonly<Record<string, string>>;
  readonly matrix?: Answer;
  readonly vector?: Answer;
}

const records = readFileSync(new URL('metric-windows.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((text) => JSON.parse(text) as SentLine | AskedQuery);
const sent = records.filter((record) => 'line' in record);
const asked = records.filter((record) => 'path' in record);

let store: TestStore;
let app: ReturnType<typeof createLokiApi>['app'];
beforeAll(async () => {
  const now = () => Number(BigInt(sent[0]!.timeNs) / 1_000_000n) + 3_600_000;
  store = await openTestStore(now);
  await store.ingestJson('logs', { resourceLogs: sent.map(resourceLogs) });
  app = createLokiApi(store.reader, now).app;
});
afterAll(() => store.close());

function resourceLogs({ line, timeNs, resource, attributes, severity }: SentLine): object {
  const record = {
    timeUnixNano: timeNs,
    body: { stringValue: line },
    attributes: keyValues(attributes ?? {}),
    severityNumber: severity ?? 0,
  };
  return { resource: { attributes: keyValues(resource) }, scopeLogs: [{ logRecords: [record] }] };
}

// Sums of floats in another order differ in their last digits.
const round = (value: string) => (Number.isFinite(Number(value)) ? Number(Number(value).toPrecision(12)) : value);

function sorted(answer: Answer): unknown[] {
  return answer
    .map(([labels, samples]) => ({
      labels: JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))),
      samples: samples.split(',').map((sample) => sample.split(' ').map(round)),
    }))
    .sort((a, b) => (a.labels < b.labels ? -1 : 1));
}

test('there are lines, and at least 300 queries', () => {
  expect(sent.length).toBeGreaterThan(300);
  expect(asked.length).toBeGreaterThanOrEqual(300);
});

test.each(asked.map((query) => [JSON.stringify(query.parameters), query] as const))(
  'Loki answers the same to %s',
  async (_, { path, parameters, matrix, vector }) => {
    const response = await app.request(`/loki/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const { resultType, result } = ((await response.json()) as { data: { resultType: string; result: Sample[] } }).data;
    const answer = result.map(({ metric, values, value }): Answer[number] => [
      metric,
      (values ?? [value!]).map((sample) => sample.join(' ')).join(','),
    ]);
    expect(resultType).toBe(matrix ? 'matrix' : 'vector');
    expect(sorted(answer)).toEqual(sorted(matrix ?? vector!));
  },
);

interface Sample {
  readonly metric: Record<string, string>;
  readonly values?: [number, string][];
  readonly value?: [number, string];
}
