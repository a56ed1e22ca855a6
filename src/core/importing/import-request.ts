import { setTimeout as delay } from 'node:timers/promises';
import type { Problem } from '../../shared/problem';
import { type OtlpRequest, readRequest } from './read-request';

const mostTries = 8;
const answerMs = 60_000;
const longestWaitSeconds = 30;

export interface SentRequest extends OtlpRequest {
  /** Items that the receiver did not take, and why in its words. */
  rejected: number;
  why: string;
}

/** Sends a line of OTLP JSON to the base URL of a receiver; waits and tries again while that is overloaded. */
export async function importRequest(
  endpoint: string,
  text: string,
  line: number,
): Promise<SentRequest | { problem: Problem }> {
  const request = readRequest(text, line);
  if ('problem' in request) return request;
  const url = `${endpoint.replace(/\/$/, '')}/v1/${request.signal}`;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post(url, text);
    if (answer === null) {
      return refuse(`Line ${line} was not sent: nobody answers at ${endpoint}.`, 'Look whether the backend runs.');
    }
    if (answer.ok) return { ...request, ...readRejected(await answer.json().catch(() => null)) };
    const overloaded = answer.status === 429 || answer.status === 503;
    if (!overloaded || attempt === mostTries) {
      return refuse(`Line ${line} was refused with ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    }
    const seconds = Number(answer.headers.get('retry-after') ?? 1);
    await delay(Math.min(Number.isFinite(seconds) ? seconds : 1, longestWaitSeconds) * 1000);
  }
}

async function post(url: string, body: string): Promise<Response | null> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(answerMs),
    });
  } catch {
    return null;
  }
}

function readRejected(answer: unknown): { rejected: number; why: string } {
  const { partialSuccess } = (answer ?? {}) as { partialSuccess?: Record<string, string | number> };
  const rejected = Object.entries(partialSuccess ?? {}).reduce(
    (sum, [key, value]) => sum + (key.startsWith('rejected') ? Number(value) : 0),
    0,
  );
  return { rejected, why: String(partialSuccess?.errorMessage ?? '').slice(0, 1000) };
}

function refuse(message: string, hint?: string): { problem: Problem } {
  return { problem: { kind: 'import-refused', message, ...(hint && { hint }) } };
}
