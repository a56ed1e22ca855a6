import type { ErrorOccurrence } from '../../../../shared/contract/errors';
import { everyLogLine } from '../../../../shared/requests/every-log-line';
import type { LogsSearch } from '../../../page/page-search';

const aroundMs = 5 * 60_000;

/** For the page of logs: the lines of its trace, or of no trace those of its service at that time. */
export function logsOfOccurrence({
  traceId,
  service,
  at,
  source,
  timeNs,
}: Pick<ErrorOccurrence, 'traceId' | 'service' | 'at' | 'source' | 'timeNs'>): LogsSearch {
  return {
    q:
      traceId === ''
        ? `{service_name=${JSON.stringify(service)}}`
        : `${everyLogLine} | trace_id=${JSON.stringify(traceId)}`,
    from: Math.floor(at - aroundMs),
    to: Math.ceil(at + aroundMs),
    ...(source === 'log' && { line: `t${timeNs}` }),
  };
}
