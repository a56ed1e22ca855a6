import { applyObjects } from './apply-objects';
import { cluster } from './cluster';
import type { Failure } from './failure';
import { ownLabels } from './own-objects';
import type { Session } from './session';

export const namespaceObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: cluster.namespace, labels: ownLabels },
};

export async function ensureNamespace(session: Session): Promise<Failure | null> {
  session.say(`Namespace ${cluster.namespace}`);
  return applyObjects(session, [namespaceObject]);
}
