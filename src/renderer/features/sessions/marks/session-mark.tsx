import type { SessionSummary } from '../../../../shared/sessions/session';
import { type Health, HealthMark } from '../../../ui/marks/health-mark';

const healths: Record<SessionSummary['state'], Health> = { active: 'waiting', quiet: 'off', ended: 'off' };
export const stateWords: Record<SessionSummary['state'], string> = {
  active: 'at work',
  quiet: 'quiet for five minutes',
  ended: 'ended',
};

/** Whether the agent is at work, as a shape and a colour. */
export function SessionMark({ state }: { state: SessionSummary['state'] }) {
  return <HealthMark health={healths[state]} label={stateWords[state]} />;
}
