export interface ReachedService {
  title: string;
  service: string;
  port: number;
  /** On this machine, where it is free. */
  hostPort: number;
}

/** Services that are reached from this machine: beside the ports of the mappings those of the query APIs, which are published nowhere else. */
export const reachedServices = {
  grafana: { title: 'Grafana', service: 'grafana', port: 80, hostPort: 13000 },
  otlpGrpc: { title: 'OTLP gRPC', service: 'alloy', port: 4317, hostPort: 14317 },
  otlpHttp: { title: 'OTLP HTTP', service: 'alloy', port: 4318, hostPort: 14318 },
  tempo: { title: 'Tempo', service: 'tempo', port: 3200, hostPort: 13200 },
  loki: { title: 'Loki', service: 'loki', port: 3100, hostPort: 13100 },
  mimir: { title: 'Mimir', service: 'mimir-gateway', port: 80, hostPort: 19090 },
} as const satisfies Record<string, ReachedService>;
