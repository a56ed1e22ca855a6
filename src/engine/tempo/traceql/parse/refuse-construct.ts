import type { Problem } from '../../../../shared/problem';

/** Who else answers what the embedded engine does not: Tempo of the release that the docker backend runs, or nobody. */
export type AnsweredBy = 'docker' | 'nobody';

/** The answer to a part of the language that is not built yet. */
export function refuseConstruct(construct: string, answeredBy: AnsweredBy): Problem {
  if (answeredBy === 'nobody')
    return {
      kind: 'traceql-unsupported',
      message: `${construct} is not in the embedded engine, nor in the Tempo of the docker backend`,
    };
  return {
    kind: 'traceql-unsupported',
    message: `${construct} is not in the embedded engine: use the docker backend`,
    hint: 'Switch the backend to docker, where Tempo itself answers.',
  };
}
