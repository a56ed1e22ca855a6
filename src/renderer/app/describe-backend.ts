import type { HostStatus } from '../../shared/contract/host';
import type { Health } from '../ui/health-mark';

const states: Record<HostStatus['state'], { word: string; health: Health }> = {
  ready: { word: 'running', health: 'ok' },
  starting: { word: 'starting', health: 'busy' },
  degraded: { word: 'degraded', health: 'warn' },
  failed: { word: 'failed', health: 'bad' },
  stopping: { word: 'stopping', health: 'busy' },
  stopped: { word: 'stopped', health: 'off' },
};

export const backendNames: Record<HostStatus['backend'], string> = {
  embedded: 'Embedded engine',
  docker: 'Docker stack',
  kubernetes: 'Kubernetes',
  external: 'External backend',
};

/** Inside a sentence: "the embedded engine". */
export function backendInSentence(backend: HostStatus['backend']): string {
  return backend === 'docker' || backend === 'kubernetes' ? backendNames[backend] : backendNames[backend].toLowerCase();
}

export function describeBackend(status: HostStatus): { backend: string; word: string; health: Health } {
  return { backend: backendNames[status.backend], ...states[status.state] };
}

export function serviceHealth(state: HostStatus['services'][number]['state']): Health {
  return state === 'up' ? 'ok' : state === 'starting' ? 'busy' : 'bad';
}
