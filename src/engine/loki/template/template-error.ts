import { QueryError } from '../logql/query-error';

/** A template that does not parse, refused with the query. */
export function templateError(message: string): QueryError {
  return new QueryError(`parse error : invalid line template: template: line:1: ${message}`);
}
