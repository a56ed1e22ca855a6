import { ORPCError } from '@orpc/client';
import type { QueryProblem } from '../client/describe-error';

/** Answers of a host that refuses: `data` says why and what to do, as the contract declares it for `code`. */
export function refuse(code: keyof typeof statuses, data: Partial<QueryProblem>): () => never {
  return () => {
    throw new ORPCError(code, { status: statuses[code], defined: true, data });
  };
}

const statuses = {
  QUERY: 400,
  UNAVAILABLE: 503,
  BACKEND: 409,
  STACK: 409,
  DESTINATION: 409,
  AGENT: 409,
  RUN: 404,
  SESSION: 404,
  SEARCH: 409,
  ERRORS: 409,
  EXPLAIN: 400,
} as const;

/** A backend that is down, with what to do. */
export const refuseAsDown = refuse('UNAVAILABLE', { message: 'It does not answer.', hint: 'The overview says why.' });
