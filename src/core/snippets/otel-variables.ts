import { endpointOf, protocolOf, type SnippetTarget } from './snippet-target';

/** The variables that point any OpenTelemetry SDK here, in the order people read them. */
export function otelVariables(target: SnippetTarget): [name: string, value: string][] {
  return [
    ['OTEL_SERVICE_NAME', target.serviceName],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', endpointOf(target)],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', protocolOf(target)],
  ];
}
