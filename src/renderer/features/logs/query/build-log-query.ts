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

/** The query with this level filter behind it. */
export function withLevel(query: string, level: string): string {
  return query + levelFilter(levelsOf(level));
}

function levelFilter(levels: readonly string[]): string {
  return levels.length === 1
    ? ` | detected_level=${quoted(levels[0]!)}`
    : ` | detected_level=~${quoted(levels.join('|'))}`;
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

function quoted(text: string): string {
  return JSON.stringify(text);
}
