import { levelsOf } from './level-choices';

export interface LogFilters {
  service?: string;
  /** A level, or `warn+` for it and all that are more severe. */
  level?: string;
  /** Text the line contains. */
  text?: string;
}

/** LogQL of the plain filters; without any, every line. */
export function buildLogQuery({ service, level, text }: LogFilters): string {
  const selector = service ? `{service_name=${quoted(service)}}` : '{service_name=~".+"}';
  const line = text ? ` |= ${quoted(text)}` : '';
  return selector + line + (level ? levelFilter(levelsOf(level)) : '');
}

function levelFilter(levels: readonly string[]): string {
  return levels.length === 1
    ? ` | detected_level=${quoted(levels[0]!)}`
    : ` | detected_level=~${quoted(levels.join('|'))}`;
}

/** How a field of a line is known: a label or metadata, or what a parser finds in its text. */
export type FieldKind = 'label' | 'metadata' | 'json' | 'logfmt';

/** The query narrowed to lines whose field has this value, or with `!=` another or none. */
export function narrowLogQuery(
  query: string,
  name: string,
  value: string,
  { operator = '=', kind = 'metadata' }: { operator?: '=' | '!='; kind?: FieldKind } = {},
): string {
  return `${parsedAs(query, kind)} | ${name}${operator}${quoted(value)}`;
}

/** The query narrowed to lines of a pattern, of one service and level; `!>`: without its lines. */
export function narrowToPattern(
  query: string,
  filter: string,
  { operator = '|>', service, level }: { operator?: '|>' | '!>'; service?: string; level?: string } = {},
): string {
  const narrowed = `${query} ${operator} ${quoted(filter)}`;
  if (operator === '!>') return narrowed;
  return [
    narrowed,
    ...(service ? [`service_name=${quoted(service)}`] : []),
    ...(level ? [`detected_level=${quoted(level)}`] : []),
  ].join(' | ');
}

/** A field that a parser finds is there only behind it. */
function parsedAs(query: string, kind: FieldKind): string {
  if (kind !== 'json' && kind !== 'logfmt') return query;
  return new RegExp(`\\|\\s*${kind}\\b`).test(query) ? query : `${query} | ${kind}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
