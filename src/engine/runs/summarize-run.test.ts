import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunSummarizer } from '../../shared/run-summary/run-summarizer';
import type { RunTelemetry } from '../../shared/runs/run-summary';
import {
  call,
  internal,
  type MadeTrace,
  makeWork,
  query,
  server,
  times,
} from '../../shared/shapes/make-traces.test-data';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { eachTrace } from '../tempo/store/each-trace';
import { traceFactsOf } from '../tempo/store/trace-facts';
import { type MadeLine, otlpLogs, otlpTraces } from '../tempo/test-run-telemetry';
import { scopeOf } from './counting/run-scope';
import { summarizeRun } from './summarize-run';

const RUN = 'abcdefgh';
const startMs = 1_790_000_000_000;
const never = new AbortController().signal;
const whole = { runId: RUN, range: null, outside: [] };
let store: TestStore;

beforeEach(async () => {
  store = await openTestStore(() => startMs + 60_000);
});
afterEach(() => store.close());

/** Requests of several kinds over two services, with literals in names and statements, and others below other parents. */
function requests(count: number): MadeTrace[] {
  return times(count, (index) =>
    makeWork(
      server('shop', index % 3 === 0 ? `GET /orders/${index}` : 'POST /orders', {
        below: [
          query('shop', `SELECT * FROM orders WHERE id = ${index}`, { ms: 1 + (index % 7) }),
          call('shop', 'GET http://stock:8080/items', {
            below: [server('stock', 'GET /items', { below: [internal('stock', `work ${index}`)] })],
          }),
          ...(index % 2 === 0 ? [query('shop', 'COMMIT')] : []),
        ],
      }),
      { startMs: startMs + index },
    ),
  );
}

/** Client and server that share an id, circles, spans without an end, lost parents, exceptions, repeats, names with ids. */
function oddTraces(): MadeTrace[] {
  const shared = makeWork(call('shop', 'GET http://stock/items', { below: [server('stock', 'GET /items')] }), {
    startMs,
  });
  const [client, answered] = shared.spans;
  Object.assign(answered!, { spanId: client!.spanId, parentSpanId: '' });
  const circle = makeWork(
    internal('shop', 'a', { below: [internal('shop', 'b', { below: [internal('shop', 'c')] })] }),
    {
      startMs,
    },
  );
  circle.spans[0]!.parentSpanId = circle.spans[2]!.spanId;
  const lost = makeWork([server('shop', 'GET /lost'), server('stock', 'GET /lost'), internal('shop', 'left')], {
    startMs,
  });
  for (const index of [1, 2]) lost.spans[index]!.parentSpanId = `${index}`.repeat(16);
  const own = makeWork(internal('shop', 'own parent'), { startMs });
  own.spans[0]!.parentSpanId = own.spans[0]!.spanId;
  const failing = (id: number) =>
    makeWork(
      server('shop', 'GET /pay', {
        below: [
          ...times(4, () => call('shop', `POST http://pay/charge/${id}`, { error: '503' })),
          call('shop', `POST http://pay/charge/${id}`),
          internal('shop', 'audit', { exception: { type: 'IOError', message: `disk ${id} is full` } }),
          query('shop', `SELECT * FROM t WHERE id = ${id}`, { attributes: { 'db.query.parameter.0': id } }),
          internal('shop', 'open', { ms: 0, timing: 'unfinished' }),
        ],
      }),
      { startMs: startMs + id },
    );
  const named = times(25, (id) => makeWork(internal('shop', `load ${1000 + id}`), { startMs: startMs + id }));
  return [shared, circle, lost, own, ...times(6, failing), ...named];
}

const ingest = (traces: readonly MadeTrace[], run: string | null = RUN) =>
  store.ingestJson('traces', otlpTraces(traces, run));

const withoutRules = ({ findings: _, leftOut: __, cut: ___, ...counted }: RunTelemetry) => counted;

describe('summarizeRun', () => {
  it('comes to what the pure rules make of the whole traces and lines', async () => {
    const traces = requests(30);
    await ingest(traces);
    const lines = times(
      60,
      (index): MadeLine => ({
        ...{ service: 'shop', line: `order ${index} saved`, severity: index % 10 === 0 ? 17 : 9 },
        ...{ traceId: traces[0]!.traceId, timeNs: BigInt(startMs + index) * 1_000_000n },
      }),
    );
    await store.ingestJson('logs', otlpLogs(lines, RUN));
    const summarizer = new RunSummarizer();
    const facts = lines.map(({ severity, ...line }) => ({ ...line, level: severity === 17 ? 'error' : 'info' }));
    for (const trace of traces) {
      const own = trace.traceId === traces[0]!.traceId ? facts : [];
      summarizer.addTrace(trace, own);
    }
    for (const line of facts) summarizer.addLine(line);
    const summary = await summarizeRun(store.reader, whole, never);
    expect(summary).toEqual(summarizer.finish());
    expect(summary).toMatchObject({ traces: 30, leftOut: [] });
    expect(summary.findings.map(({ rule }) => rule)).toContain('chatty-logs');
  });

  it('counts the same by rows as trace by trace', async () => {
    const odd = makeWork([internal('lone', 'a', { at: 0 }), internal('lone', 'b', { at: 50 })], { startMs });
    const orphan = makeWork(internal('orphan', 'child of nobody'), { startMs });
    orphan.spans[0]!.parentSpanId = 'eeeeeeeeeeeeeeee';
    const traces = [...requests(400), odd, orphan];
    await ingest(traces);
    const looked = await summarizeRun(store.reader, whole, never);
    const counted = await summarizeRun(store.reader, whole, never, { spans: 0, ofMore: 0, ofTrace: 8000 });
    expect(withoutRules(counted)).toEqual(withoutRules(looked));
    expect(counted.leftOut).toEqual([expect.stringContaining('0 of 402 traces')]);
    const mixed = await summarizeRun(store.reader, whole, never, { spans: 300, ofMore: 300, ofTrace: 8000 });
    expect(withoutRules(mixed)).toEqual(withoutRules(looked));
  });

  it.each([
    ['few of them reach over the end of a part', 20],
    ['all of them do', 1],
  ])('counts the same in parts, where %s', async (_, every) => {
    const traces = requests(300);
    const later = traces.filter((_trace, at) => at % every === 0);
    const parts = (trace: MadeTrace, from: number, to: number) => ({ ...trace, spans: trace.spans.slice(from, to) });
    await ingest(traces.map((trace) => parts(trace, 0, later.includes(trace) ? 2 : 99)));
    await ingest(later.map((trace) => parts(trace, 2, 99)));
    const looked = await summarizeRun(store.reader, whole, never);
    const few = { spans: 0, ofMore: 200, ofTrace: 8000 };
    const inParts = await summarizeRun(store.reader, whole, never, few, 150);
    expect(withoutRules(inParts)).toEqual(withoutRules(looked));
  });

  it('comes to what whole traces come to, whatever is odd about their spans', async () => {
    await ingest(oddTraces());
    const window = { startNs: BigInt(startMs - 1000) * 1_000_000n, endNs: BigInt(startMs + 60_000) * 1_000_000n };
    for (const request of [whole, { runId: null, range: window, outside: [] }]) {
      const summarizer = new RunSummarizer();
      const scope = scopeOf(store.reader, request)!;
      const { columns } = await store.reader.database.columns('SELECT DISTINCT trace_hi, trace_lo FROM spans');
      const [hi, lo] = columns as [BigUint64Array, BigUint64Array];
      const ids = Array.from(hi, (half, at) => ({ hi: half, lo: lo[at]! }));
      for await (const trace of eachTrace(store.reader, ids, { attributes: true, events: true }))
        summarizer.addTrace(traceFactsOf(trace, scope.resources, () => {}));
      const summary = await summarizeRun(store.reader, request, never);
      expect(summary).toEqual(summarizer.finish());
      expect(summary.findings.map(({ rule }) => rule)).toEqual(
        expect.arrayContaining(['unclosed-span', 'missing-propagation', 'handled-error', 'retry-storm', 'many-names']),
      );
    }
  });

  it('reads the attributes that rules read', async () => {
    const handled = (id: number) =>
      server('shop', 'GET /a', {
        ...{ ms: 20 },
        below: [internal('shop', `handler ${id}`, { ms: 40, attributes: { 'express.type': 'request_handler' } })],
      });
    const call = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'read',
      'gen_ai.tool.call.arguments': 'a',
    };
    const tool = internal('agent', 'execute_tool read', { ms: 20, attributes: call });
    const agent = makeWork(internal('agent', 'invoke_agent', { below: [tool, tool] }), { startMs });
    await ingest([agent, ...times(5, (id) => makeWork(handled(id), { startMs: startMs + id }))]);
    const { findings } = await summarizeRun(store.reader, whole, never);
    expect(findings.map(({ rule }) => rule)).toEqual(['redundant-tool-calls']);
  });

  it('takes the rest of a trace to it that began before the time', async () => {
    const [cut] = requests(1);
    cut!.spans[0]!.startNs = String(BigInt(startMs - 5000) * 1_000_000n);
    await ingest([cut!, ...requests(3)], null);
    const range = { startNs: BigInt(startMs - 1000) * 1_000_000n, endNs: BigInt(startMs + 10_000) * 1_000_000n };
    const { requests: found, findings } = await summarizeRun(store.reader, { runId: null, range, outside: [] }, never);
    expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    expect(findings.map(({ rule }) => rule)).not.toContain('unclosed-span');
  });

  it('counts failures by rows, and looks at failed traces first', async () => {
    const failing = times(5, (index) =>
      makeWork(server('shop', 'GET /fail', { error: 'no stock', below: [call('shop', 'GET http://x/y')] }), {
        startMs: startMs + index,
      }),
    );
    await ingest([...requests(50), ...failing]);
    const looked = await summarizeRun(store.reader, whole, never);
    expect(looked).toMatchObject({ errorSpans: 5 });
    expect(withoutRules(await summarizeRun(store.reader, whole, never, { spans: 0, ofMore: 0, ofTrace: 1 }))).toEqual(
      withoutRules(looked),
    );
    const few = await summarizeRun(store.reader, whole, never, { spans: 60, ofMore: 60, ofTrace: 8000 });
    const failed = ({ findings }: RunTelemetry) => findings.filter(({ rule }) => rule === 'failing-span');
    expect(failed(few)).toEqual(failed(looked));
    expect(failed(few)).toHaveLength(1);
  });

  it('leaves out what is of another run, of none, and the spans that are named', async () => {
    const [own] = requests(1);
    const root = own!.spans[0]!;
    await ingest([own!]);
    await ingest(requests(2), 'bbbbbbbb');
    await ingest(requests(2), null);
    expect(await summarizeRun(store.reader, whole, never)).toMatchObject({ traces: 1, spans: own!.spans.length });
    for (const limits of [undefined, { spans: 0, ofMore: 0, ofTrace: 8000 }]) {
      const below = await summarizeRun(store.reader, { ...whole, outside: [root.spanId] }, never, limits);
      expect(below.spans).toBe(own!.spans.length - 1);
      const children = own!.spans.filter(({ parentSpanId }) => parentSpanId === root.spanId);
      expect(below.requests.reduce((sum, { count }) => sum + count, 0)).toBe(children.length);
    }
  });

  it('takes spans below what is of another run for the start of a request, not for lost ones', async () => {
    const [shared] = requests(1);
    const [outer, ...inner] = shared!.spans;
    await ingest([{ ...shared!, spans: [outer!] }], null);
    await ingest([{ ...shared!, spans: inner }]);
    const { findings, spans } = await summarizeRun(store.reader, whole, never);
    expect(spans).toBe(inner.length);
    expect(findings.map(({ rule }) => rule)).not.toContain('missing-propagation');
  });

  it('is of everything in a time where no run is named', async () => {
    await ingest(requests(3), 'bbbbbbbb');
    await ingest(requests(2), null);
    const ns = (ms: number) => BigInt(startMs + ms) * 1_000_000n;
    const of = (from: number, to: number) =>
      summarizeRun(store.reader, { runId: null, range: { startNs: ns(from), endNs: ns(to) }, outside: [] }, never);
    expect(await of(-1000, 10_000)).toMatchObject({ traces: 5 });
    expect(await of(10_000, 20_000)).toMatchObject({ traces: 0, spans: 0, shapes: [] });
  });

  it('counts many lines by their texts', async () => {
    const lines = times(
      21_000,
      (index): MadeLine => ({
        ...{ service: 'shop', line: `order ${index % 50} saved`, severity: 9 },
        timeNs: BigInt(startMs) * 1_000_000n + BigInt(index),
      }),
    );
    for (let at = 0; at < lines.length; at += 3000)
      await store.ingestJson('logs', otlpLogs(lines.slice(at, at + 3000), RUN));
    const { templates, services, leftOut } = await summarizeRun(store.reader, whole, never);
    expect(templates).toMatchObject([{ template: 'order <*> saved', count: 21_000 }]);
    expect(services).toMatchObject([{ name: 'shop', logs: 21_000, spans: 0 }]);
    expect(leftOut).toEqual([]);
  });

  it('ends when the one who asked has gone', async () => {
    await ingest(requests(50));
    const gone = new AbortController();
    gone.abort(new Error('gone'));
    await expect(summarizeRun(store.reader, whole, gone.signal)).rejects.toThrow();
  });
});
