import { ORPCError } from '@orpc/server';
import type { Problem } from '../../shared/problem';

/** A problem as the error that the contract declares for it; the panel and the CLI show its data. */
export function refuse(code: 'STACK' | 'DESTINATION' | 'BACKEND', problem: Problem): ORPCError<typeof code, Problem> {
  return new ORPCError(code, { status: 409, message: problem.message, data: problem });
}
