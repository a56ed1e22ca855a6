import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWork, query, server, times } from '../../../shared/shapes/make-traces.test-data';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../create-tempo-api';
import { otlpTraces } from '../test-run-telemetry';

const startMs = 1_790_000_000_000;
const orders = (queries: number) =>
  makeWork(server('shop', 'GET /orders', { below: times(queries, () => query('shop', 'SELECT * FROM items')) }), {
    startMs,
  });
const [before, same, worse] = [orders(1), orders(1), orders(4)];
let store: TestStore;
beforeAll(async () => {
  store = await openTestStore(() => startMs + 10_000);
  await store.ingestJson('traces', otlpTraces([before, same, worse], null));
});
afterAll(() => store.close());

async function diff(body: unknown): Promise<{ status: number; text: string }> {
  const answer = await createTempoApi(store.reader, () => startMs + 10_000).app.request('/api/v2/traces/diff', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

const sides = (base: { traceId: string }, compare: { traceId: string }) => ({
  base: { traceId: base.traceId },
  compare: { traceId: compare.traceId },
});

it('tells what differs between two traces, in each format', async () => {
  const formats = ['trace-patch-v0', 'trace-summary-v0-native', 'trace-summary-v0-composed'];
  for (const format of formats) {
    const { status, text } = await diff({ ...sides(before, worse), format });
    expect([status, JSON.parse(text)]).toEqual([200, expect.objectContaining({ version: format })]);
  }
  const [equal, other] = [await diff(sides(before, same)), await diff(sides(before, worse))];
  expect(other.text.length).toBeGreaterThan(equal.text.length);
});

it('reads names whatever their capitals, as Tempo does: clients write traceID', async () => {
  const written = { Base: { traceID: before.traceId }, compare: { TRACEID: worse.traceId }, format: 'trace-patch-v0' };
  expect(await diff(written)).toEqual(await diff(sides(before, worse)));
});

it('says what is wrong with a request', async () => {
  const missing = 'f'.repeat(32);
  const id = before.traceId;
  const said = async (body: unknown) => {
    const { status, text } = await diff(body);
    return `${status} ${text}`;
  };
  expect(await said('{')).toMatch(/^400 .*no JSON/);
  expect(await said({ base: { traceId: id } })).toMatch(/^400 .*compare/);
  expect(await said({ ...sides(before, same), format: 'xml' })).toMatch(/^400 .*format/);
  expect(await said(sides(before, { traceId: 'xyz' }))).toMatch(/^400 .*compare\.traceId/);
  expect(await said(sides(before, { traceId: missing }))).toMatch(/^404 .*compare/);
});
