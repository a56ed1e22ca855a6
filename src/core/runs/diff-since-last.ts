import { mostRunsListed } from '../../shared/runs/most-runs-listed';
import { ranInOnePlace } from '../../shared/runs/ran-in-one-place';
import type { Run } from '../../shared/runs/run';
import type { RunDiff } from '../../shared/runs/run-diff';
import type { HostClient } from '../http/client/create-host-client';

/** Against the newest run before that has the name and ran in the same place; null where there is none to compare with. */
export async function diffSinceLast(
  client: Pick<HostClient, 'runs'>,
  run: Run,
  signal?: AbortSignal,
): Promise<RunDiff | null> {
  const options = signal && { signal };
  const { runs: named } = await client.runs.list({ name: run.name, limit: mostRunsListed }, options);
  const before = named.find(
    (other) => other.startedAt < run.startedAt && other.state === 'ended' && ranInOnePlace(other, run),
  );
  if (!before) return null;
  return client.runs
    .diff({ before: { ref: before.id }, after: { ref: run.id }, force: false }, options)
    .catch((error: { code?: string }) => {
      // Another command, or a summary that is gone.
      if (error.code === 'RUN') return null;
      throw error;
    });
}
