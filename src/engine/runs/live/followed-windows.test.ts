import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { internal, type MadeTrace, makeWork, query, server, times } from '../../../shared/shapes/make-traces.test-data';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import type { StoreReader } from '../../store/reader/reader';
import { otlpLogs, otlpTraces } from '../../tempo/test-run-telemetry';
import { summarizeRun } from '../summarize-run';
import { FollowedWindows } from './followed-windows';

const startMs = 1_790_000_000_000;
const HOUR_MS = 3_600_000;
const never = new AbortController().signal;
const ns = (ms: number) => BigInt(ms) * 1_000_000n;
let store: TestStore;
let nowMs = startMs;

beforeEach(async () => {
  nowMs = startMs;
  store = await openTestStore(() => nowMs);
});
afterEach(() => store.close());

const windowAt = (ms: number, lasts = HOUR_MS) => ({ startNs: ns(ms - lasts), endNs: ns(ms) });
/** The window ten seconds later. */
function later() {
  nowMs += 10_000;
  return windowAt(nowMs);
}
const ingest = (traces: readonly MadeTrace[]) => store.ingestJson('traces', otlpTraces(traces, null));

const loop = (count: number, at = nowMs) =>
  makeWork(
    server('shop', 'GET /orders', {
      below: times(count, (id) => query('shop', `SELECT * FROM items WHERE id = ${id}`)),
    }),
    { startMs: at },
  );
const failing = (id: number) => makeWork(server('shop', 'GET /fail', { error: 'no stock' }), { startMs: nowMs + id });
const named = (id: number) => makeWork(internal('shop', `load order ${1000 + id}`), { startMs: nowMs + id });

/** The same reader, counting the rows of spans that it gives out, whole columns of them. */
function counting(reader: StoreReader): { reader: StoreReader; rows: () => number } {
  let rows = 0;
  const database: StoreReader['database'] = {
    rows: (sql, parameters, options) => reader.database.rows(sql, parameters, options),
    columns: async (sql, parameters, options) => {
      const answer = await reader.database.columns(sql, parameters, options);
      if (answer.lists) rows += answer.rowCount;
      return answer;
    },
  };
  return { reader: { ...reader, database, spanIndex: () => reader.spanIndex() }, rows: () => rows };
}

async function whole(range: { startNs: bigint; endNs: bigint }) {
  const { findings, leftOut } = await summarizeRun(store.reader, { runId: null, range, outside: [] }, never);
  return { findings, leftOut };
}

describe('FollowedWindows', () => {
  it('finds what the whole window comes to, whatever came since, also of traces that were looked at before', async () => {
    const windows = new FollowedWindows(store.reader);
    const open = loop(9);
    const late = named(50);
    const arrivals: (() => Promise<void>)[] = [
      () => ingest([loop(6), failing(1), { ...open, spans: open.spans.slice(0, 4) }]),
      () => ingest([{ ...open, spans: open.spans.slice(4) }, ...times(12, named)]),
      async () => {},
      () => ingest(times(8, (id) => named(100 + id))),
      () =>
        store.ingestJson(
          'logs',
          otlpLogs(
            times(60, (id) => ({
              ...{ service: 'shop', line: `order ${id} read`, severity: 9, timeNs: ns(nowMs) },
              traceId: open.traceId,
            })),
            null,
          ),
        ),
      () => ingest([late, failing(2)]),
    ];
    for (const arrive of arrivals) {
      await arrive();
      nowMs += 10_000;
      const range = windowAt(nowMs);
      expect(await windows.findings(range, never)).toEqual(await whole(range));
    }
    const { findings } = await windows.findings(windowAt(nowMs), never);
    expect(findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['n-plus-one-queries', 'failing-span', 'many-names', 'chatty-logs']),
    );
  });

  it('reads only what is new, and the traces of which more came', async () => {
    const counted = counting(store.reader);
    const windows = new FollowedWindows(counted.reader);
    const open = loop(8);
    await ingest([...times(40, (id) => loop(5, nowMs + id)), { ...open, spans: open.spans.slice(0, 2) }]);
    await windows.findings(later(), never);
    const first = counted.rows();
    expect(first).toBe(40 * 6 + 2);
    await windows.findings(later(), never);
    expect(counted.rows() - first).toBe(0);
    await ingest([{ ...open, spans: open.spans.slice(2) }, failing(1)]);
    await windows.findings(later(), never);
    expect(counted.rows() - first).toBe(open.spans.length + 1);
  });

  it('leaves behind what the window has left behind, and what was deleted', async () => {
    const windows = new FollowedWindows(store.reader);
    await ingest([failing(1)]);
    const at = nowMs;
    expect((await windows.findings(windowAt(at + 1000), never)).findings).toHaveLength(1);
    expect((await windows.findings(windowAt(at + HOUR_MS + 2000), never)).findings).toHaveLength(0);
    nowMs = at + HOUR_MS + 3000;
    await ingest([failing(2)]);
    expect((await windows.findings(windowAt(nowMs + 1000), never)).findings).toHaveLength(1);
    await store.clean();
    expect(await windows.findings(windowAt(nowMs + 2000), never)).toEqual({ findings: [], leftOut: [] });
  });

  it('looks at no more than its limit over the whole window, failed traces first, and says so', async () => {
    const windows = new FollowedWindows(store.reader, { spans: 60, ofMore: 60, ofTrace: 20 });
    for (let round = 0; round < 10; round++) {
      await ingest([...times(20, (id) => loop(5, nowMs + id)), failing(round)]);
      nowMs += 10_000;
      const { findings, leftOut } = await windows.findings(windowAt(nowMs), never);
      expect(findings.map(({ rule }) => rule)).toContain('failing-span');
      expect(leftOut).toEqual([expect.stringContaining(`of ${21 * (round + 1)} traces`)]);
    }
    await ingest([loop(30)]);
    const { leftOut } = await windows.findings(later(), never);
    expect(leftOut).toContain('1 trace has more than 20 spans: findings were not looked for there.');
  });

  it('answers several who ask at once, one after the other, and begins anew for an earlier window', async () => {
    const windows = new FollowedWindows(store.reader);
    await ingest([failing(1), loop(6)]);
    const range = windowAt(nowMs + 1000);
    const expected = await whole(range);
    expect(await Promise.all(times(4, () => windows.findings(range, never)))).toEqual(times(4, () => expected));
    expect(await windows.findings(windowAt(nowMs + 500), never)).toEqual(expected);
  });

  it('goes on after somebody left before the answer', async () => {
    const windows = new FollowedWindows(store.reader);
    await ingest([failing(1)]);
    await expect(windows.findings(windowAt(nowMs + 1000), AbortSignal.abort(new Error('gone')))).rejects.toThrow(
      'gone',
    );
    const range = windowAt(nowMs + 2000);
    expect(await windows.findings(range, never)).toEqual(await whole(range));
  });
});
