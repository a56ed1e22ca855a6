import { formatAgo } from '../../../shared/format-ago';
import { type AskedClient, endingWith } from '../../observing/asked-client';
import { explainMiss } from '../../observing/explain-miss';
import type { Question } from '../../observing/signal';
import type { Told } from '../answer/told';
import type { SearchRequest } from './search-request';

const dayMs = 24 * 3_600_000;
const things = { traces: 'trace', logs: 'line', metrics: 'series' } as const;

/** Nothing matched: what would without one of the conditions, and whether something does in a longer time. */
export async function explainNothing(
  question: Question,
  { scope, asking }: SearchRequest,
  page: string,
): Promise<Told> {
  const { host, now, signal } = asking;
  const client = endingWith(host.client, signal);
  const misses = await explainMiss(client, question, scope.window);
  const earlier = scope.runs ? null : await newestBefore(client, question, scope.window.from);
  return {
    head: [`No ${things[question.signal]} of ${scope.words} matches ${question.query}`],
    lines: misses.map((miss) => host.ids.shorten(miss)),
    notes:
      earlier === null
        ? []
        : [`One does from ${formatAgo(earlier, now)}: since=${Math.ceil((now - earlier) / 3_600_000) + 1}h.`],
    page,
  };
}

async function newestBefore(client: AskedClient, question: Question, from: number): Promise<number | null> {
  const window = { from: from - 30 * dayMs, to: from };
  if (question.signal === 'traces') {
    const { traces } = await client.traces.search({ query: question.query, window, limit: 1 });
    return traces[0] ? Number(BigInt(traces[0].startNs) / 1_000_000n) : null;
  }
  if (question.signal === 'metrics') return null;
  const { records } = await client.logs.query({ query: question.query, window, limit: 1, direction: 'backward' });
  return records[0] ? Number(BigInt(records[0].timeNs) / 1_000_000n) : null;
}
