import type { Body } from './body-failure';

/** What a body holds; the answer is in the same. */
export type BodyFormat = 'protobuf' | 'json';

/**
 * By the Content-Type, whatever parameters it has. `text/plain` is JSON of a page that may not ask first (`sendBeacon` with a
 * text); a page's beacon of bytes has no type at all: there the body tells. Undefined where it is something else.
 */
export function readFormat(header: string | undefined, body: Body): BodyFormat | undefined {
  const type = (header ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (PROTOBUF.includes(type)) return 'protobuf';
  if (JSON_TYPES.includes(type)) return 'json';
  if (type !== '' && type !== 'application/octet-stream') return undefined;
  return body instanceof Uint8Array && body[0] === OPEN_BRACE ? 'json' : 'protobuf';
}

const PROTOBUF: readonly string[] = [
  ...['application/x-protobuf', 'application/protobuf', 'application/x-google-protobuf'],
  'application/vnd.google.protobuf',
];
const JSON_TYPES: readonly string[] = ['application/json', 'text/json', 'text/plain'];
const OPEN_BRACE = 0x7b;
