import { runIdLabel } from '../../shared/runs/run-attributes';
import type { StoredSeries } from '../store/reader/reader';

interface KeyValue {
  readonly key: string;
  readonly value: { readonly stringValue: string };
}

/** Where a series comes from in OTLP: its resource, and the labels that belong to its points. */
export interface SeriesOrigin {
  /** The same object for all series of a resource. */
  readonly resource: { readonly attributes?: readonly KeyValue[] };
  readonly attributes: readonly KeyValue[];
}

/** Promoted ones that do not identify a resource. */
const OTHERS = ['deployment_environment_name', runIdLabel];
const IDENTIFYING = ['job', 'instance', 'service_name', 'service_namespace', 'service_instance_id'];
const NO_RESOURCE = {};

/**
 * Undoes what Prometheus' OTLP translation makes of resources: `job`, `instance` and the promoted labels become the
 * identifying attributes again, the labels of `target_info` the others (under their legalised names). Labels that do not
 * fit a resource stay attributes of the points, which yields the same series as well.
 */
export class OriginRestorer {
  private readonly infos = new Map<string, StoredSeries>();
  private readonly resources = new Map<string, SeriesOrigin['resource']>();
  /** `target_info` series that a resource tells again. */
  readonly restoredInfos = new Set<StoredSeries>();

  constructor(series: Iterable<StoredSeries>) {
    for (const one of series) {
      if (one.name !== 'target_info') continue;
      const key = identityKey(one.labels);
      if (one.id >= (this.infos.get(key)?.id ?? 0)) this.infos.set(key, one);
    }
  }

  /** `omit` is left out of the labels: `le`, or `quantile`. */
  restore(labels: ReadonlyMap<string, string>, omit?: string): SeriesOrigin {
    const own = [...labels].filter(([name]) => name !== omit);
    if (!isOfResource(labels)) return withoutResource(own);
    const info = this.infos.get(identityKey(labels));
    const promoted = OTHERS.filter((name) => labels.has(name) && info?.labels.get(name) === labels.get(name));
    const taken = [...IDENTIFYING, ...promoted];
    return {
      resource: this.resource(labels, info, promoted),
      attributes: own.filter(([name]) => !taken.includes(name)).map(keyValue),
    };
  }

  private resource(
    labels: ReadonlyMap<string, string>,
    info: StoredSeries | undefined,
    promoted: readonly string[],
  ): SeriesOrigin['resource'] {
    const key = `${identityKey(labels)}\0${promoted.join()}`;
    const known = this.resources.get(key);
    if (known) return known;
    if (info) this.restoredInfos.add(info);
    const identity = ['service_name', 'service_namespace', 'service_instance_id'].flatMap((name) =>
      labels.has(name) ? [keyValue([name.replaceAll('_', '.'), labels.get(name)!])] : [],
    );
    const others = [...(info?.labels ?? [])]
      .filter(([name]) => !IDENTIFYING.includes(name))
      .map(([name, value]) => keyValue([promoted.includes(name) ? name.replaceAll('_', '.') : name, value]));
    const resource = { attributes: [...identity, ...others] };
    this.resources.set(key, resource);
    return resource;
  }
}

/** All labels as attributes of the points. */
export function withoutResource(labels: Iterable<readonly [string, string]>): SeriesOrigin {
  return { resource: NO_RESOURCE, attributes: [...labels].map(keyValue) };
}

function isOfResource(labels: ReadonlyMap<string, string>): boolean {
  const [name, namespace] = [labels.get('service_name'), labels.get('service_namespace')];
  if (name === undefined || labels.get('instance') !== labels.get('service_instance_id')) return false;
  return labels.get('job') === (namespace === undefined ? name : `${namespace}/${name}`);
}

function identityKey(labels: ReadonlyMap<string, string>): string {
  return `${labels.get('job')}\0${labels.get('instance')}\0${labels.get(runIdLabel)}`;
}

function keyValue([key, value]: readonly [string, string]): KeyValue {
  return { key, value: { stringValue: value } };
}
