import type { HostStatus } from '../../../shared/contract/host';
import { showPlainText } from '../../../shared/show-plain-text';
import { formatCount } from '../../client/format-number';
import { Section } from '../../ui/layout/section';
import { Ago } from '../../ui/marks/ago';
import { HealthMark } from '../../ui/marks/health-mark';

const NAMES = {
  spans: ['span', 'spans'],
  logs: ['log record', 'log records'],
  points: ['point', 'points'],
  requests: ['request', 'requests'],
} as const;

/** Why items were refused, left out or kept otherwise than they came, and what to send instead; nothing where none were. */
export function RejectionList({ ingest }: { ingest: HostStatus['ingest'] }) {
  const { rejected, leftOut, rejections } = ingest;
  if (rejections.length === 0) return null;
  const lost = rejected.spans + rejected.logs + rejected.points;
  const requests = rejections.reduce((sum, { items, count }) => (items === 'requests' ? sum + count : sum), 0);
  const counts = [
    ...(requests > 0 ? [`${formatCount(requests)} ${NAMES.requests[requests === 1 ? 0 : 1]} refused`] : []),
    ...(lost > 0 ? [`${formatCount(lost)} rejected`] : []),
    ...(leftOut > 0 ? [`${formatCount(leftOut)} left out`] : []),
  ];
  return (
    <Section
      title="Not kept as sent"
      aside={<span className="text-xs text-muted tabular">{counts.join(' · ') || 'warnings'}</span>}
    >
      <ul className="max-h-64 divide-y divide-line overflow-y-auto" aria-label="Rejected telemetry">
        {rejections.map(({ items, reason, count, lost: isLost, metric, service, at }) => (
          <li key={`${items} ${reason} ${metric} ${service}`} className="grid gap-0.5 px-3 py-2 text-xs">
            <p className="flex min-w-0 items-baseline gap-1.5">
              <HealthMark health={isLost ? 'bad' : 'warn'} size={9} />
              <span className="shrink-0 font-semibold tabular">
                {formatCount(count)} {NAMES[items][count === 1 ? 0 : 1]}
              </span>
              {metric !== '' && (
                <span className="truncate font-mono" title={showPlainText(metric)}>
                  {showPlainText(metric)}
                </span>
              )}
              {service !== '' && (
                <span className="truncate text-muted" title={showPlainText(service)}>
                  {showPlainText(service)}
                </span>
              )}
              <span className="ml-auto shrink-0 text-muted tabular">
                <Ago at={at} />
              </span>
            </p>
            <p className="text-muted">{showPlainText(reason)}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
