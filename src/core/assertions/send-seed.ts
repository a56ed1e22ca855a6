import { randomBytes } from 'node:crypto';
import { runAttributes } from '../../shared/runs/run-attributes';
import type { Seed } from './case';

const answerMs = 10_000;
const scope = { name: 'oats-inline-seed' };

/** Sends what a case has to send, as OTLP JSON, to a base URL; the sentence says what was not taken. */
export async function sendSeed(otlpHttp: string, seed: Seed, runId: string | undefined): Promise<string | null> {
  const now = BigInt(Date.now()) * 1_000_000n;
  const resource = (service: string) => ({
    attributes: [
      { key: 'service.name', value: { stringValue: service } },
      ...(runId ? [{ key: runAttributes.id, value: { stringValue: runId } }] : []),
    ],
  });
  const spanOf = ({ name, kind, durationMs }: Seed['traces'][number]['spans'][number]) => ({
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name,
    kind,
    startTimeUnixNano: String(now - BigInt(Math.round(durationMs * 1e6))),
    endTimeUnixNano: String(now),
  });
  const bodies = {
    traces: {
      resourceSpans: seed.traces.map(({ service, spans }) => ({
        resource: resource(service),
        scopeSpans: [{ scope, spans: spans.map(spanOf) }],
      })),
    },
    logs: {
      resourceLogs: seed.logs.map(({ service, body, severityNumber, severityText }, index) => ({
        resource: resource(service),
        // A line that is like another in everything would be taken for its repetition.
        scopeLogs: [
          {
            scope,
            logRecords: [
              { timeUnixNano: String(now + BigInt(index)), severityNumber, severityText, body: { stringValue: body } },
            ],
          },
        ],
      })),
    },
    metrics: {
      resourceMetrics: seed.metrics.map(({ service, name, value }) => ({
        resource: resource(service),
        scopeMetrics: [{ scope, metrics: [{ name, sum: sumOf(value, now) }] }],
      })),
    },
  };
  for (const [signal, body] of Object.entries(bodies)) {
    if (Object.values(body)[0]!.length === 0) continue;
    const refusal = await post(`${otlpHttp.replace(/\/+$/, '')}/v1/${signal}`, body);
    if (refusal) return refusal;
  }
  return null;
}

function sumOf(value: number, now: bigint) {
  return {
    isMonotonic: true,
    aggregationTemporality: 2,
    dataPoints: [{ startTimeUnixNano: String(now - 1_000_000_000n), timeUnixNano: String(now), asInt: String(value) }],
  };
}

async function post(url: string, body: object): Promise<string | null> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(answerMs),
    });
    const text = await answer.text();
    const { partialSuccess } = answer.ok ? (JSON.parse(text || '{}') as Answered) : {};
    if (answer.ok && !partialSuccess?.errorMessage) return null;
    return `${url} did not take it: ${partialSuccess?.errorMessage ?? `status ${answer.status}, ${text.trim()}`}`;
  } catch (error) {
    return `${url} did not take it: ${(error as Error).message}`;
  }
}

interface Answered {
  partialSuccess?: { errorMessage?: string };
}
