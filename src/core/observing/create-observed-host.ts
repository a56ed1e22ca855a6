import type { HostClient } from '../http/create-host-client';
import type { ObservedHost } from './observed-host';

/** What a client of the contract can be asked. */
export function createObservedHost(client: HostClient): ObservedHost {
  return {
    traces: client.traces,
    logs: client.logs,
    metrics: client.metrics,
    settled: async (timeoutMs) => {
      const { endpoints } = await client.host.snapshot();
      const answer = await fetch(`${endpoints.tempo}/watchtower/settled?timeout=${timeoutMs}`).catch(() => null);
      await answer?.body?.cancel();
      return answer?.ok === true;
    },
    run: (ref) => client.runs.get({ ref }),
    summary: () => Promise.reject(new Error('This host keeps no summaries of runs.')),
  };
}
