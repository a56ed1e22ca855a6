import type { HostStatus } from '../../shared/contract/host';

export type Signal = 'traces' | 'logs' | 'metrics';

/** Why the backend in use answers nothing about this signal; null where it does. */
export function whyNotAnswered({ capabilities }: Pick<HostStatus, 'capabilities'>, signal: Signal): string | null {
  if (capabilities[signal]) return null;
  return capabilities.because[signal] ?? 'The backend in use answers no such queries.';
}

export interface Missing {
  /** A sentence about the signals that did not answer, which is a failure; null where none of them failed. */
  failed: string | null;
  /** Why the backend has nothing of the others, a sentence each. */
  without: string[];
}

/** Tells signals of which an answer has nothing apart: those that failed, and those that the backend does not have at all. */
export function describeMissing(status: HostStatus | null, missing: readonly Signal[]): Missing {
  const failed = missing.filter((each) => !status || whyNotAnswered(status, each) === null);
  return {
    failed: failed.length > 0 ? `${failed.join(' and ')} did not answer: what is only there is missing here.` : null,
    without: missing.flatMap((each) => (status && whyNotAnswered(status, each)) ?? []),
  };
}
