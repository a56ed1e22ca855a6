/** `bad-data`: the query is wrong. `unsupported`: valid PromQL that this engine does not run. The others happen while it runs. */
type PromqlErrorKind = 'bad-data' | 'unsupported' | 'execution' | 'timeout' | 'canceled';

export interface PromqlError {
  readonly kind: PromqlErrorKind;
  /** Prometheus' own text where it has one, with `line:column: parse error:` in front for errors of the text. */
  readonly message: string;
  /** Offset into the query's text, in UTF-16 units. */
  readonly position?: number;
}

/** Carries a `PromqlError` out of the depth of an evaluation; entry points turn it into a value. */
export class PromqlFailure extends Error {
  constructor(readonly error: PromqlError) {
    super(error.message);
  }
}

export function failExecution(message: string): never {
  throw new PromqlFailure({ kind: 'execution', message });
}

export function failUnsupported(construct: string, position?: number): never {
  const message = `${construct}: not in the embedded engine: use the docker backend`;
  throw new PromqlFailure({ kind: 'unsupported', message, position });
}

/** For what a Prometheus as it comes refuses as well, and the one of the docker backend with it. */
export function failExperimental(construct: string, position?: number): never {
  const message = `${construct}: experimental, not in the embedded engine and not enabled in a default Prometheus either`;
  throw new PromqlFailure({ kind: 'unsupported', message, position });
}

/**
 * Runs `work` and returns its value, or the error it failed with; once `signal` aborts, whatever fails does so because of it.
 * Anything else it throws is a bug and passes through.
 */
export async function catchFailure<T>(
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T | { error: PromqlError }> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof PromqlFailure) return { error: thrown.error };
    if (signal?.aborted) return { error: endedBy(signal) };
    throw thrown;
  }
}

/** A reason named `TimeoutError`, as of `AbortSignal.timeout`, makes it a timeout. */
function endedBy({ reason }: AbortSignal): PromqlError {
  return reason instanceof Error && reason.name === 'TimeoutError'
    ? { kind: 'timeout', message: 'query timed out in expression evaluation' }
    : { kind: 'canceled', message: 'query was canceled in expression evaluation' };
}
