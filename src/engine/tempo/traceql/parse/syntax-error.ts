import type { Problem } from '../../../../shared/problem';

/** Thrown inside the parser alone: where the query's text stops to be one, or a construct that is refused by its name. */
export class QueryRefusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** A mistake at a place of the query, in Tempo's words. Lines and columns count from 1. */
export function syntaxErrorAt(query: string, at: number, mistake: string): QueryRefusal {
  const before = query.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  const message = `parse error at line ${line}, col ${column}: ${mistake}`;
  return new QueryRefusal({ kind: 'traceql-syntax', message, details: String(at) });
}
