/** Prometheus' names of what can go wrong. */
type ErrorType = 'bad_data' | 'execution' | 'timeout' | 'canceled' | 'internal';

export interface ApiError {
  readonly errorType: ErrorType;
  readonly error: string;
}

export interface ApiData {
  /** The value of `data`, already JSON, as pieces one after another. */
  readonly json: readonly string[];
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
}

export type ApiAnswer = ApiError | ApiData;

const STATUS: Readonly<Record<ErrorType, number>> = {
  bad_data: 400,
  execution: 422,
  timeout: 503,
  // As nginx: the client closed the connection.
  canceled: 499,
  internal: 500,
};

export function answerData(data: unknown, warnings: readonly string[] = []): ApiData {
  return { json: [JSON.stringify(data)], warnings };
}

export function badParameter(name: string, message: string): ApiError {
  return { errorType: 'bad_data', error: `invalid parameter ${JSON.stringify(name)}: ${message}` };
}

export function isApiError<T extends object>(value: T | ApiError): value is ApiError {
  return 'errorType' in value;
}

/** The envelope of the Prometheus HTTP API. */
export function toResponse(answer: ApiAnswer): Response {
  const headers = { 'content-type': 'application/json' };
  if (isApiError(answer)) {
    return new Response(JSON.stringify({ status: 'error', ...answer }), { status: STATUS[answer.errorType], headers });
  }
  const { json, warnings = [], infos = [] } = answer;
  const notes =
    (warnings.length === 0 ? '' : `,"warnings":${JSON.stringify(warnings)}`) +
    (infos.length === 0 ? '' : `,"infos":${JSON.stringify(infos)}`);
  const pieces = ['{"status":"success","data":', ...json, `${notes}}`];
  return new Response(pieces.length <= 3 ? pieces.join('') : streamOf(pieces), { headers });
}

function streamOf(pieces: readonly string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      if (next < pieces.length) controller.enqueue(encoder.encode(pieces[next++]));
      else controller.close();
    },
  });
}
