import { STATUS_CODES } from 'node:http';
import { WireReader } from '../wire/wire-reader';
import type { Outcome } from './outcome';
import type { Answer } from './post-request';

/** Of OTLP/HTTP 429, 502, 503 and 504; 408 is what a slow way there ends with. */
const RETRYABLE = new Set([408, 429, 502, 503, 504]);
const MAX_TEXT = 200;
const MAX_RETRY_AFTER_MS = 5 * 60_000;
const MESSAGE_TAG = 0x12;
const PARTIAL_SUCCESS_TAG = 0x0a;
const REJECTED_TAG = 0x08;

/** `now`: Unix milliseconds. */
export function readAnswer(answer: Answer, now: number): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    // A web server that shows its page under every address has taken nothing.
    if (isPage(answer)) return { kind: 'refused', status, message: `${name(status)}: a web page, not an OTLP answer` };
    return { kind: 'sent', ...readPartialSuccess(answer) };
  }
  if (status >= 300 && status < 400) {
    return { kind: 'refused', status, message: `${name(status)}: redirects are not followed; give the final address` };
  }
  const text = readStatusText(answer);
  const message = text === '' ? name(status) : `${name(status)}: ${text}`;
  if (!RETRYABLE.has(status)) return { kind: 'refused', status, message };
  return { kind: 'retry', status, message, afterMs: readRetryAfter(answer.retryAfter, now) };
}

function name(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

/** `Retry-After` in milliseconds, at most five minutes: seconds or an HTTP date. Null when there is none. */
function readRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? null : Math.min(Math.max(0, milliseconds), MAX_RETRY_AFTER_MS);
}

/** Export…ServiceResponse, of every signal: `partial_success` (1) with the rejected items (1) and a message (2). */
function readPartialSuccess(answer: Answer): { rejected: number; message: string | null } {
  const none = { rejected: 0, message: null };
  try {
    if (isJson(answer)) {
      const { partialSuccess = {} } = JSON.parse(answer.body.toString()) as {
        partialSuccess?: Record<string, unknown>;
      };
      const [, rejected = 0] = Object.entries(partialSuccess).find(([key]) => key.startsWith('rejected')) ?? [];
      return { rejected: Number(rejected) || 0, message: tidy(String(partialSuccess.errorMessage ?? '')) || null };
    }
    if (!isProtobuf(answer)) return none;
    const inner = fieldOf(answer.body, PARTIAL_SUCCESS_TAG);
    if (!(inner instanceof Uint8Array)) return none;
    const rejected = fieldOf(inner, REJECTED_TAG);
    return { rejected: typeof rejected === 'number' ? rejected : 0, message: textOf(inner) || null };
  } catch {
    // Whatever it says beside its 200, the request was taken.
    return none;
  }
}

/** The message of a google.rpc.Status, else the text of the answer. */
function readStatusText(answer: Answer): string {
  try {
    if (isProtobuf(answer)) return textOf(answer.body);
    if (isJson(answer)) {
      const { message } = JSON.parse(answer.body.toString()) as { message?: unknown };
      if (typeof message === 'string') return tidy(message);
    }
  } catch {}
  return isPage(answer) ? '' : tidy(answer.body.toString());
}

function isPage({ contentType }: Answer): boolean {
  return /html/i.test(contentType);
}

function isJson({ contentType }: Answer): boolean {
  return contentType.startsWith('application/json');
}

function isProtobuf({ contentType }: Answer): boolean {
  return contentType.startsWith('application/x-protobuf');
}

function textOf(message: Uint8Array): string {
  const text = fieldOf(message, MESSAGE_TAG);
  return text instanceof Uint8Array ? tidy(Buffer.from(text).toString()) : '';
}

function fieldOf(message: Uint8Array, wanted: number): Uint8Array | number | undefined {
  const reader = new WireReader(message);
  while (reader.position < message.length) {
    const tag = reader.varint();
    if (tag !== wanted) reader.skip(tag & 7);
    else if ((tag & 7) === 0) return Number(reader.int64());
    else {
      const end = reader.blockEnd();
      return message.subarray(reader.position, end);
    }
  }
  return undefined;
}

/** One short line without control characters: it is shown in terminals. */
function tidy(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
}
