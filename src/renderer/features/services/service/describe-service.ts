import type { ServiceActivity } from '../../../../shared/contract/services';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatPace } from '../../../client/format-pace';
import { type Measured, spansOfService } from './spans-of-service';

/** A service in a few lines for an agent, with the query that its traces are found by; `counted`: whether its lines were. */
export function describeService(
  activity: ServiceActivity,
  measured: Measured,
  window: TimeWindow,
  counted: boolean,
): string {
  const { name, requests, failedRequests, spans, errorSpans, p50Ns, p95Ns, p99Ns, logs, errorLogs } = activity;
  const [count, failed] = measured === 'requests' ? [requests, failedRequests] : [spans, errorSpans];
  const time = (ns: number | null) => (ns === null ? 'not known' : formatDuration(ns));
  return [
    `Service ${showPlainText(name)}, ${new Date(window.from).toISOString()} to ${new Date(window.to).toISOString()}:`,
    `- ${count} ${measured} (${formatPace(count, window.to - window.from)}), ${failed} failed`,
    `- p50 ${time(p50Ns)}, p95 ${time(p95Ns)}, p99 ${time(p99Ns)}`,
    counted ? `- ${logs} log lines, ${errorLogs} of error or worse` : '- its log lines were not counted',
    `- its failed spans, TraceQL: ${spansOfService(name, 'spans', 'status = error')}`,
  ].join('\n');
}
