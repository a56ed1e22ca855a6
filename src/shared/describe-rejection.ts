import type { RecentRejection } from './contract/host';

const NAMES: Readonly<Record<RecentRejection['items'], string>> = {
  spans: 'spans',
  logs: 'log records',
  points: 'metric points',
  requests: 'requests',
};

/** One line: how many of what, from where, and why. */
export function describeRejection({ items, count, metric, service, reason }: RecentRejection): string {
  const of = metric === '' ? '' : ` of ${metric}`;
  const from = service === '' ? '' : ` from ${service}`;
  return `${count} ${count === 1 ? NAMES[items].slice(0, -1) : NAMES[items]}${of}${from}: ${reason}.`;
}
