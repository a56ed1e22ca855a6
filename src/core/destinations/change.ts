import type { Problem } from '../../shared/problem';

/** Outcome of a change or a question: what came of it, or why the old setting is still in force. */
export type Change<Value> = { state: 'done'; value: Value } | { state: 'failed'; problem: Problem };

export function done<Value>(value: Value): Change<Value> {
  return { state: 'done', value };
}

export function failed(problem: Problem): { state: 'failed'; problem: Problem } {
  return { state: 'failed', problem };
}
