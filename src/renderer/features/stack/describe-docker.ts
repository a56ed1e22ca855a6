import type { DockerStatus } from '../../../shared/contract/stack';
import type { Health } from '../../ui/marks/health-mark';

const looks: Record<DockerStatus['state'], { word: string; health: Health }> = {
  looking: { word: 'looking for one', health: 'busy' },
  connected: { word: 'connected', health: 'ok' },
  absent: { word: 'none found', health: 'off' },
  'not-responding': { word: 'does not answer', health: 'bad' },
  'too-old': { word: 'too old', health: 'bad' },
};

export function describeDocker({ state }: Pick<DockerStatus, 'state'>): { word: string; health: Health } {
  return looks[state];
}
