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

/** The query narrowed to lines whose label has this value, for structured metadata and stream labels alike. */
export function narrowLogQuery(query: string, label: string, value: string): string {
  return `${query} | ${label}=${quoted(value)}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
