import { startsWith, withoutZeros } from '../answer/shown-ids';
import type { Refusal } from '../answer/told';
import type { Asking } from '../answer/tool';

const named = 5;
const monthMs = 31 * 24 * 3_600_000;

/** The whole id of a trace by what was given: the id, its first digits, or the address of its page. */
export async function findTraceId(given: string, { host, now, signal }: Asking): Promise<string | Refusal> {
  const [, digits] = /(?:^|\/traces?\/)([0-9a-f]{4,32})(?:[?#].*)?$/i.exec(given.trim()) ?? [];
  if (digits === undefined) {
    return {
      refused: `${JSON.stringify(given.slice(0, 80))} is no trace id.`,
      hint: 'Give its first digits as an answer shows them, four at least.',
    };
  }
  if (digits.length === 32) return digits.toLowerCase();
  const start = withoutZeros(digits);
  const found = await lookFor(start, { host, now, signal });
  if (found.length === 1) return found[0]!;
  if (found.length === 0)
    return {
      refused: `No trace begins with ${digits}.`,
      hint: 'It may be older than what is kept, or its spans have not arrived yet: wait with trace.',
    };
  return {
    refused: `${digits} is the start of ${found.length > named ? 'many' : found.length} trace ids.`,
    hint: `Give more of it: ${found.slice(0, named).join(', ')}${found.length > named ? ', …' : ''}.`,
  };
}

async function lookFor(start: string, { host, now, signal }: Asking): Promise<string[]> {
  const shown = host.ids.find(start);
  // Four digits at least are an index's work; a backend without one refuses, and what was shown is all that is known.
  const input = {
    query: `{ trace:id =~ "${start}.*" }`,
    window: { from: now - monthMs, to: now + 60_000 },
    limit: named + 1,
  };
  const { traces } = await host.client.traces.search(input, { signal }).catch((error: { code?: string }) => {
    signal.throwIfAborted();
    if (error.code === 'QUERY') return { traces: [] };
    throw error;
  });
  const found = traces.map(({ traceId }) => traceId).filter((id) => startsWith(id, start));
  return [...new Set([...found, ...shown])];
}
