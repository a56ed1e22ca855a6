import { explainAnswer, explainForeign } from './explain-answer';
import { explainSilence } from './explain-silence';
import { type EndpointAnswer, fetchEndpoint } from './fetch-endpoint';
import type { QueryEndpoint } from './query-endpoint';

const usualTimeoutMs = 30_000;
const form = 'application/x-www-form-urlencoded;charset=UTF-8';

export interface BackendRequest {
  endpoint: QueryEndpoint;
  path: string;
  parameters?: Readonly<Record<string, string | number | undefined>>;
  /** Text of the query the parameters carry, to place errors in it. */
  query?: string;
  /** Sent as a form: for queries that may outgrow a URL. */
  post?: boolean;
  signal?: AbortSignal | undefined;
  /** Of the whole answer; 30 s unless given. */
  timeoutMs?: number;
  /** Keys of which an answer of this API has at least one: JSON without any is of something else. */
  has?: readonly string[];
  /** Answer null instead of failing on 404. */
  missingIsNull?: boolean;
  /** Answer null whatever else answers than JSON of success, but for a fault: not every backend has it. */
  optional?: boolean;
}

/** One JSON object of a backend's HTTP API. Throws `BackendFailure`, which shows no secret; an aborted signal throws its reason. */
export async function requestBackend<Answer>(request: BackendRequest): Promise<Answer> {
  const { endpoint, path, query } = request;
  const answer = await ask(request);
  if (answer.status === 404 && request.missingIsNull) return null as Answer;
  const failure = explainAnswer(endpoint, path, answer, query);
  const read = failure ? undefined : readObject(answer.body, request.has);
  if (read) return read as Answer;
  if (request.optional && answer.status < 500 && answer.status !== 429) return null as Answer;
  throw failure ?? explainForeign(endpoint, path, answer.status);
}

async function ask(request: BackendRequest): Promise<EndpointAnswer> {
  const { endpoint, path, parameters = {}, post, signal, timeoutMs = usualTimeoutMs } = request;
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined) asked.append(key, String(value));
  }
  try {
    return await fetchEndpoint(endpoint, {
      target: post || asked.size === 0 ? path : `${path}?${asked}`,
      body: post ? { type: form, text: asked.toString() } : undefined,
      signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) : AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw await explainSilence(endpoint, error);
  }
}

function readObject(body: string, has?: readonly string[]): object | undefined {
  try {
    const read: unknown = JSON.parse(body);
    if (typeof read !== 'object' || read === null) return undefined;
    return has && !has.some((key) => key in read) ? undefined : read;
  } catch {
    return undefined;
  }
}
