import { cluster } from '../cluster/cluster';
import type { Failure } from '../tools/failure';
import type { Session } from '../tools/session';
import { applyObjects } from './apply-objects';
import { ownLabels } from './own-objects';

export const namespaceObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: cluster.namespace, labels: ownLabels },
};

export async function ensureNamespace(session: Session): Promise<Failure | null> {
  session.say(`Namespace ${cluster.namespace}`);
  return applyObjects(session, [namespaceObject]);
}
