import { untilMet } from '../observing/until-met';
import type { HttpInput } from './case';

export interface AppPlace {
  host: string;
  port: number;
}

/** Sends a request to the app; the sentence says why it did not succeed. */
export async function sendInput(
  input: HttpInput,
  app: AppPlace,
  {
    timeoutMs,
    intervalMs,
    signal,
  }: { timeoutMs: number; intervalMs?: number | undefined; signal?: AbortSignal | undefined },
): Promise<string | null> {
  const { method, scheme, host, path, headers, body, status, retry } = input;
  const url = `${scheme}://${host ?? app.host}:${app.port}${path}`;
  const patience = retry?.timeoutMs ?? timeoutMs;
  const send = async () => {
    try {
      const answer = await fetch(url, {
        method,
        headers,
        ...(body !== undefined && { body }),
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(patience), ...(signal ? [signal] : [])]),
      });
      const text = await answer.text();
      if (answer.status === status) return null;
      return `${method} ${url} answered ${answer.status}, expected ${status}${text ? `: ${text.trim().slice(0, 200)}` : ''}`;
    } catch (error) {
      const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
      return `${method} ${url} failed: ${cause?.code ?? cause?.message ?? message}`;
    }
  };
  if (!retry) return send();
  return untilMet(send, (failure) => failure === null, {
    timeoutMs: patience,
    intervalMs: retry.intervalMs ?? intervalMs,
    signal,
  });
}
