import type { FeedState } from '../../client/use-live-feed';
import { Badge } from './badge';
import { HealthMark } from './health-mark';

/** How a live feed stands: live, held by the reader, opening again, or not live since nothing answers it. */
export function FeedMark({ state, held }: { state: FeedState; held?: boolean }) {
  if (state.kind === 'off') return null;
  if (state.kind === 'refused' || state.kind === 'resting') {
    return (
      <Badge tone="bad">
        <HealthMark health="bad" size={8} /> not live
      </Badge>
    );
  }
  if (state.kind !== 'live') {
    return (
      <Badge>
        <HealthMark health="busy" size={8} /> {state.kind === 'reconnecting' ? 'reconnecting' : 'connecting'}
      </Badge>
    );
  }
  return held ? (
    <Badge>
      <HealthMark health="off" size={8} /> held
    </Badge>
  ) : (
    <Badge tone="ok">
      <HealthMark health="ok" size={8} /> live
    </Badge>
  );
}
