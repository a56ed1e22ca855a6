import type { RunRequest } from './counting/run-scope';

const NANOS = 1_000_000n;
const MAX_OUTSIDE = 100;

/** The request, or what is wrong with it. */
export function readRunRequest(query: Record<string, string>): RunRequest | string {
  const { id, start, end, outside = '' } = query;
  if (id !== undefined && !/^[a-z2-7]{8}$/.test(id)) return 'id is 8 characters of a-z and 2-7';
  const [startMs, endMs] = [readMillis(start), readMillis(end)];
  const isRange = startMs !== null && endMs !== null && startMs < endMs;
  if ((start !== undefined || end !== undefined) && !isRange)
    return 'start and end are Unix milliseconds, the start before the end';
  if (id === undefined && !isRange) return 'name a run by id, or a time by start and end';
  const spans = outside === '' ? [] : outside.split(',');
  if (spans.length > MAX_OUTSIDE || !spans.every((span) => /^[0-9a-f]{16}$/.test(span)))
    return `outside is at most ${MAX_OUTSIDE} ids of spans, 16 hex digits each, with commas between them`;
  const range = isRange ? { startNs: startMs * NANOS, endNs: endMs * NANOS } : null;
  return { runId: id ?? null, range, outside: spans };
}

function readMillis(text: string | undefined): bigint | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? BigInt(text) : null;
}
