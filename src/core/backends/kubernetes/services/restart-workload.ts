import { z } from 'zod';
import type { ClusterApi } from '../api/cluster-api';
import type { WorkloadKind } from './describe-workload';

const Restarted = z.object({ metadata: z.object({ generation: z.number().optional() }) });

/**
 * As `kubectl rollout restart` does: its pods are replaced one after the other. Resolves to the generation that this made; rejects
 * with a ClusterFailure.
 */
export async function restartWorkload(
  api: ClusterApi,
  namespace: string,
  kind: WorkloadKind,
  name: string,
  at: Date,
): Promise<number> {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': at.toISOString() };
  const answer = await api.merge(`/apis/apps/v1/namespaces/${namespace}/${kind}s/${name}`, {
    spec: { template: { metadata: { annotations } } },
  });
  return Restarted.parse(answer).metadata.generation ?? 0;
}
