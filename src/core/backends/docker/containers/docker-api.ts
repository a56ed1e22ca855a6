import Docker from 'dockerode';
import { EngineFailure } from './container-engine';
import type { EngineEndpoint } from './engine-endpoint';

/** Requests that only ask or start something; an engine that takes longer hangs. */
const callLimitMs = 30_000;

/** dockerode for one endpoint; `version` such as `1.41` pins the API, else the engine speaks its newest. */
export function openDockerApi(endpoint: EngineEndpoint, version?: string): Docker {
  // docker-modem fills every option that is left out from DOCKER_HOST and its like: all are given here.
  const base = { protocol: 'http', ca: undefined, cert: undefined, key: undefined, host: undefined, port: undefined };
  const options =
    endpoint.kind === 'socket'
      ? { ...base, socketPath: endpoint.path }
      : {
          ...base,
          host: endpoint.host,
          port: endpoint.port,
          ...(endpoint.tls && { protocol: 'https', ...endpoint.tls }),
        };
  return new Docker({ ...options, ...(version && { version: `v${version}` }) } as Docker.DockerOptions);
}

/** A GET whose answer is JSON, for what dockerode's types give no abort signal. `query` is of the Engine API. */
export function getJson<T>(docker: Docker, path: string, abortSignal: AbortSignal, query?: object): Promise<T> {
  const request = {
    path: query ? `${path}?` : path,
    method: 'GET',
    options: query,
    abortSignal,
    statusCodes: { 200: true },
  };
  return new Promise((resolve, reject) =>
    docker.modem.dial(request, (error: unknown, answer: unknown) => (error ? reject(error) : resolve(answer as T))),
  );
}

/** One request of the Engine API. Rejects with an `EngineFailure`, also when no whole answer came within the limit. */
export async function callEngine<T>(
  request: (abortSignal: AbortSignal) => Promise<T>,
  limitMs: number = callLimitMs,
): Promise<T> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  // docker-modem never settles when an answer is cut in its middle: the limit is kept here, not left to the request.
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new EngineFailure(0, `The engine did not answer within ${Math.round(limitMs / 1000)} s.`));
      abort.abort();
    }, limitMs);
  });
  const answer = request(abort.signal);
  answer.catch(() => {});
  try {
    return await Promise.race([answer, overdue]);
  } catch (error) {
    throw toEngineFailure(error);
  } finally {
    clearTimeout(timer);
  }
}

/** A failed request in the engine's own words. Anything that is not a failure of the engine is thrown on: a bug. */
export function toEngineFailure(error: unknown): EngineFailure {
  if (error instanceof EngineFailure) return error;
  if (!(error instanceof Error)) throw error;
  const { statusCode, json, code } = error as Error & { statusCode?: number; json?: unknown; code?: string };
  if (statusCode !== undefined) return new EngineFailure(statusCode, readMessage(json) ?? stripPrefix(error.message));
  if (code !== undefined || error.name === 'AbortError' || /socket hang up|Parse Error/.test(error.message)) {
    return new EngineFailure(0, error.message || `The connection failed (${code}).`);
  }
  throw error;
}

function readMessage(json: unknown): string | undefined {
  if (Buffer.isBuffer(json)) return json.toString('utf8').trim() || undefined;
  const message = (json as { message?: unknown; cause?: unknown } | null)?.message;
  return typeof message === 'string' ? message.trim() : undefined;
}

function stripPrefix(message: string): string {
  return message.replace(/^\(HTTP code \d+\) .*? - /, '').trim();
}
