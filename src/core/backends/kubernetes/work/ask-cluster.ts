import type { Problem } from '../../../../shared/problem';
import { ClusterFailure } from '../api/cluster-api';

/** Asks the cluster; its refusal becomes a Problem. */
export async function askCluster<Value>(question: () => Promise<Value>): Promise<Value | Problem> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    return { kind: 'cluster-refused', message: `The cluster did not do this: ${error.message}.`, hint: 'Try again.' };
  }
}
