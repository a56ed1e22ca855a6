import { MAX_REQUEST_BYTES } from '../request/request-limits';

/** Why a body is not taken, before it is known what it holds. */
export interface BodyFailure {
  readonly kind: 'too-large' | 'unknown-encoding' | 'corrupt' | 'no-room' | 'aborted';
  readonly message: string;
}

/** A body, or why there is none. */
export type Body = Uint8Array | BodyFailure;

export const TOO_LARGE: BodyFailure = {
  kind: 'too-large',
  message: `the request is larger than ${MAX_REQUEST_BYTES} bytes, uncompressed; send smaller batches`,
};
export const NO_ROOM: BodyFailure = { kind: 'no-room', message: 'too many large requests at once' };
export const ABORTED: BodyFailure = { kind: 'aborted', message: 'the sender went away' };

export function corrupt(encoding: string): BodyFailure {
  return { kind: 'corrupt', message: `the body is not ${encoding}, as its encoding says` };
}
