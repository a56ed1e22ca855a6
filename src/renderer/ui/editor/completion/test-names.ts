import type { Asked } from './completion-offer';
import type { NameSource } from './name-source';

const names = (...labels: string[]): Promise<Asked> =>
  Promise.resolve({ names: labels.map((label) => ({ kind: 'name' as const, label })) });

/** A backend that knows a few names, and tells in the values what it was asked for. */
export const testNames: NameSource = {
  spanFields: () => names('resource.service.name', 'span.http.route'),
  spanValues: (field, typed, quote) => names(`value of ${field}, ${quote ?? 'no quote'}, ${typed}`),
  logLabels: () => names('service_name'),
  logLabelValues: (label, typed, quote) => names(`value of ${label}, ${quote ?? 'no quote'}, ${typed}`),
  logFields: (selector) => names(`field in ${selector}`, 'service_name'),
  metricNames: () => names('http_requests_total'),
  metricLabels: (metric) => names(`label of ${metric}`),
  metricLabelValues: (metric, label, typed, quote) =>
    names(`value of ${metric} ${label}, ${quote ?? 'no quote'}, ${typed}`),
};
