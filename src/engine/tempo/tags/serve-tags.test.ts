import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../create-tempo-api';

const BASE_S = 1_760_000_000;
let store: TestStore;
let ask: (path: string) => Promise<Response>;

function span(index: number, atS: number, attributes: Record<string, string>) {
  return {
    traceId: String(index).padStart(32, '1'),
    spanId: String(index).padStart(16, '1'),
    name: `op-${index}`,
    startTimeUnixNano: `${BASE_S + atS}000000000`,
    endTimeUnixNano: `${BASE_S + atS + 10}000000000`,
    attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  };
}

function resourceSpans(service: string, spans: object[]) {
  return {
    resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
    scopeSpans: [{ spans }],
  };
}

beforeAll(async () => {
  const now = () => (BASE_S + 1000) * 1000;
  store = await openTestStore(now);
  await store.ingestJson('traces', {
    resourceSpans: [
      resourceSpans('early', [span(1, 0, { 'only.early': 'x', user: 'ann' })]),
      resourceSpans('late', [span(2, 500, { 'only.late': 'x', user: 'bob' })]),
      resourceSpans('late', [span(3, 510, { body: 'short' }), span(4, 511, { body: 'y'.repeat(5000) })]),
      resourceSpans('late', [span(5, 512, { body: 'z'.repeat(5000) }), span(6, 513, { body: 'z'.repeat(5000) })]),
    ],
  });
  const { app } = createTempoApi(store.reader, now);
  ask = async (path) => app.request(path);
});
afterAll(() => store.close());

const early = `start=${BASE_S - 5}&end=${BASE_S + 20}`;
const late = `start=${BASE_S + 400}&end=${BASE_S + 600}`;

async function valuesOf(tag: string, parameters: string): Promise<string[]> {
  const { tagValues } = (await (await ask(`/api/v2/search/tag/${tag}/values?${parameters}`)).json()) as {
    tagValues: { value: string }[];
  };
  return tagValues.map(({ value }) => value);
}

async function namesOf(parameters: string): Promise<string[]> {
  return ((await (await ask(`/api/search/tags?${parameters}`)).json()) as { tagNames: string[] }).tagNames;
}

describe('tags of a range', () => {
  it('have the values that its spans have', async () => {
    expect(await valuesOf('span.user', early)).toEqual(['ann']);
    expect(await valuesOf('span.user', late)).toEqual(['bob']);
    expect(await valuesOf('span.user', '')).toEqual(['ann', 'bob']);
    expect(await valuesOf('resource.service.name', early)).toEqual(['early']);
    expect(await valuesOf('name', late)).toEqual(['op-2', 'op-3', 'op-4', 'op-5', 'op-6']);
    expect(await valuesOf('span.user', `${late}&q=${encodeURIComponent('{ .user = "ann" }')}`)).toEqual([]);
  });

  it('are those that its spans have', async () => {
    expect(await namesOf(early)).toEqual(['only.early', 'service.name', 'user']);
    expect(await namesOf(late)).toEqual(['body', 'only.late', 'service.name', 'user']);
  });

  it('count a span that began before and reaches into it', async () => {
    expect(await valuesOf('span.user', `start=${BASE_S + 5}&end=${BASE_S + 20}`)).toEqual(['ann']);
    expect(await valuesOf('span.user', `start=${BASE_S + 11}&end=${BASE_S + 20}`)).toEqual([]);
  });

  it.each([
    ['start=1', 'only one of start and end provided: must provide both or neither'],
    ['start=5&end=4', 'http parameter start must be before end. received start=5 end=4'],
    ['start=x&end=4', 'invalid start: strconv.ParseUint: parsing "x": invalid syntax'],
  ])('are refused for %s', async (parameters, message) => {
    for (const path of ['/api/search/tags', '/api/v2/search/tags', '/api/v2/search/tag/span.user/values']) {
      const answer = await ask(`${path}?${parameters}`);
      expect([answer.status, await answer.text()]).toEqual([400, message]);
    }
  });
});

it('values that are too long for a list are counted, each once', async () => {
  const answer = await ask('/api/v2/search/tag/span.body/values');
  expect(((await answer.json()) as { tagValues: object[] }).tagValues).toEqual([{ type: 'string', value: 'short' }]);
  expect(answer.headers.get('x-watchtower-left-out')).toBe('2');
  expect((await ask('/api/v2/search/tag/span.user/values')).headers.has('x-watchtower-left-out')).toBe(false);
});
