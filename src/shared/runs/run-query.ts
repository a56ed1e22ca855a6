import { runAttributes, runIdLabel } from './run-attributes';

/** TraceQL for the traces of a run. */
export function runTracesQuery(id: string): string {
  return `{ resource.${runAttributes.id} = "${id}" }`;
}

/** LogQL for the log lines of a run, or of one service in it. */
export function runLogsQuery(id: string, service?: string): string {
  const selector = service === undefined ? 'service_name=~".+"' : `service_name=${JSON.stringify(service)}`;
  return `{${selector}} | ${runIdLabel}="${id}"`;
}

/** PromQL for a metric of a run, by the name that Prometheus gives it. */
export function runMetricQuery(id: string, name: string): string {
  return /^[a-zA-Z_:][\w:]*$/.test(name)
    ? `${name}{${runIdLabel}="${id}"}`
    : `{${JSON.stringify(name)}, ${runIdLabel}="${id}"}`;
}
