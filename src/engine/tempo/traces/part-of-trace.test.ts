import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../create-tempo-api';

const traceId = '5b8efff798038103d269b633813fc60c';
const start = BigInt(Date.now() - 60_000) * 1_000_000n;
const idOf = (at: number) => at.toString(16).padStart(16, '0');

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore();
  const span = (at: number, parent: number, durationNs: bigint, code = 0) => ({
    ...{ traceId, spanId: idOf(at), name: `s${at}`, status: { code } },
    ...(parent > 0 ? { parentSpanId: idOf(parent) } : {}),
    startTimeUnixNano: String(start + BigInt(at)),
    endTimeUnixNano: String(start + BigInt(at) + durationNs),
    attributes: [{ key: 'at', value: { intValue: String(at) } }],
  });
  // A root, ten children of it, and one below each.
  const children = Array.from({ length: 10 }, (_, at) => span(at + 2, 1, BigInt(at * 100), at === 0 ? 2 : 0));
  const below = Array.from({ length: 10 }, (_, at) => span(at + 102, at + 2, 5n));
  await store.ingestJson('traces', {
    resourceSpans: [{ scopeSpans: [{ spans: [...below, ...children, span(1, 0, 10_000n)] }] }],
  });
});
afterEach(() => store.close());

async function ask(search: string) {
  const answer = await createTempoApi(store.reader, Date.now).app.request(`/api/v2/traces/${traceId}${search}`);
  const text = await answer.text();
  if (answer.status !== 200) return { status: answer.status, text, names: [] };
  const body = JSON.parse(text);
  const spans = body.trace.resourceSpans.flatMap((of: { scopeSpans: { spans: { name: string }[] }[] }) =>
    of.scopeSpans.flatMap(({ spans }) => spans),
  );
  return { status: 200, text, body, names: spans.map(({ name }: { name: string }) => name).sort() };
}

it('answers with the spans nearest to the roots, of the last level the failed and the longest, and says of how many', async () => {
  const { body, names, text } = await ask('?max_spans=4');
  expect(names).toEqual(['s1', 's10', 's11', 's2']);
  expect(body).toMatchObject({ status: 'PARTIAL', watchtower: { spans: 21 } });
  expect(body.message).toContain('4 of 21 spans');
  expect(text).toContain('"intValue":"11"');
});

it('answers with the whole where it has no more, as without the parameter', async () => {
  expect((await ask('?max_spans=21')).text).toBe((await ask('')).text);
  expect((await ask('')).names).toHaveLength(21);
});

it('refuses a number that is none, by its name', async () => {
  for (const wrong of ['0', '-1', 'x', '1e3']) expect(await ask(`?max_spans=${wrong}`)).toMatchObject({ status: 400 });
  expect((await ask('?max_spans=x')).text).toContain('max_spans');
});
