import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../create-tempo-api';
import { type TestSpan, testTraces } from '../test-telemetry';

const base = 1_760_000_000_000;
let store: TestStore;
let get: (parameters: Record<string, string>) => Promise<{ status: number; text: string }>;

const hex = (value: number, digits: number) => `a${value.toString(16).padStart(digits - 1, '0')}`;

/** Trace N begins N ms after the first; each tenth is long, and each seventh has an error and a child. */
function spans(): TestSpan[] {
  return Array.from({ length: 60 }, (_, i): TestSpan[] => {
    const own = { trace: hex(i, 32), service: 'shop', at: i };
    const root: TestSpan = {
      ...own,
      ...{ id: hex(i, 16), name: `t${i}`, lasts: i % 10 === 0 ? 1000 - i : 5 },
      ...(i % 7 === 0 && { status: { code: 2 } }),
      ...(i % 2 === 0 && { attributes: { even: 'yes' } }),
    };
    return i % 7 === 0 ? [root, { ...own, id: hex(i + 100, 16), parent: root.id, name: 'child', lasts: 2 }] : [root];
  }).flat();
}

beforeAll(async () => {
  store = await openTestStore(() => base + 30_000);
  await store.ingestJson('traces', testTraces(base, spans()));
  const { app } = createTempoApi(store.reader, () => base + 30_000);
  get = async (parameters) => {
    const window = { start: String(base / 1000 - 60), end: String(base / 1000 + 60) };
    const answer = await app.request(`/api/search?${new URLSearchParams({ ...window, ...parameters })}`);
    return { status: answer.status, text: await answer.text() };
  };
});
afterAll(() => store.close());

interface Answer {
  traces: { rootTraceName: string }[];
  metrics: { order?: string };
}
const find = async (parameters: Record<string, string>): Promise<[string[], string | undefined]> => {
  const { traces, metrics } = JSON.parse((await get(parameters)).text) as Answer;
  return [traces.map(({ rootTraceName }) => rootTraceName), metrics.order];
};

describe('a search in an order', () => {
  test.each([
    ['duration', '{}', ['t20', 't10', 't0']],
    ['duration', '{ span.even = "yes" && status != error }', ['t30', 't20', 't10']],
    ['duration', '{ name = "child" }', ['t56', 't49', 't0']],
    ['duration', '{ status = error } >> { name = "child" }', ['t56', 't49', 't0']],
    ['spans', '{}', ['t56', 't49', 't42']],
    ['errors', '{ duration < 100ms }', ['t56', 't49', 't42']],
  ])('by %s has the greatest of all that match %s, not of the newest', async (order, q, found) => {
    expect(await find({ q, order, limit: '3' })).toEqual([found, order]);
  });

  test('has the newest without one', async () => {
    expect(await find({ q: '{}', limit: '3' })).toEqual([['t59', 't58', 't57'], undefined]);
  });

  test('has nothing where nothing matches', async () => {
    expect(await find({ q: '{ span.none = "x" }', order: 'duration' })).toEqual([[], 'duration']);
  });

  test('refuses one that it does not know, with those that it does', async () => {
    expect(await get({ q: '{}', order: 'age' })).toEqual({
      status: 400,
      text: 'invalid order: must be one of duration, spans, errors',
    });
  });
});
