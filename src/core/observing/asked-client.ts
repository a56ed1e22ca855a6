import type { HostClient } from '../http/client/create-host-client';

/** What of the contract answers a question. */
export interface AskedClient {
  traces: Pick<HostClient['traces'], 'search'>;
  logs: Pick<HostClient['logs'], 'query'>;
  metrics: Pick<HostClient['metrics'], 'query' | 'queryRange' | 'names'>;
}

/** The same, whose every question ends with a signal. */
export function endingWith({ traces, logs, metrics }: AskedClient, signal: AbortSignal): AskedClient {
  return {
    traces: { search: (input) => traces.search(input, { signal }) },
    logs: { query: (input) => logs.query(input, { signal }) },
    metrics: {
      query: (input) => metrics.query(input, { signal }),
      queryRange: (input) => metrics.queryRange(input, { signal }),
      names: (input) => metrics.names(input, { signal }),
    },
  };
}
