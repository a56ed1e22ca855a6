import type { LogField } from '../contract/log-patterns';
import { withoutTexts } from '../trace-query/split-trace-query';

/** The query narrowed to lines whose field has this value, or with `!=` another or none. */
export function narrowLogQuery(
  query: string,
  name: string,
  value: string,
  { operator = '=', kind = 'metadata' }: { operator?: '=' | '!='; kind?: LogField['kind'] } = {},
): string {
  return `${parsedAs(query, kind)} | ${name}${operator}${JSON.stringify(value)}`;
}

/** A field that a parser finds is there only behind it. */
function parsedAs(query: string, kind: LogField['kind']): string {
  if (kind !== 'json' && kind !== 'logfmt') return query;
  return new RegExp(`\\|\\s*${kind}\\b`).test(withoutTexts(query)) ? query : `${query} | ${kind}`;
}
