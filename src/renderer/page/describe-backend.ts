import { backendNames, backendWords } from '../../shared/backend-names';
import type { HostStatus } from '../../shared/contract/host';
import type { Health } from '../ui/marks/health-mark';

const healths: Record<HostStatus['state'], Health> = {
  ready: 'ok',
  starting: 'busy',
  degraded: 'warn',
  failed: 'bad',
  stopping: 'busy',
  stopped: 'off',
};

export function describeBackend(status: HostStatus): { backend: string; word: string; health: Health } {
  return { backend: backendNames[status.backend], word: backendWords[status.state], health: healths[status.state] };
}

export function serviceHealth(state: HostStatus['services'][number]['state']): Health {
  return state === 'up' ? 'ok' : state === 'starting' ? 'busy' : 'bad';
}
