import type { Problem } from '../../../shared/problem';
import type { BackendFailure } from '../../telemetry/request/backend-failure';

/** Why an API does not answer as it should. */
export function explainApi({ message, hint, status, untrusted }: BackendFailure): Problem {
  const kind = untrusted
    ? 'external-untrusted'
    : status === 401 || status === 403 || status === 407
      ? 'external-refused'
      : status === undefined || status >= 500 || status === 429
        ? 'external-unreachable'
        : 'external-not-api';
  return { kind, message, ...(hint && { hint }) };
}
