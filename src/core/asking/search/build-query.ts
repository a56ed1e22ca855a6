import { everyLogLine } from '../../../shared/requests/every-log-line';
import type { PlainFilters } from './plain-filters';
import { traceqlField } from './traceql-field';

/** A filter of spans in TraceQL: `{ resource.service.name = "shop" && status = error }`. */
export function buildTraceql({ service, name, text, error, min, where = {} }: PlainFilters): string {
  const conditions = [
    ...(service === undefined ? [] : [`resource.service.name = ${JSON.stringify(service)}`]),
    ...(name === undefined ? [] : [`name =~ ${JSON.stringify(`.*${escapeRegex(name)}.*`)}`]),
    ...(text === undefined ? [] : [`statusMessage =~ ${JSON.stringify(`.*${escapeRegex(text)}.*`)}`]),
    ...(error ? ['status = error'] : []),
    ...(min === undefined ? [] : [`duration >= ${min.replaceAll(' ', '')}`]),
    ...Object.entries(where).map(([key, value]) => equals(traceqlField(key), value)),
  ];
  return conditions.length === 0 ? '{}' : `{ ${conditions.join(' && ')} }`;
}

/** Text may stand for a number or a truth: nobody knows how an attribute was sent. */
function equals(field: string, value: string | number | boolean): string {
  if (field === 'status' || field === 'kind') return `${field} = ${value}`;
  const text = `${field} = ${JSON.stringify(String(value))}`;
  return typeof value !== 'string' || /^(?:-?\d+(?:\.\d+)?|true|false)$/.test(value)
    ? `(${text} || ${field} = ${value})`
    : text;
}

/** Levels from which on a line tells of a failure. */
const errorLevels = 'error|critical|fatal';

/** A selection of lines in LogQL. */
export function buildLogql({ service, name, text, error, where = {} }: PlainFilters): string {
  const selector = service === undefined ? everyLogLine : `{service_name=${JSON.stringify(service)}}`;
  return [
    selector,
    ...[name, text].flatMap((part) => (part === undefined ? [] : [`|= ${JSON.stringify(part)}`])),
    ...(error ? [`| detected_level=~"${errorLevels}"`] : []),
    ...Object.entries(where).map(([key, value]) => `| ${logqlLabel(key)}=${JSON.stringify(String(value))}`),
  ].join(' ');
}

/** `service` and `http.route` as Loki's labels. */
export function logqlLabel(name: string): string {
  if (name === 'service' || name === 'service.name') return 'service_name';
  if (name === 'level') return 'detected_level';
  return name.replace(/^(?:resource|span|log)?\./, '').replace(/\W/g, '_');
}

export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
