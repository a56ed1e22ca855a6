import { type AlloyBlock, type AlloyEntry, attribute, quote } from './alloy-text';
import { retry, sendingQueue } from './exporter-settings';
import type { Signal } from './signals';

/** To the backends of the stack, by their names in its network. */
export const localExporters: Record<Signal, { input: string; block: AlloyBlock }> = {
  traces: local('otelcol.exporter.otlp', 'tempo', 'tempo:4317'),
  metrics: local('otelcol.exporter.otlphttp', 'prometheus', 'http://prometheus:9090/api/v1/otlp'),
  logs: local('otelcol.exporter.otlphttp', 'loki', 'http://loki:3100/otlp'),
};

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
