import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linesToCount } from '../shared/log-query/lines-to-count';
import { narrowLogQuery } from '../shared/log-query/narrow-log-query';
import { narrowTraceQuery } from '../shared/trace-query/narrow-trace-query';
import { excludeCondition, traceCondition, traceField } from '../shared/trace-query/trace-condition';
import { openTestLogs, testStartNs } from './loki/test-logs';
import { openTestStore, type TestStore } from './store/open-test-store';
import { createTempoApi } from './tempo/create-tempo-api';
import { type TestSpan, testTraces } from './tempo/test-telemetry';

// What the panel writes for "without this value" loses nothing that has no value at all.

const base = 1_760_000_000_000;

describe('spans without a value', () => {
  let store: TestStore;
  let search: (query: string) => Promise<string[]>;
  const span = (at: number, attributes: TestSpan['attributes'], service = 'shop'): TestSpan => ({
    ...{
      id: `a00000000000000${at}`,
      trace: `a000000000000000000000000000000${at}`,
      service,
      name: `s${at}`,
      at,
      lasts: 5,
    },
    ...(attributes && { attributes }),
  });

  beforeAll(async () => {
    store = await openTestStore(() => base + 30_000);
    const spans = [
      span(1, { zone: 'eu', n: 1, on: true, 'a b': 'x' }),
      span(2, { zone: 'us', n: 2, on: false, 'a b': 'y' }),
      span(3, {}),
      span(4, { zone: 'quo"te = || }', n: { float: 1.5 } }, 'orders'),
    ];
    await store.ingestJson('traces', testTraces(base, spans));
    const { app } = createTempoApi(store.reader, () => base + 30_000);
    search = async (query) => {
      const window = `start=${base / 1000 - 60}&end=${base / 1000 + 60}`;
      const answer = await app.request(`/api/search?q=${encodeURIComponent(query)}&${window}`);
      const text = await answer.text();
      if (answer.status !== 200) return [text];
      const { traces } = JSON.parse(text) as { traces: { rootTraceName: string }[] };
      return traces.map(({ rootTraceName }) => rootTraceName).sort();
    };
  });
  afterAll(() => store.close());

  test.each<[string, string | number | boolean | null, string[]]>([
    ['span.zone', 'eu', ['s2', 's3', 's4']],
    ['span.zone', 'quo"te = || }', ['s1', 's2', 's3']],
    ['span.n', 1, ['s2', 's3', 's4']],
    ['span.n', 1.5, ['s1', 's2', 's3']],
    ['span.on', true, ['s2', 's3', 's4']],
    [traceField('span', 'a b'), 'x', ['s2', 's3', 's4']],
    ['span.zone', null, ['s1', 's2', 's4']],
    ['.zone', 'eu', ['s2', 's3', 's4']],
    ['resource.region', 'us', ['s1', 's2', 's3']],
    ['resource.service.name', 'orders', ['s1', 's2', 's3']],
    ['name', 's3', ['s1', 's2', 's4']],
    ['kind', 'client', ['s1', 's2', 's3', 's4']],
  ])('of %s = %j are all others', async (field, value, found) => {
    const condition = traceCondition(field, value)!;
    expect(await search(`{ ${excludeCondition(condition)} }`)).toEqual(found);
    expect(await search(narrowTraceQuery('{ duration > 1ms || name = "x" }', excludeCondition(condition)))).toEqual(
      found,
    );
  });
});

describe('lines without a value', () => {
  const all = '{service_name=~".+"}';
  let logs: Awaited<ReturnType<typeof openTestLogs>>;
  beforeAll(async () => {
    logs = await openTestLogs([
      { line: '{"user":"ann"}', attributes: { zone: 'eu' } },
      { line: '{"user":"bob"}', attributes: { zone: 'us' } },
      { line: 'plain text, no fields' },
      { line: 'user=ann took=5', service: 'web' },
    ]);
  });
  afterAll(() => logs.close());
  const window = { start: String(testStartNs), end: String(testStartNs + 60_000_000_000n) };

  test.each<[string, 'metadata' | 'json' | 'logfmt' | 'label', string, number]>([
    ['zone', 'metadata', 'eu', 3],
    ['user', 'json', 'ann', 3],
    ['user', 'logfmt', 'ann', 3],
    ['service_name', 'label', 'web', 3],
  ])('of the field %s (%s) are all others, and are counted as they are shown', async (name, kind, value, found) => {
    const query = narrowLogQuery(all, name, value, { operator: '!=', kind });
    const lines = (await logs.get('query_range', { query, ...window })).json().data.result as { values: unknown[] }[];
    expect(lines.reduce((sum, { values }) => sum + values.length, 0)).toBe(found);
    const counted = await logs.get('query', {
      query: `sum(count_over_time(${linesToCount(query)} [2m]))`,
      time: window.end,
    });
    expect(counted.status, counted.text).toBe(200);
    expect(counted.json().data.result[0].value[1]).toBe(String(found));
  });
});
