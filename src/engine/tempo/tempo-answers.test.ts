import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { createTempoApi } from './create-tempo-api';
import { base, E, G, id, oddSpans } from './test-odd-spans';
import { testTraces } from './test-telemetry';

// What Tempo (main after 3.0.3) answers for the same spans, where it is not said otherwise.
const range = `start=${base / 1000 - 60}&end=${base / 1000 + 60}`;

let store: TestStore;
let get: (path: string) => Promise<Response>;

beforeAll(async () => {
  const now = () => base + 60_000;
  store = await openTestStore(now);
  await store.ingestJson('traces', testTraces(base, oddSpans));
  await store.ingestJson('traces', {
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: '0d000000000000000000000000000009',
                spanId: id('d', 1),
                name: 'nobody',
                startTimeUnixNano: `${base + 2000}000000`,
                endTimeUnixNano: `${base + 2001}000000`,
              },
            ],
          },
        ],
      },
    ],
  });
  const { app } = createTempoApi(store.reader, now);
  get = async (path) => app.request(path);
});
afterAll(() => store.close());

interface Shown {
  name?: string;
  spanID: string;
  attributes?: { key: string; value: Record<string, unknown> }[];
}

async function search(query: string, within = range): Promise<{ traceID: string; spanSets: { spans: Shown[] }[] }[]> {
  const response = await get(`/api/search?q=${encodeURIComponent(query)}&${within}&spss=50`);
  if (response.status !== 200) throw new Error(await response.text());
  return ((await response.json()) as { traces: { traceID: string; spanSets: { spans: Shown[] }[] }[] }).traces;
}

async function shown(query: string, within = range): Promise<Shown[]> {
  return (await search(query, within)).flatMap(({ spanSets }) => spanSets.flatMap((set) => set.spans));
}

async function names(filter: string): Promise<string[]> {
  return (await shown(`{ ${filter} } | select(name)`)).map(({ name }) => name!).sort();
}

async function attributes(query: string): Promise<Record<string, unknown>[]> {
  return (await shown(query)).map((span) =>
    Object.fromEntries((span.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]])),
  );
}

describe('conditions on events and links hold on one of them', () => {
  test.each([
    ['event:name = "retry" && event.x = 2', ['both on one']],
    ['event.x = 2 && event:name = "retry"', ['both on one']],
    ['event:name = "retry" && event.x = 1', ['on two']],
    ['event:name = "retry" && (event.x = 1 || event.y = 7)', ['both on one', 'on two']],
    ['event:name = "retry" && !(event.x = 1)', ['both on one']],
    ['event:name = "retry" && event.y = nil', ['on two']],
    ['event:name = "retry" && duration > 50ms && event.x = 2', ['both on one']],
    ['event.y > event.x', ['both on one']],
    ['event.y + event.x = 9', ['both on one']],
    ['event.y + event.x = 8', []],
    ['event:name = "retry" || event.x = 1', ['both on one', 'on two']],
    ['link:traceID = "abc000000000007" && link.why = "first"', ['both on one']],
    ['link.why = "first" && link:spanID = "0000000000000002"', ['on two']],
    ['event:name = "retry" && link.why = "first"', ['both on one', 'on two']],
    ['!(event:name = "retry")', ['early', 'late', 'names', 'no parts', 'nobody', 'orphan', 'root', 'true']],
  ])('%s', async (filter, expected) => expect(await names(filter)).toEqual(expected));

  test('and that one is shown', async () => {
    expect(await attributes('{ event:name = "retry" && event.x > 0 }')).toEqual([
      { 'event:name': 'retry', x: '2' },
      { 'event:name': 'retry', x: '1' },
    ]);
    expect(await attributes('{ event.x = 2 } | select(event:name)')).toEqual([
      { 'event:name': 'retry', x: '2' },
      { 'event:name': 'other', x: '2' },
    ]);
    expect(await attributes('{ link.why = "second" } | select(link:traceID)')).toEqual([
      { 'link:traceID': 'f000000000000000000000000000006', why: 'second' },
      { 'link:traceID': 'abc000000000007', why: 'second' },
    ]);
  });

  test('also in metrics', async () => {
    const count = async (filter: string) => {
      const query = encodeURIComponent(`{ ${filter} } | count_over_time()`);
      const { series } = (await (await get(`/api/metrics/query?q=${query}&${range}`)).json()) as {
        series: { value?: number }[];
      };
      return series[0]?.value ?? 0;
    };
    expect(await count('event:name = "retry" && event.x = 2')).toBe(1);
    expect(await count('event:name = "retry"')).toBe(2);
  });
});

describe('the opposite of', () => {
  test.each([
    ['!span.flag', ['names']],
    ['!span.text', []],
    ['!span.missing', []],
    ['!!span.flag', ['true']],
    ['!(span.flag = true)', expect.arrayContaining(['names', 'root'])],
    ['span.flag', ['true']],
  ])('%s', async (filter, expected) => expect(await names(filter)).toEqual(expected));
});

describe('the place of a span in its tree', () => {
  test('is its interval of a nested set, of spans joined to a root', async () => {
    const of = async (name: string) =>
      (await attributes(`{ name = "${name}" } | select(nestedSetLeft, nestedSetRight, nestedSetParent)`))[0];
    const interval = (left: number, right: number, parent: number) => ({
      nestedSetLeft: String(left),
      nestedSetRight: String(right),
      nestedSetParent: String(parent),
    });
    expect(await of('both on one')).toEqual(interval(1, 6, -1));
    expect(await of('on two')).toEqual(interval(2, 5, 1));
    expect(await of('no parts')).toEqual(interval(3, 4, 2));
    expect(await of('orphan')).toEqual(interval(0, 0, 0));
  });

  test.each([
    ['nestedSetParent < 0', ['both on one', 'names', 'nobody', 'root']],
    ['nestedSetParent = 2', ['no parts']],
    ['nestedSetLeft = 0', ['orphan']],
  ])('is found by %s', async (filter, expected) => expect(await names(filter)).toEqual(expected));

  test('has sixteen zeros for the parent of a root', async () => {
    expect(await attributes('{ name = "root" } | select(span:parentID)')).toEqual([
      { 'span:parentID': '0000000000000000' },
    ]);
    expect(await attributes('{ name = "late" } | select(span:parentID)')).toEqual([{ 'span:parentID': id('7', 1) }]);
  });
});

describe('a trace that overlaps the range is found by spans', () => {
  const within = (from: number, to: number) => `start=${base / 1000 + from}&end=${base / 1000 + to}`;
  test.each([
    ['after its end', '{ status = error }', within(19, 25), ['late']],
    ['before its start', '{ status = ok }', within(30, 38), ['early']],
    ['of which none lies in it', '{ name = "early" } && { name = "late" }', within(30, 38), ['early', 'late']],
    ['but not one that ends before', '{ status = error }', within(50, 60), []],
    ['nor one that begins after', '{ status = ok }', within(10, 19), []],
  ])('%s', async (_, query, range, expected) => {
    const found = await shown(`${query} | select(name)`, range);
    expect(found.map(({ name }) => name).sort()).toEqual(expected);
  });
});

describe('a search shows', () => {
  test('attributes that are named as intrinsics', async () => {
    expect(await attributes('{ span.name = "own name" && span.duration != nil }')).toEqual([
      { name: 'own name', duration: 'own duration' },
    ]);
  });

  test('an attribute once that the query names twice', async () => {
    const [span] = await shown('{ resource.service.name = "long" && .service.name = "long" && name = "root" }');
    expect(span!.attributes).toEqual([{ key: 'service.name', value: { stringValue: 'long' } }]);
  });
});

test('a span whose resource names no service is of unknown_service wherever a service is told', async () => {
  expect(await names('resource.service.name = "unknown_service"')).toEqual(['nobody']);
  expect(await names('rootServiceName = "unknown_service"')).toEqual(['nobody']);
  expect(await search('{ name = "nobody" }')).toEqual([
    expect.objectContaining({ rootServiceName: 'unknown_service' }),
  ]);
  const values = await (await get('/api/v2/search/tag/resource.service.name/values')).json();
  expect(values).toMatchObject({
    tagValues: expect.arrayContaining([{ type: 'string', value: 'unknown_service' }]) as object[],
  });
});

describe('names of attributes', () => {
  test.each([
    'span.resource.id = "/sub/1"',
    '.resource.id = "/sub/1"',
    'span.span.kind = "x"',
    'span.event.name = "e"',
    '.link.x = "l"',
    'span.instrumentation.x = "i"',
    'span.parent.id = "p"',
    'span.with" "space = "v"',
    'span."with space" = "v"',
    '.within = "w"',
    'span.город = "Омск"',
    'span."город" = "Омск"',
    '.名前 = "n"',
  ])('%s', async (filter) => expect(await names(filter)).toEqual(['names']));
});

describe('a search by tags', () => {
  test.each([
    ['http.method=GE', 1],
    ['http.method=ge', 0],
    ['http.flavor=1', 0],
    ['http.flavor=1.1', 1],
    ['service.name=name', 1],
    ['root.name=oo', 1],
    ['name=.a', 0],
  ])('%s', async (tags, count) => {
    const response = await get(`/api/search?tags=${encodeURIComponent(tags)}&${range}`);
    expect(((await response.json()) as { traces: object[] }).traces).toHaveLength(count);
  });
});

describe('tags', () => {
  test('are those of the spans that match, as many as asked for', async () => {
    const q = encodeURIComponent('{ resource.service.name = "parts" }');
    const { scopes } = (await (await get(`/api/v2/search/tags?q=${q}`)).json()) as {
      scopes: { name: string; tags: string[] }[];
    };
    const byName = Object.fromEntries(scopes.map(({ name, tags }) => [name, tags]));
    expect(byName).toMatchObject({ event: ['x', 'y'], link: ['why'], resource: ['service.name'] });
    expect(byName.span).toBeUndefined();
    const limited = (await (await get('/api/v2/search/tags?scope=span&limit=2')).json()) as {
      scopes: { tags: string[] }[];
    };
    expect(limited.scopes[0]?.tags).toHaveLength(2);
  });

  test('have values of the spans that match, as many as asked for', async () => {
    const q = encodeURIComponent('{ name = "on two" }');
    const of = async (path: string) =>
      ((await (await get(path)).json()) as { tagValues: { value: string }[] }).tagValues.map(({ value }) => value);
    expect(await of(`/api/v2/search/tag/event.x/values?q=${q}`)).toEqual(['1', '2']);
    expect(await of(`/api/v2/search/tag/event:name/values?q=${q}`)).toEqual(['other', 'retry']);
    expect(await of(`/api/v2/search/tag/instrumentation:name/values?q=${q}`)).toEqual(['lib-parts']);
    expect(await of('/api/v2/search/tag/name/values?limit=3')).toHaveLength(3);
    const bare = await (await get('/api/search/tag/name/values?limit=3')).json();
    expect((bare as { tagValues: string[] }).tagValues).toHaveLength(3);
  });

  test.each(['/api/v2/search/tags?limit=x', '/api/v2/search/tag/name/values?limit=-1', '/api/search/tags?limit=1.5'])(
    'have no limit such as in %s',
    async (path) => {
      const response = await get(path);
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('invalid limit')]);
    },
  );
});

describe('a trace by its id', () => {
  const spansOf = async (path: string): Promise<string[]> => {
    const body = (await (await get(path)).json()) as {
      trace: { resourceSpans?: { scopeSpans: { spans: { name: string }[] }[] }[] };
    };
    const groups = body.trace.resourceSpans ?? [];
    return groups.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name))).sort();
  };
  const q = (filter: string) => `q=${encodeURIComponent(filter)}`;

  test.each([
    ['', ['both on one', 'no parts', 'on two']],
    [q('{ name = "on two" }'), ['on two']],
    [`${q('{ name = "on two" }')}&keep_hierarchy=true`, ['both on one', 'on two']],
    [`${q('{ name = "on two" }')}&match_depth=-1`, ['no parts', 'on two']],
    [`${q('{ name = "no parts" }')}&keep_hierarchy=true&ancestor_depth=1`, ['no parts', 'on two']],
    [`${q('{ name = "both on one" }')}&match_depth=1`, ['both on one', 'on two']],
    [q('{ event:name = "retry" && event.x = 2 }'), ['both on one']],
    [q('{ name = "none" }'), []],
  ])('shows the spans that are asked for: %s', async (parameters, expected) => {
    expect(await spansOf(`/api/v2/traces/${E}?${parameters}`)).toEqual(expected);
  });

  test.each([
    [q('{} | count() > 1'), 'q must be a single spanset filter'],
    [q('{ .a = '), 'parse error'],
    [`${q('{}')}&match_depth=-2`, 'must be >= -1'],
    [`${q('{}')}&keep_hierarchy=maybe`, 'neither true nor false'],
  ])('refuses %s', async (parameters, message) => {
    const response = await get(`/api/v2/traces/${E}?${parameters}`);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(message)]);
  });

  test('is found by the id that a search shows', async () => {
    const [found] = await search('{ name = "late" }');
    expect(found!.traceID).toBe('abc000000000007');
    expect(await spansOf(`/api/v2/traces/${found!.traceID}`)).toEqual(['early', 'late', 'root']);
    expect(await names('trace:id = "abc000000000007" && name = "late"')).toEqual(['late']);
    expect(await names('trace:id =~ "abc0.*" && name = "late"')).toEqual(['late']);
    expect(await names('trace:id =~ "bc00.*" && name = "late"')).toEqual([]);
    expect(await names(`trace:id = "${G}" && name = "late"`)).toEqual(['late']);
  });
});
