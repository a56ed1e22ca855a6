import type { Run } from '../../../shared/runs/run';
import { scopeToRun } from '../../observing/scope-to-run';
import type { Question } from '../../observing/signal';
import type { Asking } from '../answer/tool';
import type { Scope } from '../scope/read-scope';
import type { PlainFilters } from './plain-filters';

/** A search as its arguments and its scope have it. */
export interface SearchRequest extends PlainFilters {
  /** As it was typed; undefined where plain filters build it. */
  query: string | undefined;
  /** Attributes to group by; none for the usual ones. */
  by: readonly string[];
  scope: Scope;
  asking: Asking;
}

/** The question, of these runs alone; null for everything. */
export function ofRuns(question: Question, runs: readonly Run[] | null): string {
  return runs ? scopeToRun(question, ...runs.map(({ id }) => id)) : question.query;
}
