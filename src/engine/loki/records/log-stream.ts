import type { StoredResource } from '../../store/reader/reader';
import { attributeLabels } from './attribute-labels';
import { putLabel } from './put-label';

/**
 * The resource attributes that become labels of the stream: those that the stack's Loki is configured for. Its defaults would
 * make `service.instance.id` one, and with it a new stream at every restart of an app.
 */
export const indexedAttributes: readonly string[] = [
  'service.name',
  'service.namespace',
  'deployment.environment.name',
  'deployment.environment',
  'k8s.namespace.name',
  'k8s.pod.name',
  'k8s.container.name',
  'container.name',
];
const indexed = new Set(indexedAttributes);

/** Labels that stand in for a missing service name, in the order Loki looks. */
const serviceNames = ['container_name', 'k8s_container_name'];

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
    for (const [name, value] of attributeLabels(attribute)) putLabel(target, name, value);
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
