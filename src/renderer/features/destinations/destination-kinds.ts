import type { Destination } from '../../../shared/contract/destinations';

export interface DestinationKind {
  kind: Destination['kind'];
  title: string;
  /** Where a person finds what is asked for. */
  steps: string;
  endpointLabel: string;
  endpointExample: string;
  tokenLabel?: string;
}

export const destinationKinds: readonly DestinationKind[] = [
  {
    kind: 'sumo',
    title: 'Sumo Logic',
    steps: 'Add an “OTLP/HTTP” source to a hosted collector and paste the presigned URL that it shows: that is all.',
    endpointLabel: 'Presigned URL',
    endpointExample: 'https://endpoint1.collection.eu.sumologic.com/receiver/v1/otlp/…',
    tokenLabel: 'Token',
  },
  {
    kind: 'grafana-cloud',
    title: 'Grafana Cloud',
    steps: 'Your stack’s “OpenTelemetry” page shows the endpoint and the instance id and makes a token.',
    endpointLabel: 'OTLP endpoint',
    endpointExample: 'https://otlp-gateway-prod-eu-west-2.grafana.net/otlp',
    tokenLabel: 'Access policy token',
  },
  {
    kind: 'otlp',
    title: 'Any OTLP/HTTP endpoint',
    steps: 'A collector of your own or any service that takes OTLP over HTTP, with the headers it asks for.',
    endpointLabel: 'Base URL',
    endpointExample: 'https://otel.example.com:4318',
  },
];

export function destinationKind(kind: Destination['kind']): DestinationKind {
  return destinationKinds.find((each) => each.kind === kind)!;
}
