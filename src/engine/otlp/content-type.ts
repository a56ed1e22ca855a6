import type { Body } from './body-failure';

/** What a body holds; the answer is in the same. */
export type BodyFormat = 'protobuf' | 'json';

/**
 * By the Content-Type. `text/plain` is JSON of a page that may not ask first (`sendBeacon` with a text); a page's beacon of
 * bytes has no type at all: there the body tells. Undefined where it is something else.
 */
export function readFormat(header: string | undefined, body: Body): BodyFormat | undefined {
  const type = (header ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (type === 'application/x-protobuf' || type === 'application/protobuf') return 'protobuf';
  if (type === 'application/json' || type === 'text/plain') return 'json';
  if (type !== '') return undefined;
  return body instanceof Uint8Array && body[0] === OPEN_BRACE ? 'json' : 'protobuf';
}

const OPEN_BRACE = 0x7b;
