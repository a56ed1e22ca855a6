import type { HostClient } from '../http/client/create-host-client';
import type { ObservedHost } from './observed-host';

/** What a client of the contract can be asked. */
export function createObservedHost(client: HostClient): ObservedHost {
  return {
    traces: client.traces,
    logs: client.logs,
    metrics: client.metrics,
    settled: async (timeoutMs) => (await client.runs.settled({ timeoutMs })).settled,
    run: (ref) => client.runs.get({ ref }),
    summary: (ref) => client.runs.summary({ ref }),
  };
}
