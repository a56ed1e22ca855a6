import type { Delivery } from '../../shared/contract/destinations';
import type { Problem } from '../../shared/problem';
import { explainTestStatus } from './explain-test-status';
import type { StoredDestination } from './stored-destination';

/**
 * What is wrong with a destination that does not take what is sent. `destination-key-refused`: another key is needed;
 * `destination-failing`: anything else.
 */
export function explainFailing(
  { kind, name }: Pick<StoredDestination, 'kind' | 'name'>,
  { lastError }: Pick<Delivery, 'lastError'>,
): Problem {
  const { message: reason = 'the reason is not known', status = null, lost = false } = lastError ?? {};
  const hint = status === null || isSuccess(status) ? undefined : explainTestStatus(kind, status).hint;
  const fate = lost
    ? 'What it refuses is not sent again; what the backend keeps is not affected.'
    : 'What waits is tried again by itself.';
  if (status === 401 || status === 403) {
    return {
      kind: 'destination-key-refused',
      message: `${name} refuses the key: ${withStop(reason)}`,
      hint: `Replace the key. ${hint} ${fate}`,
    };
  }
  return {
    kind: 'destination-failing',
    message: `${name} does not take what is sent: ${withStop(reason)}`,
    hint: `${hint ? `${hint} ` : ''}${fate}`,
  };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function withStop(sentence: string): string {
  return /[.!?…"]$/.test(sentence) ? sentence : `${sentence}.`;
}
