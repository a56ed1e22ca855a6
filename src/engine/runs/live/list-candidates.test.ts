import { afterEach, beforeEach, expect, it } from 'vitest';
import { internal, makeWork, query, server, times } from '../../../shared/shapes/make-traces.test-data';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { otlpTraces } from '../../tempo/test-run-telemetry';
import { chooseTraces } from '../looking/choose-traces';
import { listRunTraces, traceIdAt } from '../looking/list-run-traces';
import { listCandidates } from './list-candidates';

const startMs = 1_790_000_000_000;
const never = new AbortController().signal;
let store: TestStore;

beforeEach(async () => {
  store = await openTestStore(() => startMs);
});
afterEach(() => store.close());

it('lists few traces, and among them all that would be chosen of all, all that are known and all that are too large', async () => {
  const traces = times(400, (at) => {
    const error = at % 11 === 4 ? { error: 'no stock' } : {};
    const kinds = [
      server('shop', 'GET /orders', {
        ...error,
        ms: 10 + at,
        below: times(1 + (at % 6), (id) => query('shop', `SELECT * FROM items WHERE id = ${id}`)),
      }),
      internal('shop', `load order ${at % 3}`, { ...error, ms: 20 + at }),
      server('shop', 'GET /large', {
        ms: 900 + at,
        below: times(at % 50 === 2 ? 30 : 3, () => internal('shop', 'step')),
      }),
    ];
    return makeWork(kinds[at % kinds.length]!, { startMs: startMs + at });
  });
  await store.ingestJson('traces', otlpTraces(traces, null));
  const spans = traces.reduce((sum, trace) => sum + trace.spans.length, 0);
  const rows = { from: 0n, to: BigInt(spans), condition: 'true' };
  const all = await listRunTraces(store.reader, rows, never);
  const known = traces.slice(17, 20).map(({ traceId }) => traceId);
  const low = known.map((id) => BigInt(`0x${id.slice(16)}`));
  for (const ofMore of [12, 40, 150, 5000]) {
    const limits = { spans: ofMore, ofMore, ofTrace: 20 };
    const candidates = await listCandidates(store.reader, rows, { limits, known: low }, never);
    const { listed } = candidates;
    const ids = Array.from({ length: listed.count }, (_, trace) => traceIdAt(listed, trace));
    const chosen = (await chooseTraces(all, limits, never)).ids();
    expect(chosen.length).toBeGreaterThan(3);
    expect((await chooseTraces(listed, limits, never)).ids()).toEqual(chosen);
    const tooLarge = traces.filter((trace) => trace.spans.length > 20).map(({ traceId }) => traceId);
    expect(ids).toEqual(expect.arrayContaining([...known, ...tooLarge]));
    expect(candidates.traces).toBe(traces.length);
    if (ofMore < 100) expect(ids.length).toBeLessThan(150);
  }
});
