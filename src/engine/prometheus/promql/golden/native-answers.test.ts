import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../../../store/open-test-store';
import { createPrometheusApi } from '../../create-prometheus-api';
import answers from './native-answers.json';
import { NATIVE_QUERIES, nativeMetrics, T } from './native-metrics';

interface Recorded {
  readonly result: readonly { readonly metric: object; readonly sample: unknown }[];
  readonly notes: readonly string[];
}

/** What Prometheus 3.14 answered, with the stack's flags, to the same request and queries; results sorted by their labels. */
const recorded = answers as unknown as Readonly<Record<string, Recorded>>;

let store: TestStore;

beforeAll(async () => {
  store = await openTestStore();
  await store.ingestJson('metrics', nativeMetrics());
});

afterAll(() => store.close());

/** Numbers to twelve digits: Prometheus' table of bounds is off in the last ones. */
function rounded(value: unknown): unknown {
  if (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))) {
    return Number(Number(value).toPrecision(12));
  }
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
}

it.each(NATIVE_QUERIES)('answers %s as Prometheus does', async (query) => {
  const { app } = createPrometheusApi(store.reader);
  const response = await app.request(`/api/v1/query?${new URLSearchParams({ query, time: String(T + 210) })}`);
  const {
    data,
    warnings = [],
    infos = [],
  } = (await response.json()) as {
    data: { result: { metric: object; value?: unknown[]; histogram?: unknown[] }[] };
    warnings?: string[];
    infos?: string[];
  };
  const keyOf = ({ metric }: { metric: object }) => JSON.stringify(metric);
  const result = data.result
    .map(({ metric, value, histogram }) => ({ metric, sample: rounded((value ?? histogram)![1]) }))
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  const expected = recorded[query]!.result.map(({ metric, sample }) => ({ metric, sample: rounded(sample) }));
  expect({ result, notes: [...warnings, ...infos] }).toEqual({ result: expected, notes: recorded[query]!.notes });
});
