import { expect, it } from 'vitest';
import { changesData } from './changes-data';

it.each([
  ['grafana/tempo:3.0.3', 'grafana/tempo:3.1.0', false],
  ['grafana/tempo:2.9.0', 'grafana/tempo:3.0.3', true],
  ['prom/prometheus:v3.14.0', 'prom/prometheus:v3.15.1@sha256:abc', false],
  ['prom/prometheus:v2.55.0', 'prom/prometheus:v3.14.0', true],
  ['grafana/loki:3.7.6', 'localhost:5000/grafana/loki:3.7.6', true],
  ['localhost:5000/loki', 'localhost:5000/loki:3', true],
  ['grafana/loki:latest', 'grafana/loki:latest', false],
  ['grafana/loki:latest', 'grafana/loki:main', true],
])('from %s to %s the data may change its format: %s', (before, after, changes) => {
  expect(changesData(before, after)).toBe(changes);
});
