import { connect } from 'node:net';
import type { Problem } from '../../../shared/problem';
import { explainAnswer } from '../../telemetry/request/explain-answer';
import { explainSilence } from '../../telemetry/request/explain-silence';
import { fetchEndpoint } from '../../telemetry/request/fetch-endpoint';
import type { QueryEndpoint } from '../../telemetry/request/query-endpoint';
import { explainApi } from './explain-api';

const probeMs = 5_000;

/** A request without a span, as an app would send one: without our headers. Null where it is taken. */
export async function probeOtlpHttp(endpoint: Pick<QueryEndpoint, 'base' | 'ca'>): Promise<Problem | null> {
  const path = '/v1/traces';
  try {
    const body = { type: 'application/json', text: '{"resourceSpans":[]}' };
    const answer = await fetchEndpoint(endpoint, { target: path, body, signal: AbortSignal.timeout(probeMs) });
    if (answer.status === 401 || answer.status === 403) return wantsKey(endpoint.base, answer.status);
    const failure = explainAnswer(endpoint, path, answer);
    return failure && explainApi(failure);
  } catch (error) {
    return explainApi(await explainSilence(endpoint, error));
  }
}

/** Whether something listens: what it speaks, only a gRPC client could tell. */
export function probeOtlpGrpc({ base }: Pick<QueryEndpoint, 'base'>): Promise<Problem | null> {
  const { hostname, port, protocol } = new URL(base);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || (protocol === 'https:' ? 443 : 80)),
      timeout: probeMs,
    });
    const end = (problem: Problem | null) => {
      socket.destroy();
      resolve(problem);
    };
    const explain = (error: Error) => void explainSilence({ base }, error).then((failure) => end(explainApi(failure)));
    socket.once('connect', () => end(null));
    socket.once('error', explain);
    socket.once('timeout', () => explain(new DOMException('no answer', 'TimeoutError')));
  });
}

function wantsKey(base: string, status: number): Problem {
  return {
    kind: 'external-refused',
    message: `${base} takes telemetry only with a key (${status}).`,
    hint: 'Give it to the app itself: OTEL_EXPORTER_OTLP_HEADERS. Watchtower sends nothing there.',
  };
}
