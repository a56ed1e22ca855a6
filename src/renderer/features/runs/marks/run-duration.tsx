import { formatDuration } from '../../../../shared/format-duration';
import type { Run } from '../../../../shared/runs/run';
import { useNow } from '../../../client/use-now';

const nanosPerMilli = 1e6;

/** How long a run took; of one that still runs, renewed every second. Of a lost one nobody knows. */
export function RunDuration({ run }: { run: Pick<Run, 'startedAt' | 'endedAt' | 'state'> }) {
  if (run.endedAt !== null) return formatDuration((run.endedAt - run.startedAt) * nanosPerMilli);
  return run.state === 'running' ? <Passing since={run.startedAt} /> : '–';
}

function Passing({ since }: { since: number }) {
  const now = useNow(1000);
  return formatDuration(Math.max(0, Math.floor((now - since) / 1000)) * 1000 * nanosPerMilli);
}
