import { kubectlTarget } from '../cluster/cluster';
import type { Failure } from '../tools/failure';
import type { Session } from '../tools/session';

export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  type?: string;
}

/**
 * Makes or changes objects of our own. By the server, whose limit is that of the object; the client's way would write the
 * whole object into an annotation as well, where dashboards are too long and secrets could be read.
 */
export async function applyObjects(session: Session, objects: readonly KubernetesObject[]): Promise<Failure | null> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=watchtower', '--filename=-'];
  const { code, stderr } = await session.run('kubectl', [...kubectlTarget(session), ...args], {
    input: JSON.stringify(list),
  });
  if (code === 0) return null;
  const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ');
  return {
    message: `The cluster refused ${names}.`,
    hint: /not found.*namespace|namespaces? .* not found/i.test(stderr)
      ? `Run: ${session.ways.setup}`
      : 'See what it says, below.',
    details: stderr.trim(),
  };
}
