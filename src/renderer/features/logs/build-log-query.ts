export interface LogFilters {
  service?: string;
  level?: string;
  /** Text the line contains. */
  text?: string;
}

/** LogQL of the plain filters; without any, every line. */
export function buildLogQuery({ service, level, text }: LogFilters): string {
  const selector = service ? `{service_name=${quoted(service)}}` : '{service_name=~".+"}';
  const line = text ? ` |= ${quoted(text)}` : '';
  const label = level ? ` | detected_level=${quoted(level)}` : '';
  return selector + line + label;
}

/** The query narrowed to lines whose label has this value, for structured metadata and stream labels alike. */
export function narrowLogQuery(query: string, label: string, value: string): string {
  return `${query} | ${label}=${quoted(value)}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
