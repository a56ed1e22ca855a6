import { splitTraceQuery } from './split-trace-query';

/**
 * The query of a search that is to answer the newest traces: Tempo gives any of those that match unless it is told, and stops where it
 * has enough. What the query itself says of it stands.
 */
export function newestFirst(query: string): string {
  const { body, hints } = splitTraceQuery(query);
  if (/\bmost_recent\b/.test(hints)) return query;
  const given = /\(([^()]*)\)$/.exec(hints)?.[1]?.trim();
  return `${body} with (${[...(given ? [given] : []), 'most_recent=true'].join(', ')})`;
}
