import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Trace } from '../contract/telemetry';
import { RunTelemetry } from '../runs/run-summary';
import { call, internal, makeWork, query, server, times, type Work } from '../shapes/make-traces.test-data';
import { RunSummarizer } from './run-summarizer';

const order = (id: number): Work =>
  server('shop', 'GET /orders/{id}', {
    below: [
      query('shop', `SELECT * FROM orders WHERE id = ${id}`),
      call('shop', `GET http://localhost:4711/price/${id}`, {
        ...(id === 3 ? { error: 'boom' } : {}),
        below: [server('price', 'GET /price/{id}', { ms: 3 })],
      }),
    ],
  });
const orders = times(12, (id) => makeWork(order(id), { startMs: 1_790_000_000_000 + id * 100 }));

function summarize(traces: readonly (typeof orders)[number][]): RunTelemetry {
  const summarizer = new RunSummarizer();
  for (const trace of traces) summarizer.addTrace(trace);
  return summarizer.finish();
}

describe('RunSummarizer', () => {
  it('counts spans by shape, with what is below whom, and names a query by its statement', () => {
    const { traces, spans, errorSpans, requests, shapes, services } = RunTelemetry.parse(summarize(orders));
    expect({ traces, spans, errorSpans }).toEqual({ traces: 12, spans: 48, errorSpans: 1 });
    expect(services.map(({ name, spans }) => [name, spans])).toEqual([
      ['price', 12],
      ['shop', 36],
    ]);
    expect(requests).toMatchObject([{ request: 'shop GET /orders/{id}', count: 12, errors: 1 }]);
    expect(
      shapes.map(({ parent, service, kind, name, count, errors, query }) => [
        parent,
        service,
        kind,
        name,
        count,
        errors,
        query,
      ]),
    ).toEqual([
      ['', 'shop', 'server', 'GET /orders/{id}', 12, 0, false],
      ['shop client GET http://<*>/price/<*>', 'price', 'server', 'GET /price/{id}', 12, 0, false],
      ['shop server GET /orders/{id}', 'shop', 'client', 'GET http://<*>/price/<*>', 12, 1, false],
      ['shop server GET /orders/{id}', 'shop', 'client', 'SELECT * FROM orders WHERE id = ?', 12, 0, true],
    ]);
    expect(shapes.every(({ request }) => request === 'shop GET /orders/{id}')).toBe(true);
  });

  it('gives the same whatever the order of traces and of their spans', () => {
    const expected = summarize(orders);
    fc.assert(
      fc.property(fc.shuffledSubarray(orders, { minLength: orders.length }), fc.boolean(), (shuffled, reversed) => {
        const traces = shuffled.map((trace) => ({
          ...trace,
          spans: reversed ? trace.spans.toReversed() : trace.spans,
        }));
        expect(summarize(traces)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('gives the same where traces are over its limits, and says how much it left out', () => {
    const many = times(300, (id) =>
      makeWork(internal('batch', `step ${'abcdefghijklmnopqrst'[id % 20]}${'abcdefghijklmnop'[Math.floor(id / 20)]}`)),
    );
    const of = (traces: typeof many) => {
      const summarizer = new RunSummarizer({ limits: { shapes: 50, requests: 40 } });
      for (const trace of traces) summarizer.addTrace(trace);
      return summarizer.finish();
    };
    const summary = of(many);
    expect(of(many.toReversed())).toEqual(summary);
    expect(summary.shapes).toHaveLength(50);
    expect(summary.spans).toBe(300);
    expect(summary.leftOut).toEqual([
      '260 requests beyond 40 kinds of requests are not listed',
      '250 spans beyond 50 shapes are not listed',
    ]);
  });

  it('leaves the run’s own span out: what is below it begins a request', () => {
    const trace = makeWork(internal('watchtower', 'run', { below: [order(1), order(2)] }));
    const [own] = trace.spans;
    const summarizer = new RunSummarizer({ outside: new Set([own!.spanId]) });
    summarizer.addTrace(trace);
    const summary = summarizer.finish();
    expect(summary.requests).toMatchObject([{ request: 'shop GET /orders/{id}', count: 2 }]);
    expect(summary).toMatchObject({ traces: 1, spans: 8 });
    expect(summary.findings.map(({ rule }) => rule)).not.toContain('missing-propagation');
  });

  it('counts the same from rows that were counted elsewhere', () => {
    const whole = summarize(orders);
    const summarizer = new RunSummarizer();
    const [first, rest] = [summarize(orders.slice(0, 5)), summarize(orders.slice(5))];
    for (const [part, traces] of [
      [first, orders.slice(0, 5)],
      [rest, orders.slice(5)],
    ] as const) {
      const durations = (name: string, all: { totalNs: number; maxNs: number }) => {
        const spans = traces
          .flatMap((trace) => trace.spans)
          .filter(
            (span) =>
              name === span.name ||
              name === `shop ${span.name}` ||
              name.startsWith(`${span.name} http`) ||
              name.startsWith(`${span.name} *`),
          );
        return { count: spans.length, ...all, samples: spans, buckets: [] };
      };
      summarizer.addCounted({
        traces: part.traces,
        requests: part.requests.map((row) => ({ ...row, durations: durations(row.request, row.durations) })),
        shapes: part.shapes.map((row) => ({
          ...row,
          durations: durations(row.name, row.durations),
          examples: [],
        })),
      });
    }
    const counted = summarizer.finish();
    expect(counted.shapes.map(({ examples, ...row }) => row)).toEqual(whole.shapes.map(({ examples, ...row }) => row));
    expect(counted).toMatchObject({ traces: 12, spans: 48, requests: whole.requests });
  });

  it('counts lines by template, service and level, and joins templates that differ in one word alone', () => {
    const summarizer = new RunSummarizer();
    for (const id of times(8, (index) => index))
      summarizer.addLine({ service: 'shop', level: 'info', line: `order ${id} saved` });
    for (const name of ['ann', 'bob', 'cid', 'dan', 'eve', 'fay'])
      summarizer.addLine({ service: 'shop', level: 'info', line: `hello ${name} there` });
    summarizer.addLine({ service: 'shop', level: 'error', line: 'order 9 lost' });
    const { templates, services } = summarizer.finish();
    expect(templates.map(({ level, template, count }) => [level, template, count])).toEqual([
      ['error', 'order <*> lost', 1],
      ['info', 'hello <*> there', 6],
      ['info', 'order <*> saved', 8],
    ]);
    expect(services).toMatchObject([{ name: 'shop', logs: 15, errorLogs: 1 }]);
  });

  it('keeps the first ten durations and a sample of the others, and quantiles within two per cent', () => {
    const summarizer = new RunSummarizer();
    for (const id of times(1000, (index) => index + 1))
      summarizer.addTrace(makeWork(internal('a', 'work', { ms: id }), { startMs: 1_790_000_000_000 + id }));
    const { durations } = summarizer.finish().shapes[0]!;
    expect(durations.samples).toHaveLength(100);
    expect(durations.samples.slice(0, 10)).toEqual(times(10, (index) => (index + 1) * 1e6));
    expect(durations.p50Ns / 500e6).toBeCloseTo(1, 1);
    expect(durations.p95Ns / 950e6).toBeCloseTo(1, 1);
    expect(durations.totalNs).toBe(500_500e6);
  });

  it.each(['node-express', 'node-express-failed', 'python-fastapi', 'java-http', 'generate-py', 'watchtower-generate'])(
    'summarises the recorded %s',
    (name) => {
      const trace = Trace.parse(
        JSON.parse(readFileSync(new URL(`../trace/recorded/${name}.json`, import.meta.url), 'utf8')),
      );
      const summarizer = new RunSummarizer();
      summarizer.addTrace(trace);
      const summary = RunTelemetry.parse(summarizer.finish());
      expect(summary.spans).toBe(trace.spans.length);
      expect(
        summary.findings.map(({ rule, service, sentence }) => `${rule} ${service}: ${sentence}`),
      ).toMatchSnapshot();
    },
  );
});
