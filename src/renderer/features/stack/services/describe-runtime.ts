import type { RuntimeStatus } from '../../../../shared/contract/backend';
import type { Health } from '../../../ui/marks/health-mark';

const looks: Record<RuntimeStatus['state'], { word: string; health: Health }> = {
  looking: { word: 'looking for one', health: 'busy' },
  connected: { word: 'connected', health: 'ok' },
  absent: { word: 'none found', health: 'off' },
  'not-responding': { word: 'does not answer', health: 'bad' },
  refused: { word: 'refuses', health: 'bad' },
  'too-old': { word: 'too old', health: 'bad' },
};

export function describeRuntime({ state }: Pick<RuntimeStatus, 'state'>): { word: string; health: Health } {
  return looks[state];
}
