import { describeEnd } from '../../../../shared/runs/describe-outcome';
import type { Run } from '../../../../shared/runs/run';
import { type Health, HealthMark } from '../../../ui/marks/health-mark';

/** How a run stands, as a shape and a colour. */
export function RunMark({ run, size }: { run: Run; size?: number }) {
  return <HealthMark health={healthOf(run)} label={describeEnd(run)} size={size} />;
}

// A run may go on for hours: its mark stands still.
function healthOf({ state, exitCode, outcome }: Run): Health {
  if (state === 'running') return 'waiting';
  if (state === 'lost') return 'off';
  if (exitCode !== 0) return 'bad';
  return outcome?.verdict === 'worse' ? 'warn' : 'ok';
}
