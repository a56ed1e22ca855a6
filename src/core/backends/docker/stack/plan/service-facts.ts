import type { StackServiceName } from './stack-service-name';

/** Ports on this machine; 0 where the system may choose. */
export interface StackPorts {
  otlpGrpc: number;
  otlpHttp: number;
  tempo: number;
  loki: number;
  prometheus: number;
  grafana: number;
  alloy: number;
  faro: number;
}

interface ServicePort {
  key: keyof StackPorts;
  title: string;
  containerPort: number;
  /** Of the compose file. */
  variable: string;
  /** A browser can look at it. */
  browsable: boolean;
}

export interface ServiceFacts {
  title: string;
  /** What its volume keeps, told before it is deleted. */
  holds: string;
  /** Answers 2xx once the service can work. */
  ready: { port: keyof StackPorts; path: string };
  ports: readonly ServicePort[];
}

function port(key: keyof StackPorts, title: string, containerPort: number, variable: string, browsable = false) {
  return { key, title, containerPort, variable: `WATCHTOWER_${variable}_PORT`, browsable };
}

/** What Watchtower knows of each service beyond the compose file. */
export const serviceFacts: Record<StackServiceName, ServiceFacts> = {
  alloy: {
    title: 'Alloy',
    holds: 'state of the collector',
    ready: { port: 'alloy', path: '/-/ready' },
    ports: [
      port('otlpGrpc', 'OTLP gRPC', 4317, 'OTLP_GRPC'),
      port('otlpHttp', 'OTLP HTTP', 4318, 'OTLP_HTTP'),
      port('alloy', 'Alloy', 12345, 'ALLOY', true),
      port('faro', 'Faro', 12347, 'FARO'),
    ],
  },
  tempo: {
    title: 'Tempo',
    holds: 'traces',
    ready: { port: 'tempo', path: '/ready' },
    ports: [port('tempo', 'Tempo', 3200, 'TEMPO')],
  },
  loki: {
    title: 'Loki',
    holds: 'logs',
    ready: { port: 'loki', path: '/ready' },
    ports: [port('loki', 'Loki', 3100, 'LOKI')],
  },
  prometheus: {
    title: 'Prometheus',
    holds: 'metrics',
    ready: { port: 'prometheus', path: '/-/ready' },
    ports: [port('prometheus', 'Prometheus', 9090, 'PROMETHEUS', true)],
  },
  grafana: {
    title: 'Grafana',
    holds: 'users, and dashboards made in Grafana',
    ready: { port: 'grafana', path: '/api/health' },
    ports: [port('grafana', 'Grafana', 3000, 'GRAFANA', true)],
  },
};

export const serviceNames = Object.keys(serviceFacts) as StackServiceName[];
