import type { Problem } from '../../../../shared/problem';
import type { Failure } from '../tools/failure';

const kinds: Readonly<Record<string, Problem['kind']>> = {
  tools: 'kubernetes-tools',
  cluster: 'cluster-not-made',
  namespace: 'cluster-not-made',
};

/** What a step of the work could not do, by the step's name. Details may hold what a tool printed: secrets are masked. */
export function explainFailure(
  step: string,
  { message, hint, details }: Failure,
  maskSecrets: (text: string) => string,
): Problem {
  return {
    kind: kinds[step] ?? 'deployment-failed',
    message: maskSecrets(message),
    hint: maskSecrets(hint),
    ...(details && { details: maskSecrets(details) }),
  };
}
