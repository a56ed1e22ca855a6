import { randomBytes } from 'node:crypto';
import { groupBy } from '../../src/shared/group-by';
import { type Fault, faults, type ShopTelemetry, shopTelemetry } from '../../src/shared/run-diff/shop-run.test-data';
import { runAttributes } from '../../src/shared/runs/run-attributes';
import { AskedCalls } from './asked-calls';
import { judgeAnswers } from './judge-answers';
import { type AgentHost, openAgentHost } from './open-host';
import { overBounds, type Solved } from './run-incident';

/** What an agent may take for one planted fault of a run. */
export const faultBounds = { calls: 3, tokens: 3000 };

/** What the difference from the good run must say, the cause first. */
const evidence: Record<Fault, RegExp> = {
  'lost index': /SELECT \* FROM items WHERE order_id = \?/,
  'N+1': /n-plus-one-queries/,
  'retry storm': /retry-storm/,
  'swallowed exception': /IOError: disk is read-only/,
  'sequential fan-out': /waits for 3 calls one after the other/,
  'missing await': /does not wait any more for INSERT INTO sales/,
  'new error': /Cannot read properties of undefined \(reading 'total'\)/,
  'leaked connection': /db_client_connection_count: 2 → 22/,
  'log flood': /logs 3000 times in this run: pricing step/,
  'changed query count': /3 → 4 queries a request/,
  'slower dependency': /SELECT price FROM prices WHERE id = \?/,
  'lost propagation': /the context is lost between them/,
};

/** Runs a small shop once well and once with each fault against one engine, and asks for the difference. */
export async function runSmallFaults(engine: string, chosen: readonly Fault[] = faults): Promise<Solved[]> {
  const host = await openAgentHost(engine);
  try {
    const good = await runShop(host, shopTelemetry({ seed: 7 }));
    const solved: Solved[] = [];
    for (const fault of chosen) {
      // Another seed for each: ids of spans follow from it.
      const telemetry = shopTelemetry({ seed: 8 + faults.indexOf(fault), fault });
      const bad = await runShop(host, telemetry);
      const asked = new AskedCalls(host.core.client);
      await asked.ask('runs', { run: bad, with: good });
      const { calls, tokens } = asked;
      const wrong = judgeAnswers(
        { evidence: [evidence[fault]], distractors: [/orders_read/, /nodejs_eventloop/] },
        calls,
      );
      const spans = telemetry.traces.reduce((sum, trace) => sum + trace.spans.length, 0);
      const sent = { spans, lines: telemetry.lines.length };
      solved.push({
        id: fault,
        sent,
        calls,
        tokens,
        faults: [...wrong, ...overBounds(calls.length, tokens, faultBounds)],
      });
    }
    return solved;
  } finally {
    await host.close();
  }
}

/** Answers the id of the run. */
async function runShop({ core, otlpHttp }: AgentHost, telemetry: ShopTelemetry): Promise<string> {
  const { client } = core;
  const run = await client.runs.begin({
    ...{ name: 'shop', command: ['node', 'shop.js'], folder: '/work/shop', pid: process.pid },
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
  });
  for (const [signal, body] of Object.entries(encodeShop(telemetry, run.id))) {
    const headers = { 'content-type': 'application/json' };
    const sent = await fetch(`${otlpHttp}/v1/${signal}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!sent.ok) throw new Error(await sent.text());
  }
  while (!(await client.runs.settled({ timeoutMs: 60_000 })).settled);
  await client.runs.end({ id: run.id, exitCode: 0 });
  return run.id;
}

const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const severities: Readonly<Record<string, number>> = { debug: 5, info: 9, warn: 13, error: 17 };

/** As OTLP JSON, at this time. */
function encodeShop({ traces, lines, metrics }: ShopTelemetry, runId: string): Record<string, object> {
  const spans = traces.flatMap(({ traceId, spans: own }) => own.map((span) => ({ traceId, span })));
  const firstNs = spans.reduce(
    (least, { span }) => (BigInt(span.startNs) < least ? BigInt(span.startNs) : least),
    2n ** 63n,
  );
  const now = BigInt(Date.now()) * 1_000_000n;
  const at = (ns: string) => now + BigInt(ns) - firstNs;
  const resource = (service: string) => ({ attributes: pairs({ 'service.name': service, [runAttributes.id]: runId }) });
  return {
    traces: {
      resourceSpans: [...groupBy(spans, ({ span }) => span.service)].map(([service, own]) => ({
        resource: resource(service),
        scopeSpans: [
          {
            spans: own.map(({ traceId, span }) => ({
              ...{ traceId, spanId: span.spanId, parentSpanId: span.parentSpanId, name: span.name },
              kind: kinds.indexOf(span.kind),
              startTimeUnixNano: String(at(span.startNs)),
              endTimeUnixNano: String(at(span.startNs) + BigInt(span.durationNs)),
              attributes: span.attributes.map(({ key, value }) => ({ key, value: anyValue(value) })),
              ...(span.status.code === 'error' && { status: { code: 2, message: span.status.message } }),
              events: span.events.map(({ timeNs, name, attributes }) => ({
                ...{ timeUnixNano: String(at(timeNs)), name },
                attributes: attributes.map(({ key, value }) => ({ key, value: anyValue(value) })),
              })),
            })),
          },
        ],
      })),
    },
    logs: {
      resourceLogs: [...groupBy(lines, ({ service }) => service)].map(([service, own]) => ({
        resource: resource(service),
        scopeLogs: [
          {
            logRecords: own.map(({ level, line }, index) => ({
              ...{ timeUnixNano: String(now + BigInt(index)), body: { stringValue: line } },
              ...{ severityNumber: severities[level] ?? 0, severityText: level.toUpperCase() },
            })),
          },
        ],
      })),
    },
    metrics: {
      resourceMetrics: [...groupBy(metrics, ({ service }) => service)].map(([service, own]) => ({
        resource: resource(service),
        scopeMetrics: [
          {
            metrics: own.map(({ name, type, value }) => {
              const dataPoints = [{ timeUnixNano: String(now), startTimeUnixNano: String(now - 1n), asDouble: value }];
              const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints };
              return { name, ...(type === 'counter' ? { sum } : { gauge: { dataPoints } }) };
            }),
          },
        ],
      })),
    },
  };
}

function pairs(values: Readonly<Record<string, string>>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: unknown): object {
  return typeof value === 'number' ? { intValue: String(value) } : { stringValue: String(value) };
}
