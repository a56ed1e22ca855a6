import { compareTexts } from '../../../shared/compare-texts';
import type { RunTelemetry } from '../../../shared/runs/run-summary';
import type { MetricFacts } from './read-metric-facts';
import { withLeftOut } from './with-left-out';

/** The telemetry with its metrics, in the order of their names. */
export function addMetrics(telemetry: RunTelemetry, { facts, leftOut }: MetricFacts): RunTelemetry {
  const services = new Map(telemetry.services.map((service) => [service.name, { ...service }]));
  for (const { service: name } of facts) {
    const service = services.get(name) ?? { name, spans: 0, errorSpans: 0, logs: 0, errorLogs: 0, metrics: 0 };
    services.set(name, service);
    service.metrics++;
  }
  return {
    ...withLeftOut(telemetry, leftOut, 'metrics'),
    services: [...services.values()].sort((a, b) => compareTexts(a.name, b.name)),
    metrics: facts.toSorted((a, b) => compareTexts(a.service, b.service) || compareTexts(a.name, b.name)),
  };
}
