import { type AlloyBlock, type AlloyEntry, attribute, quote } from './alloy-text';
import { retry, sendingQueue } from './exporter-settings';
import type { Signal } from './signals';

/** The backends at home: `tempo` a gRPC address, the others OTLP/HTTP base URLs. */
export interface LocalBackends {
  tempo: string;
  /** `name` is that of the component, as its counters and its page show it. */
  metrics: { name: string; url: string };
  loki: string;
}

export function localExporters(backends: LocalBackends): Record<Signal, { input: string; block: AlloyBlock }> {
  return {
    traces: local('otelcol.exporter.otlp', 'tempo', backends.tempo),
    metrics: local('otelcol.exporter.otlphttp', backends.metrics.name, backends.metrics.url),
    logs: local('otelcol.exporter.otlphttp', 'loki', backends.loki),
  };
}

function local(component: string, name: string, endpoint: string): { input: string; block: AlloyBlock } {
  const insecure: AlloyEntry = { block: 'tls', body: [attribute('insecure', 'true')] };
  return {
    input: `${component}.${name}.input`,
    block: {
      block: component,
      label: name,
      body: [
        { block: 'client', body: [attribute('endpoint', quote(endpoint)), insecure] },
        sendingQueue,
        retry('1s', '5s'),
      ],
    },
  };
}
