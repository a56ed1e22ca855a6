import { constants, gzipSync } from 'node:zlib';
import type { Signal } from '../wire/signal';

/** Rewrites one Export…ServiceRequest. */
export type RedactRequest = (signal: Signal, request: Uint8Array) => Uint8Array;

/** The body of a request from those it unites, or why there is none, in words. */
export type PackRequest = (
  signal: Signal,
  requests: readonly Uint8Array[],
) => { readonly body: Uint8Array } | { readonly problem: string };

/** Without `redact` the bytes leave as they came. */
export function createPackRequest(redact: RedactRequest | null): PackRequest {
  return (signal, requests) => {
    let parts = requests;
    try {
      if (redact) parts = requests.map((request) => redact(signal, request));
    } catch {
      // It never leaves unredacted; its content stays out of what is said.
      return { problem: 'a request could not be redacted and was left out' };
    }
    // Not gzip's asynchronous form: the journal is written on the threads that would run it.
    return { body: gzipSync(Buffer.concat(parts), { level: constants.Z_BEST_SPEED }) };
  };
}
