import type { QueryApi } from '../../../shared/contract/external';
import type { Problem } from '../../../shared/problem';
import { BackendFailure } from '../../telemetry/request/backend-failure';
import type { QueryEndpoint } from '../../telemetry/request/query-endpoint';
import { type BackendRequest, requestBackend } from '../../telemetry/request/request-backend';
import { explainApi } from './explain-api';

const probeMs = 5_000;

type Question = Pick<BackendRequest, 'path' | 'parameters' | 'has'>;

/** Cheap ones, that every version answers, and that need what every query needs: path, headers, tenant. */
const questions: Record<QueryApi, (now: number) => Question> = {
  tempo: () => ({ path: '/api/v2/search/tags', parameters: { scope: 'intrinsic' }, has: ['scopes', 'metrics'] }),
  loki: (now) => ({
    path: '/loki/api/v1/labels',
    parameters: { start: `${now - 60_000}000000`, end: `${now}000000` },
    has: ['data', 'status'],
  }),
  prometheus: () => ({ path: '/api/v1/query', parameters: { query: 'vector(1)' }, has: ['data'] }),
};

/** Null where the API answers as it should. */
export async function probeApi(api: QueryApi, endpoint: QueryEndpoint, signal?: AbortSignal): Promise<Problem | null> {
  try {
    await requestBackend({ endpoint, ...questions[api](Date.now()), signal, timeoutMs: probeMs });
    return null;
  } catch (error) {
    if (error instanceof BackendFailure) return explainApi(error);
    throw error;
  }
}
