import type { QueryApi } from '../../shared/contract/external';
import { type EndpointAnswer, fetchEndpoint } from '../telemetry/request/fetch-endpoint';
import type { QueryEndpoint } from '../telemetry/request/query-endpoint';

/** As Grafana waits for a data source. */
const timeoutMs = 60_000;

export interface ApiRequest {
  /** Of the API itself. */
  path: string;
  parameters: Readonly<Record<string, string | number | undefined>>;
  /** Sent as a form, for queries that may outgrow an address. */
  post?: boolean;
  headers?: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

/** Asks one of the three APIs; text where no answer came. */
export type AskApi = (api: QueryApi, request: ApiRequest) => Promise<EndpointAnswer | string>;

/** `endpoint` is read at each request: it may change with a restart. */
export function createAskApi(endpoint: (api: QueryApi) => QueryEndpoint): AskApi {
  return async (api, { path, parameters, post, headers, signal }) => {
    const asked = new URLSearchParams();
    for (const [key, value] of Object.entries(parameters)) if (value !== undefined) asked.append(key, String(value));
    try {
      const to = endpoint(api);
      return await fetchEndpoint(
        { ...to, headers: { ...to.headers, ...headers } },
        {
          target: post || asked.size === 0 ? path : `${path}?${asked}`,
          body: post ? { type: 'application/x-www-form-urlencoded', text: asked.toString() } : undefined,
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        },
      );
    } catch (error) {
      signal.throwIfAborted();
      const { cause, message } = error as Error;
      return cause instanceof Error && cause.message !== '' ? cause.message : message;
    }
  };
}
