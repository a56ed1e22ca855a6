import type { ExternalTrial } from '../../../shared/contract/external';

/** As they are called in the list of services and in what is said of an address. */
export const externalTitles: Readonly<Record<ExternalTrial['name'], string>> = {
  tempo: 'Tempo API',
  loki: 'Loki API',
  prometheus: 'Prometheus API',
  otlpGrpc: 'OTLP gRPC',
  otlpHttp: 'OTLP HTTP',
};
