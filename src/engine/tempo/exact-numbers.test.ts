import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { createTempoApi } from './create-tempo-api';
import { type TestSpan, testTraces } from './test-telemetry';

const base = 1_760_000_000_000;
const range = `start=${base / 1000 - 60}&end=${base / 1000 + 60}`;
const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);
const PAST = 2n ** 53n + 1n;
let store: TestStore;
let get: (path: string) => Promise<Response>;

/** Spans of one trace, each with one value of `n`. */
const values: readonly (readonly [string, unknown])[] = [
  ['past', PAST],
  ['even', PAST - 1n],
  ['max', MAX],
  ['before max', MAX - 1n],
  ['min', MIN],
  ['after min', MIN + 1n],
  ['small', 5],
  ['half', { float: 5.5 }],
  ['same double', { float: 2 ** 53 }],
  ['huge', { float: 1e300 }],
  ['infinite', { float: Number.POSITIVE_INFINITY }],
  ['none', { float: Number.NaN }],
];

beforeAll(async () => {
  store = await openTestStore(() => base + 30_000);
  const spans: TestSpan[] = values.map(([name, n], i) => ({
    id: `00000000000000${(16 + i).toString(16)}`,
    trace: 'ee000000000000000000000000000001',
    ...(i > 0 ? { parent: '0000000000000010' } : {}),
    service: 'numbers',
    name,
    at: i,
    lasts: 1,
    attributes: { n },
  }));
  const lists: TestSpan[] = [
    {
      id: '00000000000000f0',
      trace: 'ee000000000000000000000000000002',
      service: 'lists',
      name: 'list',
      at: 100,
      lasts: 1,
      attributes: { ids: [PAST, MAX], doubles: [{ float: 2 }, { float: 0.5 }], nested: [[1, { float: 2 }], 'x'] },
    },
  ];
  await store.ingestJson('traces', encodeDoubles(testTraces(base, [...spans, ...lists])));
  const { app } = createTempoApi(store.reader, () => base + 30_000);
  get = async (path) => app.request(path);
});
afterAll(() => store.close());

/** As proto3 JSON writes doubles that JSON has no number for. */
function encodeDoubles(value: unknown): object {
  return JSON.parse(
    JSON.stringify(value, (_, each) => (typeof each === 'number' && !Number.isFinite(each) ? String(each) : each)),
  ) as object;
}

async function body<Body>(path: string): Promise<Body> {
  return (await (await get(path)).json()) as Body;
}

interface Search {
  traces: {
    spanSets: {
      spans: { name?: string; attributes?: { key: string; value: Record<string, unknown> }[] }[];
      attributes?: { key: string; value: Record<string, unknown> }[];
    }[];
  }[];
}

async function search(query: string): Promise<Search> {
  return body<Search>(`/api/search?q=${encodeURIComponent(query)}&${range}&spss=50`);
}

async function namesOf(filter: string): Promise<string[]> {
  const { traces } = await search(`{ ${filter} } | select(name)`);
  return traces.flatMap(({ spanSets }) => spanSets.flatMap(({ spans }) => spans.map(({ name }) => name!))).sort();
}

// Both ways of answering: by SQL alone, and on the loaded trace (which an expression that SQL cannot say needs).
describe.each([
  ['in SQL', (text: string) => text],
  ['on the loaded span', (text: string) => `(${text}) && span.n * 0 != 1`],
])('numbers of 64 bits compare to the last digit %s', (_, wrapped) => {
  test.each([
    [`span.n = ${PAST}`, ['past']],
    [`span.n = ${PAST - 1n}`, ['even', 'same double']],
    [`span.n = ${MAX}`, ['max']],
    [`span.n = ${MAX - 1n}`, ['before max']],
    [`span.n = ${MIN}`, ['min']],
    ['span.n = minInt', ['min']],
    [`span.n < ${MIN + 1n}`, ['min']],
    [`span.n <= ${MIN + 1n}`, ['after min', 'min']],
    [`span.n > ${MAX - 1n}`, ['huge', 'infinite', 'max']],
    [`span.n > ${PAST - 1n} && span.n < ${PAST + 1n}`, ['past']],
    [`${PAST} = span.n`, ['past']],
    ['span.n = 9007199254740992.0', ['even', 'same double']],
    ['span.n > 9007199254740992.0 && span.n < 1e17', ['past']],
    ['span.n > 9223372036854775807.0', ['huge', 'infinite']],
    ['span.n = 1e300', ['huge']],
    ['span.n > 1e300', ['infinite']],
    ['span.n < -9223372036854775808.0', []],
    ['span.n > 5 && span.n < 6', ['half']],
    ['span.n >= 5 && span.n <= 5.5', ['half', 'small']],
    ['span.n < 1ms && span.n > 0', ['half', 'small']],
  ])('%s', async (filter, names) => expect(await namesOf(wrapped(filter))).toEqual(names));

  test('what is no number is not equal to one, and neither less nor greater', async () => {
    const every = values.map(([name]) => name).sort();
    expect(await namesOf(wrapped(`span.n != ${PAST}`))).toEqual(every.filter((name) => name !== 'past'));
    expect(await namesOf(wrapped('span.n > 0 || span.n <= 0'))).toEqual(every.filter((name) => name !== 'none'));
  });
});

test('an array is searched by the exact values of its elements', async () => {
  expect(await namesOf(`span.ids = ${PAST}`)).toEqual(['list']);
  expect(await namesOf(`span.ids = ${PAST - 1n}`)).toEqual([]);
});

test('an array keeps its doubles and its integers', async () => {
  const { traces } = await search('{ span.doubles != nil } | select(span.doubles, span.ids)');
  expect(traces[0]!.spanSets[0]!.spans[0]!.attributes).toEqual([
    { key: 'doubles', value: { arrayValue: { values: [{ doubleValue: 2 }, { doubleValue: 0.5 }] } } },
    { key: 'ids', value: { arrayValue: { values: [{ intValue: String(PAST) }, { intValue: String(MAX) }] } } },
  ]);
  const trace = await (await get('/api/v2/traces/ee000000000000000000000000000002')).text();
  expect(trace).toContain('{"doubleValue":2},{"doubleValue":0.5}');
  expect(await namesOf('span.doubles = 2')).toEqual(['list']);
  expect(await namesOf('span.nested = "[1,2.0]" || span.nested = "[1,2]"')).toEqual(['list']);
});

describe('a search shows', () => {
  test('integers with every digit', async () => {
    const { traces } = await search(`{ span.n = ${MAX} } | by(span.n)`);
    const [set] = traces[0]!.spanSets;
    expect(set!.spans[0]!.attributes).toEqual([{ key: 'n', value: { intValue: String(MAX) } }]);
    expect(set!.attributes).toEqual([{ key: 'by(span.n)', value: { intValue: String(MAX) } }]);
  });

  test('groups of integers that are the same double', async () => {
    const { traces } = await search(`{ span.n = ${PAST} || span.n = ${PAST - 1n} } | by(span.n)`);
    const groups = traces[0]!.spanSets.map(({ attributes }) => Object.values(attributes![0]!.value)[0]);
    expect(groups.map(String).sort()).toEqual([String(PAST - 1n), String(PAST), String(2 ** 53)].sort());
  });

  test('doubles that JSON has no number for as text', async () => {
    const { traces } = await search('{ span.n > 1e300 } | select(span.n)');
    expect(traces[0]!.spanSets[0]!.spans[0]!.attributes).toEqual([{ key: 'n', value: { doubleValue: 'Infinity' } }]);
  });

  test.each([
    ['min(span.n) < 0', { intValue: String(MIN) }],
    ['max(span.n) > 0', { doubleValue: 'Infinity' }],
  ])('%s of all', async (stage, value) => {
    const { traces } = await search(`{ span.n != nil } | ${stage}`);
    expect(traces[0]!.spanSets[0]!.attributes).toEqual([expect.objectContaining({ value })]);
  });

  test.each([
    [`span.n = ${PAST} || span.n = 5`, 'sum(span.n) > 0', { intValue: String(PAST + 5n) }],
    ['span.n = 5 || span.n = 5.5', 'sum(span.n) > 0', { doubleValue: 10.5 }],
    [`span.n >= ${MAX - 1n} && span.n <= ${MAX}`, 'sum(span.n) > 0', { doubleValue: 2 ** 64 }],
    ['span.n = 5 || span.n = 5.5', 'avg(span.n) > 0', { doubleValue: 5.25 }],
  ])('of { %s } the %s as a value of its own type', async (filter, stage, value) => {
    const { traces } = await search(`{ ${filter} } | ${stage}`);
    expect(traces[0]!.spanSets[0]!.attributes).toEqual([expect.objectContaining({ value })]);
  });
});

test('labels of metrics and values of tags have every digit', async () => {
  const query = encodeURIComponent(`{ span.n >= ${PAST} && span.n <= ${MAX} } | count_over_time() by (span.n)`);
  const { series } = await body<{ series: { labels: { value: { intValue?: string } }[] }[] }>(
    `/api/metrics/query_range?q=${query}&${range}&step=10s`,
  );
  const labels = series.map(({ labels }) => labels[0]!.value.intValue);
  expect(labels.sort()).toEqual([String(PAST), String(MAX - 1n), String(MAX)].sort());
  const { tagValues } = await body<{ tagValues: { type: string; value: string }[] }>(
    '/api/v2/search/tag/span.n/values',
  );
  expect(tagValues).toEqual(
    expect.arrayContaining([
      { type: 'int', value: String(MAX) },
      { type: 'int', value: String(MAX - 1n) },
      { type: 'int', value: String(PAST) },
    ]),
  );
});

test.each(['quantile_over_time(span.n, 0.9)', 'histogram_over_time(span.n)', 'max_over_time(span.n) by (span.n)'])(
  '%s answers with values up to 1e300 and beyond',
  async (stage) => {
    const path = `/api/metrics/query_range?q=${encodeURIComponent(`{} | ${stage}`)}&${range}&step=10s`;
    const response = await get(path);
    expect(response.status).toBe(200);
    expect((await response.json()) as object).toMatchObject({ series: expect.any(Array) });
  },
);
