import { ORPCError } from '@orpc/client';
import type { Problem } from '../../shared/problem';
import { problemKinds } from '../../shared/problem-kinds';
import { PartNotLoaded } from './loading/load-part';

/** A refused call as a `Problem`; `position` is 0-based in the query where the backend named it. */
export interface QueryProblem extends Problem {
  position?: number;
}

export function describeError(error: unknown): QueryProblem {
  if (error instanceof PartNotLoaded) {
    return {
      kind: 'part-not-loaded',
      message: 'A part of the panel could not be loaded.',
      hint: 'Reload the page: what the address says is kept.',
      details: error.message,
    };
  }
  if (!(error instanceof ORPCError)) {
    return {
      kind: 'connection-lost',
      message: 'The connection to Watchtower was lost.',
      hint: 'It is opened again by itself.',
    };
  }
  const data: Partial<QueryProblem> = error.data ?? {};
  if (error.code === 'QUERY') {
    return { kind: 'query', message: data.message ?? error.message, position: data.position };
  }
  return {
    // A host of another version may know kinds that this panel does not.
    kind: data.kind && problemKinds.includes(data.kind) ? data.kind : 'call-refused',
    message: data.message ?? error.message,
    hint: data.hint,
    details: data.details,
  };
}

/** Whether asking again can help: not for a refused query or input. */
export function isTransient(error: unknown): boolean {
  return !(error instanceof ORPCError) || error.status >= 500;
}

/**
 * Whether the answer was lost on the way: what was asked for may well be happening, and the feeds tell. A browser cuts
 * its connections when a network appears, as it does when the Docker stack is started.
 */
export function isAnswerLost(error: unknown): boolean {
  return error !== null && !(error instanceof ORPCError);
}
