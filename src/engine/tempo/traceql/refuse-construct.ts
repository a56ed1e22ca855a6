import type { Problem } from '../../../shared/problem';

/** The answer to a part of the language that is not built yet. */
export function refuseConstruct(construct: string): Problem {
  return {
    kind: 'traceql-unsupported',
    message: `${construct} is not in the embedded engine: use the docker backend`,
    hint: 'Switch the backend to docker, where Tempo itself answers.',
  };
}
