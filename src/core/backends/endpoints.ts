import type { HostStatus } from '../../shared/contract/host';
import type { EnginePorts } from '../../shared/engine-messages';

type Endpoints = HostStatus['endpoints'];
/** Of a backend of this machine: apps always send somewhere. */
type OwnEndpoints = Endpoints & Required<Pick<Endpoints, 'otlpGrpc' | 'otlpHttp'>>;

/** Where each service answers on the given ports. gRPC exporters want a URL as well. */
export function endpointsOf(address: string, ports: EnginePorts, grafana?: number): OwnEndpoints {
  const host = address.includes(':') ? `[${address}]` : address;
  return {
    otlpGrpc: `http://${host}:${ports.otlpGrpc}`,
    otlpHttp: `http://${host}:${ports.otlpHttp}`,
    tempo: `http://${host}:${ports.tempo}`,
    loki: `http://${host}:${ports.loki}`,
    prometheus: `http://${host}:${ports.prometheus}`,
    ...(grafana && { grafana: `http://${host}:${grafana}` }),
  };
}
