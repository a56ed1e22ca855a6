import type { Problem } from '../../../../shared/problem';
import type { EngineFailure } from '../containers/container-engine';

/** What the engine refused, in its own words. */
export function explainEngineFailure(failure: EngineFailure): Problem {
  if (failure.status === 0) {
    return {
      kind: 'engine-unreachable',
      message: `The container engine did not answer: ${failure.message}`,
      hint: 'See that it runs; Watchtower attaches again by itself.',
    };
  }
  return {
    kind: 'engine-refused',
    message: `The container engine refused: ${failure.message}`,
    hint: 'Mend what it names, then try again.',
  };
}
