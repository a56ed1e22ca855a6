import type { Delivery, DestinationInput } from '../../shared/contract/destinations';
import type { Problem } from '../../shared/problem';
import { createFileSecretStore } from '../secrets/file-secret-store';
import type { Change } from './change';
import type { DestinationController } from './destination-controller';
import type { Forwarding } from './forwarding';
import { openDestinations } from './open-destinations';

/** A backend that keeps what it was last given; `answer` decides. */
export function fakeBackend() {
  const applied: Forwarding[] = [];
  const logged: string[] = [];
  const deliveries = new Map<string, Delivery>();
  const log = (details: object, message: string) => void logged.push(JSON.stringify({ details, message }));
  return {
    applied,
    logged,
    deliveries,
    tell: () => {},
    answer: async (_: Forwarding): Promise<Problem | null> => null,
    log: { info: log, warn: log, error: log },
  };
}
type FakeBackend = ReturnType<typeof fakeBackend>;

/** The controller over that home, with secrets in its file. */
export function openController(home: string, backend: FakeBackend): Promise<DestinationController> {
  return openDestinations({
    home,
    secrets: createFileSecretStore(home),
    async applyForwarding(forwarding) {
      const problem = await backend.answer(forwarding);
      if (!problem) backend.applied.push(structuredClone(forwarding));
      return problem;
    },
    ownEndpoint: () => 'http://127.0.0.1:4318',
    delivery: {
      read: (id) => backend.deliveries.get(id) ?? null,
      subscribe: (listener) => {
        backend.tell = listener;
        return () => {};
      },
    },
    tempo: { search: async () => ({ traces: [] }), get: async () => null },
    loki: { query: async () => [] },
    log: backend.log,
  });
}

/** What a change gave; throws its problem. */
export function expectDone<Value>(change: Change<Value>): Value {
  if (change.state === 'failed') throw new Error(change.problem.message);
  return change.value;
}

export const problemOf = (change: Change<unknown>) => (change.state === 'failed' ? change.problem : undefined);
export const base = 'https://collectors.sumologic.com/receiver/v1/otlp';
export const sumo: DestinationInput = { kind: 'sumo', name: 'Sumo Logic', endpoint: `${base}/CANARY-sumo==` };
export const grafana: DestinationInput = {
  kind: 'grafana-cloud',
  name: 'Grafana',
  endpoint: 'https://otlp-gateway-prod-eu-west-0.grafana.net/otlp',
  instanceId: '1234',
  token: 'glc_CANARY-grafana',
};
export const otlp: DestinationInput = {
  kind: 'otlp',
  name: 'Own',
  endpoint: 'https://otel.example/base/',
  headers: [{ name: 'X-Api-Key', value: 'CANARY-own' }],
};
