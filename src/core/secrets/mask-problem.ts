import type { Problem } from '../../shared/problem';

/** The problem for eyes: every text of it went through the mask. */
export function maskProblem(problem: Problem, mask: (text: string) => string): Problem {
  const { message, hint, details } = problem;
  return {
    ...problem,
    message: mask(message),
    ...(hint !== undefined && { hint: mask(hint) }),
    ...(details !== undefined && { details: mask(details) }),
  };
}
