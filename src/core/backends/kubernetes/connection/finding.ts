import type { Problem } from '../../../../shared/problem';
import type { ClusterApi } from '../api/cluster-api';

export interface FoundCluster {
  api: ClusterApi;
  context: string;
  /** As `kubectl version` tells it: `v1.37.0`. */
  version: string;
}

export interface MissedCluster {
  state: 'absent' | 'not-responding' | 'refused';
  /** URL of the API server; empty where the kubeconfig names none. */
  endpoint: string;
  problem: Problem;
}
