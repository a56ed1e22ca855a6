import { BackendFailure, refusalFrom } from './backend-failure';

const timeoutMs = 30_000;

export interface BackendRequest {
  /** Base URL of the API, without a slash at its end. */
  base: string;
  path: string;
  parameters?: Readonly<Record<string, string | number | undefined>>;
  /** Text of the query the parameters carry, to place errors in it. */
  query?: string;
  /** Sent as a form: for queries that may outgrow a URL. */
  post?: boolean;
  signal?: AbortSignal | undefined;
  /** Answer null instead of failing on 404. */
  missingIsNull?: boolean;
}

/** One JSON answer of a backend's HTTP API. Throws `BackendFailure`; an aborted signal throws its reason. */
export async function requestBackend<Answer>(request: BackendRequest): Promise<Answer> {
  const { base, path, query, signal } = request;
  const form = new URLSearchParams();
  for (const [key, value] of Object.entries(request.parameters ?? {})) {
    if (value !== undefined) form.append(key, String(value));
  }
  const address = request.post || form.size === 0 ? `${base}${path}` : `${base}${path}?${form}`;
  let response: Response;
  let body: string;
  try {
    response = await fetch(address, {
      method: request.post ? 'POST' : 'GET',
      ...(request.post && { body: form }),
      headers: { accept: 'application/json' },
      signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) : AbortSignal.timeout(timeoutMs),
    });
    body = await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    throw new BackendFailure('unavailable', `${base} does not answer: ${causeOf(error)}`);
  }
  if (response.status === 404 && request.missingIsNull) return null as Answer;
  if (!response.ok) throw refusalFrom(response.status, body, query);
  try {
    return JSON.parse(body) as Answer;
  } catch {
    throw new BackendFailure('unavailable', `${base}${path} did not answer with JSON.`);
  }
}

function causeOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || message : message;
}
