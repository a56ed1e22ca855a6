import type { ServiceActivity } from '../../../shared/contract/services';
import { formatDuration } from '../../../shared/format-duration';
import { formatCount } from '../../client/format-number';
import { formatPace } from '../../client/format-pace';
import { servicesWindowMs } from '../../client/use-services';
import { classNames } from '../../ui/class-names';
import { Td } from '../../ui/layout/table';
import { describeErrorShare } from '../../ui/marks/describe-error-share';
import { HealthMark } from '../../ui/marks/health-mark';
import { ServiceDot } from '../../ui/marks/service-dot';
import { ServiceLinks } from './service-links';

const tones = { bad: 'text-bad', warn: 'text-warn' } as Record<string, string>;

/** One service that sends: how much, how much of it fails, how long it takes. */
export function ActiveServiceRow({ service }: { service: ServiceActivity }) {
  const { name, spans, errorSpans, p95Ns, longestNs, logs, errorLogs, metrics } = service;
  const onlyMetrics = spans === 0 && logs === 0 && metrics;
  return (
    <tr className="last:[&>td]:border-0">
      <Td className="w-full max-w-0 min-w-36 font-medium">
        <ServiceDot service={name} className="max-w-full" />
      </Td>
      <Td className="text-right whitespace-nowrap" title={`${formatCount(spans)} spans`}>
        {spans > 0 ? (
          formatPace(spans, servicesWindowMs)
        ) : (
          <span className="text-faint">{onlyMetrics ? 'metrics only' : '–'}</span>
        )}
      </Td>
      <Td className="text-right whitespace-nowrap">
        <Errors spans={spans} errorSpans={errorSpans} errorLogs={errorLogs} />
      </Td>
      <Td
        className="text-right whitespace-nowrap"
        title={longestNs === null ? undefined : `longest ${formatDuration(longestNs)}`}
      >
        {p95Ns === null ? <span className="text-faint">–</span> : formatDuration(p95Ns)}
      </Td>
      <Td className="text-right whitespace-nowrap" title={`${formatCount(logs)} lines`}>
        {logs > 0 ? formatPace(logs, servicesWindowMs) : <span className="text-faint">–</span>}
      </Td>
      <Td className="text-right">
        <ServiceLinks service={name} traces={spans > 0} logs={logs > 0} />
      </Td>
    </tr>
  );
}

/** Of its spans; of its lines where it sends no spans. */
function Errors({ spans, errorSpans, errorLogs }: Pick<ServiceActivity, 'spans' | 'errorSpans' | 'errorLogs'>) {
  if (spans === 0 && errorLogs === 0) return <span className="text-faint">–</span>;
  const { health, text } = spans > 0 ? describeErrorShare(errorSpans / spans) : { health: 'warn' as const, text: '' };
  const counts = `${formatCount(errorSpans)} of ${formatCount(spans)} spans, ${formatCount(errorLogs)} log lines of error or worse`;
  return (
    <span title={counts} className={classNames('inline-flex items-center gap-1.5', tones[health] ?? 'text-muted')}>
      {health !== 'off' && <HealthMark health={health} size={9} />}
      {spans > 0 ? text : errorLogs === 1 ? '1 line' : `${formatCount(errorLogs)} lines`}
    </span>
  );
}
