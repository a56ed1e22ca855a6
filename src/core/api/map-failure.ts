import { ORPCError } from '@orpc/server';
import { BackendFailure } from '../telemetry/request/backend-failure';

/** The contract's error for a backend's failure; anything else passes as it is. The one place where they meet. */
export function mapFailure(error: unknown): unknown {
  if (!(error instanceof BackendFailure)) return error;
  const { kind, message, position } = error;
  if (kind === 'refused') {
    return new ORPCError('QUERY', {
      status: 400,
      message,
      data: { message, ...(position !== undefined && { position }) },
    });
  }
  const hint = error.hint ?? 'The overview shows which service is down; `watchtower doctor` says why.';
  return new ORPCError('UNAVAILABLE', { status: 503, message, data: { message, hint } });
}

/** A feed whose failures are the contract's as well: they come after the call itself was answered. */
export async function* mapFeedFailures<Item>(feed: AsyncGenerator<Item>): AsyncGenerator<Item> {
  try {
    yield* feed;
  } catch (error) {
    throw mapFailure(error);
  }
}
