import type { ToldDetail, ToldErrors } from '../../shared/errors/told-errors';
import { errorsRequest } from '../../shared/requests/watchtower-errors';
import type { QueryEndpoint } from '../telemetry/request/query-endpoint';
import { requestBackend } from '../telemetry/request/request-backend';
import type { ErrorPage, ErrorSource, ErrorsAsked } from './error-source';

const timeoutMs = 60_000;

/** Errors as the embedded engine groups them. */
export class EngineErrors implements ErrorSource {
  constructor(private readonly endpoint: () => QueryEndpoint) {}

  list(asked: ErrorsAsked, signal?: AbortSignal) {
    return requestBackend<ToldErrors>({
      endpoint: this.endpoint(),
      ...errorsRequest(asked),
      has: ['groups'],
      ...{ timeoutMs, signal },
    });
  }

  find(id: string, asked: ErrorsAsked, { after, limit }: ErrorPage, signal?: AbortSignal) {
    const { parameters } = errorsRequest(asked);
    return requestBackend<ToldDetail>({
      endpoint: this.endpoint(),
      path: '/watchtower/error',
      parameters: { ...parameters, id, after, limit },
      has: ['occurrences'],
      ...{ timeoutMs, signal },
    });
  }
}
