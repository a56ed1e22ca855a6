import type { Trace } from '../../shared/contract/telemetry';
import type { ObservedHost } from '../observing/observed-host';
import { untilMet } from '../observing/until-met';
import { followTail } from './follow-tail';
import { mostFound, type WaitOutcome } from './wait-outcome';

export interface TraceWait {
  traceId: string;
  /** Nothing of it came for so long, milliseconds. */
  quietMs: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Whose last span ended so long ago, no SDK has anything of it any more. */
const oldMs = 15_000;

interface Look {
  trace: Trace | null;
  gaps: string[];
  isQuiet: boolean;
}

/** Until a trace is complete: its root is there, each span has its parent and its end, and nothing more comes. */
export async function waitForTrace(host: ObservedHost, wait: TraceWait): Promise<WaitOutcome> {
  const { traceId, quietMs, timeoutMs, signal } = wait;
  const began = performance.now();
  let spans = -1;
  let changedAt = began;
  const look = async (): Promise<Look> => {
    const trace = await host.traces.get({ traceId });
    const count = trace?.spans.length ?? 0;
    const now = performance.now();
    if (count !== spans) changedAt = now;
    spans = count;
    const gaps = findGaps(trace);
    return { trace, gaps, isQuiet: now - changedAt >= quietMs || isOld(trace) };
  };
  const wake = followTail(host, { signal: 'traces', query: `{ trace:id = "${traceId}" }` }, signal);
  const isMet = ({ gaps, isQuiet }: Look) => gaps.length === 0 && isQuiet;
  const { trace, gaps, isQuiet } = await untilMet(look, isMet, {
    timeoutMs,
    intervalMs: Math.max(50, Math.min(500, quietMs / 4)),
    wake,
    signal,
  }).finally(() => wake.close());
  const tookMs = Math.round(performance.now() - began);
  const found = (trace?.spans ?? []).slice(0, mostFound).map(({ service, name }) => `${service} ${name}`);
  const has = `${trace?.spans.length ?? 0} spans`;
  if (gaps.length === 0 && isQuiet)
    return { met: true, sentence: `The trace ${traceId} is complete: ${has}.`, found, seen: [], tookMs };
  const sentence = `Waited ${timeoutMs} ms, and the trace ${traceId} is not complete: ${has}.`;
  const seen = gaps.length > 0 ? gaps : ['spans of it were still arriving'];
  return { met: false, sentence, found, seen, tookMs };
}

/** What a trace lacks, a sentence each. */
function findGaps(trace: Trace | null): string[] {
  if (!trace || trace.spans.length === 0) return ['no span of it arrived'];
  const known = new Set(trace.spans.map(({ spanId }) => spanId));
  const gaps = trace.spans
    .filter(({ timing }) => timing === 'unfinished')
    .map(({ service, name }) => `${service} ${name} has no end yet`);
  const children = new Map<string, string[]>();
  for (const { parentSpanId, service, name } of trace.spans) {
    if (parentSpanId === '' || known.has(parentSpanId)) continue;
    children.set(parentSpanId, [...(children.get(parentSpanId) ?? []), `${service} ${name}`]);
  }
  for (const [parent, names] of children) {
    const others = names.length > 1 ? ` and ${names.length - 1} more` : '';
    gaps.push(`the span ${parent} did not arrive, the parent of ${names[0]}${others}`);
  }
  if (!trace.spans.some(({ parentSpanId }) => parentSpanId === '') && children.size === 0) gaps.push('it has no root');
  return gaps;
}

function isOld(trace: Trace | null): boolean {
  const ends = (trace?.spans ?? []).map(
    ({ startNs, durationNs }) => Number(BigInt(startNs) / 1_000_000n) + durationNs / 1e6,
  );
  return ends.length > 0 && Date.now() - ends.reduce((a, b) => Math.max(a, b)) > oldMs;
}
