import type { ServiceActivity } from '../../../shared/contract/services';
import { formatDuration } from '../../../shared/format-duration';
import { formatCount } from '../../client/format-number';
import { formatPace } from '../../client/format-pace';
import { servicesParts, servicesWindowMs } from '../../client/use-services';
import { ServiceLink } from '../../page/service-link';
import { classNames } from '../../ui/class-names';
import { Td } from '../../ui/layout/table';
import { describeErrorShare } from '../../ui/marks/describe-error-share';
import { HealthMark } from '../../ui/marks/health-mark';
import { ServiceDot } from '../../ui/marks/service-dot';
import { Sparkline } from '../../ui/marks/sparkline';
import { ServiceLinks } from './service-links';

const tones = { bad: 'text-bad', warn: 'text-warn' } as Record<string, string>;

/** One service that sends: how much, how much of it fails, how long it takes. */
export function ActiveServiceRow({ service }: { service: ServiceActivity }) {
  const { name, spans, errorSpans, requests, failedRequests, p50Ns, p95Ns, p99Ns, longestNs, logs, metrics, rates } =
    service;
  const onlyMetrics = spans === 0 && logs === 0 && metrics;
  const [count, failed, what] =
    requests > 0 ? ([requests, failedRequests, 'requests'] as const) : ([spans, errorSpans, 'spans'] as const);
  return (
    <tr className="hover:bg-hover last:[&>td]:border-0">
      <Td className="w-full max-w-0 min-w-36 font-medium">
        <ServiceLink service={name} className="block truncate hover:underline">
          <ServiceDot service={name} cut="middle" className="max-w-full" />
        </ServiceLink>
      </Td>
      <Td className="w-28 min-w-28 py-0">
        {rates.length > 0 && count > 0 && (
          <Sparkline
            values={rates}
            slots={servicesParts}
            width={104}
            height={22}
            colour={failed / count >= 0.05 ? 'var(--color-bad)' : 'var(--color-accent)'}
            label={`${what} of ${name} over the last ${servicesWindowMs / 60_000} minutes`}
          />
        )}
      </Td>
      <Td className="text-right whitespace-nowrap" title={`${formatCount(count)} ${what}`}>
        {count > 0 ? (
          formatPace(count, servicesWindowMs)
        ) : (
          <span className="text-faint">{onlyMetrics ? 'metrics only' : '–'}</span>
        )}
      </Td>
      <Td className="text-right whitespace-nowrap">
        <Errors count={count} failed={failed} what={what} errorLogs={service.errorLogs} />
      </Td>
      {[p50Ns, p95Ns, p99Ns].map((ns, index) => (
        <Td
          // biome-ignore lint/suspicious/noArrayIndexKey: three columns that stay
          key={index}
          className="text-right whitespace-nowrap"
          title={longestNs === null || index !== 1 ? undefined : `longest ${formatDuration(longestNs)}`}
        >
          {ns === null ? <span className="text-faint">–</span> : formatDuration(ns)}
        </Td>
      ))}
      <Td className="text-right whitespace-nowrap" title={`${formatCount(logs)} lines`}>
        {logs > 0 ? formatPace(logs, servicesWindowMs) : <span className="text-faint">–</span>}
      </Td>
      <Td className="text-right">
        <ServiceLinks service={name} traces={spans > 0} logs={logs > 0} />
      </Td>
    </tr>
  );
}

interface ErrorsProps {
  count: number;
  failed: number;
  what: 'requests' | 'spans';
  errorLogs: number;
}

/** Of its requests, or spans; of its lines where it sends neither. */
function Errors({ count, failed, what, errorLogs }: ErrorsProps) {
  if (count === 0 && errorLogs === 0) return <span className="text-faint">–</span>;
  const { health, text } = count > 0 ? describeErrorShare(failed / count) : { health: 'warn' as const, text: '' };
  const counts = `${formatCount(failed)} of ${formatCount(count)} ${what}, ${formatCount(errorLogs)} log lines of error or worse`;
  return (
    <span title={counts} className={classNames('inline-flex items-center gap-1.5', tones[health] ?? 'text-muted')}>
      {health !== 'off' && <HealthMark health={health} size={9} />}
      {count > 0 ? text : errorLogs === 1 ? '1 line' : `${formatCount(errorLogs)} lines`}
    </span>
  );
}
