import type { ForwardConfig } from '../../shared/engine-messages';
import type { Problem } from '../../shared/problem';
import type { Signal } from '../wire/signal';

type Destination = ForwardConfig['destinations'][number];

/** A destination as requests are sent to it. */
export interface Target {
  readonly urls: Readonly<Record<Signal, URL>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Header values and their parts: never to be shown. */
  readonly secrets: readonly string[];
}

/** A shorter header value, such as `1`, is no secret and would mask the digits of a status. */
const SHORTEST_VALUE = 4;
/** Shorter parts of a header value (`Basic`) are no secrets and occur in ordinary words. */
const SECRET_LENGTH = 8;

/** Problem: `destination-invalid`. */
export function readTarget({ id, endpoint, headers }: Destination): Target | { problem: Problem } {
  let base: URL;
  try {
    base = new URL(endpoint);
    if (!/^https?:$/.test(base.protocol) || base.username !== '' || base.password !== '') throw new TypeError();
  } catch {
    return {
      problem: {
        kind: 'destination-invalid',
        message: `The address of the destination ${id} is not an http or https URL without a user name.`,
        hint: 'Give the OTLP/HTTP base URL, without /v1/traces; what authenticates belongs in a header.',
      },
    };
  }
  const values = Object.values(headers);
  const parts = values.flatMap((value) => value.split(/[\s,;=]+/)).filter((part) => part.length >= SECRET_LENGTH);
  return {
    urls: { traces: append(base, 'traces'), logs: append(base, 'logs'), metrics: append(base, 'metrics') },
    headers,
    // Longest first: a part must not break up the whole.
    secrets: [...values.filter((value) => value.length >= SHORTEST_VALUE), ...parts].sort(
      (a, b) => b.length - a.length,
    ),
  };
}

function append(base: URL, signal: Signal): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/${signal}`;
  return url;
}
