import { probeMetric, probeService } from '../../../shared/runs/probe-names';

/** A span, a line and a point that can be told from all others, each as OTLP JSON and where it is posted. */
export function probeOf(id: string, nowMs: number): [path: string, body: object][] {
  const timeUnixNano = `${nowMs}000000`;
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: probeService } }] };
  const attributes = [{ key: 'watchtower.probe', value: { stringValue: id } }];
  const span = {
    ...{ traceId: `${id}${id}`, spanId: id, name: 'probe', kind: 1, attributes },
    ...{ startTimeUnixNano: timeUnixNano, endTimeUnixNano: timeUnixNano },
  };
  const line = { timeUnixNano, severityNumber: 5, body: { stringValue: `probe ${id}` } };
  const metric = { name: probeMetric, gauge: { dataPoints: [{ asDouble: nowMs, timeUnixNano }] } };
  return [
    ['/v1/traces', { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }],
    ['/v1/logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [line] }] }] }],
    ['/v1/metrics', { resourceMetrics: [{ resource, scopeMetrics: [{ metrics: [metric] }] }] }],
  ];
}
