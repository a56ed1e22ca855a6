import { quoteTraceQl } from './quote-traceql';

/** The plain filters beside the TraceQL input. */
export interface TraceFilters {
  service?: string;
  /** Part of the span's name. */
  name?: string;
  /** A duration as TraceQL writes it: `100ms`, `1.5s`. */
  min?: string;
  errors?: boolean;
}

const duration = /^\d+(\.\d+)?(ns|us|µs|ms|s|m|h)$/;

export function isDuration(text: string): boolean {
  return duration.test(text.trim());
}

/** The TraceQL of the plain filters; a duration that cannot be read is left out. */
export function buildTraceQuery({ service, name, min, errors }: TraceFilters): string {
  const conditions: string[] = [];
  if (service) conditions.push(`resource.service.name = ${quoteTraceQl(service)}`);
  if (name) conditions.push(`name =~ ${quoteTraceQl(`.*${escapeRegex(name)}.*`)}`);
  if (min && isDuration(min)) conditions.push(`duration >= ${min.trim()}`);
  if (errors) conditions.push('status = error');
  return conditions.length > 0 ? `{ ${conditions.join(' && ')} }` : '{}';
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
