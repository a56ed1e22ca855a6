import { endpointOf, protocolOf, type SnippetTarget } from './snippet-target';

/** SDKs wait a minute unless told otherwise: too long for a person who looks whether it works. */
const metricIntervalMs = 5_000;

/** The variables that point any OpenTelemetry SDK here, in the order people read them. */
export function otelVariables(target: SnippetTarget): [name: string, value: string][] {
  return [
    ['OTEL_SERVICE_NAME', target.serviceName],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', endpointOf(target)],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', protocolOf(target)],
    ['OTEL_METRIC_EXPORT_INTERVAL', String(metricIntervalMs)],
  ];
}
