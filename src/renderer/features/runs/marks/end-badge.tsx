import { describeEnd, endedWell } from '../../../../shared/runs/describe-outcome';
import type { Run } from '../../../../shared/runs/run';
import { Badge } from '../../../ui/marks/badge';

/** Whether a run runs, and what it ended with. */
export function EndBadge({ run }: { run: Run }) {
  const tone = endedWell(run) ? 'neutral' : run.state === 'running' ? 'accent' : run.state === 'lost' ? 'warn' : 'bad';
  return <Badge tone={tone}>{describeEnd(run)}</Badge>;
}
