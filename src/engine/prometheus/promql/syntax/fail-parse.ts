import { PromqlFailure } from '../terms/promql-error';

/** Fails with Prometheus' `line:column: parse error: …`, both counted from 1. */
export function failParse(query: string, position: number, message: string): never {
  const before = query.slice(0, position);
  const line = before.split('\n').length;
  const column = position - before.lastIndexOf('\n');
  throw new PromqlFailure({ kind: 'bad-data', message: `${line}:${column}: parse error: ${message}`, position });
}
