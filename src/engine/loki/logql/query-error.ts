/** A query that Loki would refuse: thrown while it is read, planned or run, answered as 400 with the text as it is. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** What LogQL has and this engine has not, nor the Loki of the docker backend as it is configured; `instead` says the same. */
export function unsupported(construct: string, instead: string): QueryError {
  return new QueryError(
    `parse error : ${construct} is not supported by the embedded engine, and not enabled in the Loki of the docker backend: use ${instead}`,
  );
}
