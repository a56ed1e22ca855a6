import { destinationSecretKey, forwardingPlace } from '../../../alloy/render/kubernetes-place';
import { renderConfig } from '../../../alloy/render/render-config';
import { inKubernetes } from '../../../alloy/render/shipped-configs';
import type { Forwarding } from '../../../destinations/forwarding';
import { cluster } from '../cluster/cluster';
import type { KubernetesObject } from '../objects/apply-objects';
import { alloyConfigMapOf, chosenAnnotation, hostAnnotation, ownLabels } from '../objects/own-objects';

export const destinationsSecret = 'watchtower-destinations';

/** Alloy's configuration for what a host forwards; no secret stands in it. */
export function forwardingConfigMap({ destinations, redaction, agentContent }: Forwarding): KubernetesObject {
  const isForwarding = destinations.length > 0;
  return alloyConfigMapOf(
    isForwarding ? 'dual-write' : 'local-only',
    { [chosenAnnotation]: 'false', [hostAnnotation]: String(isForwarding) },
    renderConfig({ ...inKubernetes, destinations, redaction, ...(agentContent && { agentContent }) }, forwardingPlace),
  );
}

/** The values of the destinations' headers. Never log it. */
export function forwardingSecret({ destinations }: Forwarding): KubernetesObject {
  const values = destinations.flatMap(({ id, headers }) =>
    Object.values(headers).map((value, index) => [destinationSecretKey(id, index), value] as const),
  );
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: destinationsSecret, namespace: cluster.namespace, labels: ownLabels },
    type: 'Opaque',
    data: Object.fromEntries(values.map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
  };
}
