import type { ServiceActivity } from '../../shared/contract/services';
import type { LogRecord, TraceSummary } from '../../shared/contract/telemetry';

/** Unix milliseconds of what is made here. */
export const someTime = 1_786_000_000_000;

/** A trace of three spans of a shop without errors, its id of one letter; `at` milliseconds after `someTime`. */
export function makeSummary(letter: string, fields: Partial<TraceSummary> = {}, at = 0): TraceSummary {
  return {
    traceId: letter.repeat(32),
    rootService: 'shop',
    rootName: `GET /${letter}`,
    startNs: `${someTime + at}000000`,
    durationNs: 5_000_000,
    spanCount: 3,
    errorCount: 0,
    services: [{ name: 'shop', spans: 3, errors: 0 }],
    ...fields,
  };
}

/** A line of a shop; `at` milliseconds after `someTime`. */
export function makeLine(line: string, fields: Partial<LogRecord> = {}, at = 0): LogRecord {
  return {
    timeNs: `${someTime + at}000000`,
    line,
    level: 'info',
    service: 'shop',
    labels: { service_name: 'shop', host_name: 'dev-1' },
    ...fields,
  };
}

/** A service that has sent nothing of late. */
export function makeActivity(name: string, fields: Partial<ServiceActivity> = {}): ServiceActivity {
  return {
    name,
    spans: 0,
    errorSpans: 0,
    requests: 0,
    failedRequests: 0,
    p50Ns: null,
    p95Ns: null,
    p99Ns: null,
    longestNs: null,
    logs: 0,
    errorLogs: 0,
    metrics: false,
    rates: [],
    failures: [],
    ...fields,
  };
}
