import { sendHttp } from '../http/client/send-http';

/** A host that is stopped takes the connection and never answers. */
const answerMs = 10_000;

/** Sends one request of OTLP/JSON to the base URL of a receiver; throws where it is not taken. */
export async function postOtlp(endpoint: string, signal: 'traces' | 'logs', body: string): Promise<void> {
  const answer = await sendHttp(`${endpoint.replace(/\/+$/, '')}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(answerMs),
  });
  answer.resume();
  const status = answer.statusCode ?? 0;
  if (status < 200 || status >= 300) throw new Error(`The receiver answered ${status}.`);
}
