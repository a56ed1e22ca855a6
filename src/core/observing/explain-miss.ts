import { distance } from 'fastest-levenshtein';
import type { TimeWindow } from '../../shared/contract/telemetry';
import { askQuestion } from './ask-question';
import type { AskedClient } from './asked-client';
import { relaxQuery } from './relax-query';
import type { Question } from './signal';

/** Conditions that are left out one by one. */
const mostRelaxed = 8;
const mostShown = 5;
const things = { traces: ['trace', 'traces'], logs: ['line', 'lines'], metrics: ['series', 'series'] } as const;

/**
 * Why nothing matched a question, in sentences, the nearest miss first: the condition without which something does, else what there
 * is. `all` is the same question without conditions, where it is of one run.
 */
export async function explainMiss(
  client: AskedClient,
  question: Question,
  window: TimeWindow,
  all?: string,
): Promise<string[]> {
  const misses: { without: string; count: number; shown: string }[] = [];
  for (const { query, without } of relaxQuery(question).slice(0, mostRelaxed)) {
    const found = await askQuestion(
      client,
      { signal: question.signal, query: showing(question, query, without) },
      window,
      100,
    )
      // Without its condition it may be no question.
      .catch(() => null);
    if (found && found.rows.length > 0) {
      misses.push({ without, count: found.rows.length, shown: found.rows[0]!.shown });
    }
  }
  const [one, many] = things[question.signal];
  const nearest = misses
    .sort((a, b) => a.count - b.count)
    .slice(0, mostShown)
    .map(
      ({ without, count, shown }) =>
        `without ${without} there ${count === 1 ? `is 1 ${one}` : `are ${count >= 100 ? '100 or more' : count} ${many}`}: ${shown}`,
    );
  return nearest.length > 0 ? nearest : whatCame(client, question, window, all);
}

/** The field that a condition is about is told with what was found. */
function showing({ signal }: Question, query: string, without: string): string {
  const field = signal === 'traces' ? /^[\w.:"-]+(?=\s*(?:=|!|<|>))/.exec(without)?.[0] : undefined;
  return field ? `${query} | select(${field})` : query;
}

async function whatCame(
  client: AskedClient,
  { signal, query }: Question,
  window: TimeWindow,
  all?: string,
): Promise<string[]> {
  if (signal === 'metrics') return similarMetrics(client, query, window);
  const everything = all ?? (signal === 'traces' ? '{}' : '{service_name=~".+"}');
  const { rows, cut } = await askQuestion(client, { signal, query: everything }, window, 500);
  if (rows.length === 0) return [`no ${things[signal][1]} at all arrived in that time`];
  const kinds = new Map<string, number>();
  for (const { name, attributes } of rows) {
    const service = attributes['service.name'] ?? attributes.service_name ?? '';
    const key = `${service} ${signal === 'logs' ? name.slice(0, 120) : name}`.trim();
    kinds.set(key, (kinds.get(key) ?? 0) + 1);
  }
  const shown = [...kinds]
    .map(([text, count]) => ({ text, count, far: distance(text, query) / Math.max(text.length, query.length) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, mostShown)
    .map(({ text, count }) => (count === 1 ? text : `${text} (${count} times)`));
  return [
    `${cut ? '500 or more' : rows.length} other ${things[signal][rows.length === 1 ? 0 : 1]} arrived: ${shown[0]}`,
    ...shown.slice(1),
  ];
}

async function similarMetrics(client: AskedClient, query: string, window: TimeWindow): Promise<string[]> {
  const names = (await client.metrics.names({ window })).map(({ name }) => name);
  if (names.length === 0) return ['no metric at all arrived in that time'];
  const wanted = query.match(/[A-Za-z_:][\w:]*/g) ?? [query];
  const near = names
    .map((name) => ({
      name,
      far: Math.min(...wanted.map((word) => distance(word, name) / Math.max(word.length, name.length))),
    }))
    .sort((a, b) => a.far - b.far)
    .slice(0, mostShown)
    .map(({ name }) => name);
  return [`${names.length} metrics have samples; the names nearest to it: ${near.join(', ')}`];
}
