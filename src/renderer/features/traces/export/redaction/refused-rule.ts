import type { Problem } from '../../../../../shared/problem';

/** A rule of redaction that cannot be used: nothing is written then, rather than what it was to keep back. */
export class RefusedRule extends Error {
  override name = 'RefusedRule';

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}
