import type { StoredSeries } from './reader';

/** The job of the engine's metrics about itself. */
export const SELF_JOB = 'watchtower';

const DERIVED = /^traces_(?:spanmetrics|service_graph)_/;

/** Whether the engine writes this series about itself; one that arrives with a resource of that name has `service_name` too. */
export function isSelfSeries({ labels }: Pick<StoredSeries, 'labels'>): boolean {
  return labels.get('job') === SELF_JOB && !labels.has('service_name');
}

/** Whether the engine makes this series of the spans it has. */
export function isDerivedSeries({ name, labels }: Pick<StoredSeries, 'name' | 'labels'>): boolean {
  return DERIVED.test(name) && !labels.has('job');
}
