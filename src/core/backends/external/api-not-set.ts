import type { QueryApi } from '../../../shared/contract/external';
import type { Problem } from '../../../shared/problem';
import { externalTitles } from './titles';

const answersFor: Readonly<Record<QueryApi, string>> = {
  tempo: 'traces cannot be searched or followed',
  loki: 'log lines cannot be searched or followed',
  prometheus: 'metrics cannot be queried',
};

/** Of an external backend without this API: one of the three is enough. */
export function apiNotSet(api: QueryApi): Problem {
  return {
    kind: 'external-not-set',
    message: `The external backend has no URL of a ${externalTitles[api]}: ${answersFor[api]}.`,
    hint: `Give it on the Stack page, or: watchtower backend external --${api} URL`,
  };
}
