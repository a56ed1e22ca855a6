import type { HostStatus } from '../../shared/contract/host';

export type Signal = 'traces' | 'logs' | 'metrics';

/** Why the backend in use answers nothing about this signal; null where it does. */
export function whyNotAnswered({ capabilities }: Pick<HostStatus, 'capabilities'>, signal: Signal): string | null {
  if (capabilities[signal]) return null;
  return capabilities.because[signal] ?? 'The backend in use answers no such queries.';
}
