import type { HostStatus } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';

/** Why a problem cannot be dismissed; null where there is none of this id any more. */
export function explainLasting(id: string, { problems }: HostStatus): Problem | null {
  const problem = problems.find((each) => each.id === id);
  if (!problem) return null;
  return {
    kind: 'problem-lasts',
    message: `This goes by itself once its cause is mended: ${problem.message}`,
    ...(problem.hint !== undefined && { hint: problem.hint }),
  };
}
