import { setTimeout as pause } from 'node:timers/promises';

interface TraceAnswer {
  batches: { scopeSpans: { spans: { spanId: string }[] }[] }[];
}

export interface SpanCensus {
  found: number;
  missing: string[];
  /** Span ids that the answers hold more than once. */
  doubled: string[];
  /** Span ids that were never sent. */
  strange: string[];
}

const VISIBLE_MS = 10_000;

/** Asks the Tempo API for every trace and compares it with what was acknowledged, which must be there within ten seconds. */
export async function findSpans(tempo: string, acknowledged: ReadonlyMap<string, string[]>): Promise<SpanCensus> {
  const census: SpanCensus = { found: 0, missing: [], doubled: [], strange: [] };
  const deadline = Date.now() + VISIBLE_MS;
  for (const [traceId, expected] of acknowledged) {
    let counts = await countSpans(tempo, traceId);
    while (counts.size < expected.length && Date.now() < deadline) {
      await pause(200);
      counts = await countSpans(tempo, traceId);
    }
    for (const id of expected) {
      const count = counts.get(id) ?? 0;
      if (count === 0) census.missing.push(id);
      else census.found++;
      if (count > 1) census.doubled.push(id);
      counts.delete(id);
    }
    census.strange.push(...counts.keys());
  }
  return census;
}

async function countSpans(tempo: string, traceId: string): Promise<Map<string, number>> {
  const answer = await fetch(`${tempo}/api/traces/${traceId}`);
  const counts = new Map<string, number>();
  if (answer.status === 404) return counts;
  if (!answer.ok) throw new Error(`trace ${traceId} answered ${answer.status}: ${await answer.text()}`);
  const { batches } = (await answer.json()) as TraceAnswer;
  for (const { spanId } of batches.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))) {
    const hex = Buffer.from(spanId, 'base64').toString('hex');
    counts.set(hex, (counts.get(hex) ?? 0) + 1);
  }
  return counts;
}
