/** A query that Loki would refuse: thrown while it is read, planned or run, answered as 400 with the text as it is. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** What LogQL has and this engine has not. */
export function unsupported(construct: string): QueryError {
  return new QueryError(
    `parse error : ${construct} is not supported by the embedded engine: use the docker backend, or rewrite the query without it`,
  );
}
