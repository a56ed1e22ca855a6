import type { StoredResource } from '../../store/reader';
import { attributeLabels } from './attribute-labels';

/** The resource attributes that Loki's OTLP endpoint makes labels of the stream, by its defaults. */
const indexed = new Set([
  'service.name',
  'service.namespace',
  'service.instance.id',
  'deployment.environment',
  'deployment.environment.name',
  'cloud.region',
  'cloud.availability_zone',
  'k8s.cluster.name',
  'k8s.namespace.name',
  'k8s.pod.name',
  'k8s.container.name',
  'container.name',
  'k8s.replicaset.name',
  'k8s.deployment.name',
  'k8s.statefulset.name',
  'k8s.daemonset.name',
  'k8s.cronjob.name',
  'k8s.job.name',
]);

/** Labels that stand in for a missing service name, in the order Loki looks. */
const serviceNames = ['container_name', 'k8s_container_name', 'k8s_job_name'];

/** What a resource is to Loki: the labels of its stream and the metadata that each of its lines carries. */
export interface LogStream {
  readonly labels: ReadonlyMap<string, string>;
  readonly metadata: ReadonlyMap<string, string>;
  /** The labels as a key: streams with equal keys are one. */
  readonly key: string;
}

const cache = new WeakMap<StoredResource, LogStream>();

export function logStreamOf(resource: StoredResource): LogStream {
  let stream = cache.get(resource);
  if (!stream) {
    stream = createStream(resource);
    cache.set(resource, stream);
  }
  return stream;
}

function createStream(resource: StoredResource): LogStream {
  const labels = new Map<string, string>();
  const metadata = new Map<string, string>();
  for (const attribute of resource.attributes) {
    const target = indexed.has(attribute.key) ? labels : metadata;
    for (const [name, value] of attributeLabels(attribute))
      if (target === metadata || value !== '') target.set(name, value);
  }
  if (!labels.has('service_name')) {
    const stand = serviceNames.map((name) => labels.get(name)).find((value) => value !== undefined);
    labels.set('service_name', stand ?? 'unknown_service');
  }
  return { labels, metadata, key: labelsKey(labels) };
}

/** Equal for equal label sets, whatever the order of their labels. */
export function labelsKey(labels: ReadonlyMap<string, string>): string {
  return JSON.stringify([...labels].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
