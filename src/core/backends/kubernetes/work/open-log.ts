import type { ServiceLogLine } from '../../../../shared/contract/backend';
import type { Problem } from '../../../../shared/problem';
import { type ClusterApi, ClusterFailure } from '../api/cluster-api';
import { type PodLogLine, type PodLogOptions, readPodLog } from '../services/read-pod-log';
import { askCluster } from './ask-cluster';

type Masking = (text: string) => string;

/** What a pod wrote, without secrets; a refusal is told before the first line. */
export async function openLog(
  api: ClusterApi,
  wanted: PodLogOptions,
  maskSecrets: Masking,
): Promise<{ lines: AsyncIterable<ServiceLogLine> } | { problem: Problem }> {
  const source = readPodLog(api, wanted);
  const first = await askCluster(async () => await source.next());
  return 'kind' in first ? { problem: first } : { lines: masked(first, source, maskSecrets) };
}

async function* masked(
  first: IteratorResult<PodLogLine>,
  source: AsyncGenerator<PodLogLine>,
  maskSecrets: Masking,
): AsyncGenerator<ServiceLogLine> {
  try {
    for (let next = first; !next.done; next = await source.next()) {
      // A cluster does not tell the two streams apart.
      yield { at: next.value.at, stream: 'stdout', text: maskSecrets(next.value.text) };
    }
  } catch (error) {
    // The cluster was lost while its log was followed: the log ends there.
    if (!(error instanceof ClusterFailure)) throw error;
  } finally {
    await source.return(undefined);
  }
}
