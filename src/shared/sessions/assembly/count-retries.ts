interface Attempt {
  readonly failed: boolean;
  /** The turn, and the subagent, that it is of. */
  readonly scope: string;
  readonly startMs: number;
  readonly endMs: number;
  /** From 1, as most agents count. */
  readonly attempt: number | undefined;
}

/** A model call so long after one that failed is no further attempt. */
const mostPauseMs = 600_000;

/** How often a model was asked again after a call that failed, whether its failures were told or only the attempts counted. */
export function countRetries(attempts: readonly Attempt[]): number {
  const scopes = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const known = scopes.get(attempt.scope);
    if (known) known.push(attempt);
    else scopes.set(attempt.scope, [attempt]);
  }
  let retries = 0;
  for (const ofScope of scopes.values()) {
    let failures: Attempt[] = [];
    const close = () => {
      if (failures.length > 0) retries += further(failures.length - 1, failures);
      failures = [];
    };
    for (const attempt of ofScope.sort((a, b) => a.endMs - b.endMs)) {
      const last = failures.at(-1);
      if (last && attempt.startMs - last.endMs > mostPauseMs) close();
      if (attempt.failed) {
        failures.push(attempt);
        continue;
      }
      retries += further(failures.length, [...failures, attempt]);
      failures = [];
    }
    close();
  }
  return retries;
}

function further(told: number, attempts: readonly Attempt[]): number {
  return attempts.reduce((most, { attempt = 1 }) => Math.max(most, attempt - 1), told);
}
