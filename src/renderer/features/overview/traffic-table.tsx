import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatDuration } from '../../client/format-duration';
import { formatRate } from '../../client/format-number';
import { classNames } from '../../ui/class-names';
import { HealthMark } from '../../ui/health-mark';
import { Section } from '../../ui/section';
import { ServiceDot } from '../../ui/service-dot';
import { Table, Td, Th } from '../../ui/table';
import { fetchTraffic, type ServiceTraffic } from './fetch-traffic';

const everyMs = 5000;

/**
 * The reader's own services: calls, errors and latency, from the metrics derived from their spans. While it is `quiet`,
 * that is nothing arrives, and none is shown, it does not ask again.
 */
export function TrafficTable({ quiet }: { quiet: boolean }) {
  const traffic = useQuery({
    queryKey: ['traffic'],
    queryFn: ({ signal }) => fetchTraffic(signal),
    refetchInterval: ({ state }) => (quiet && !state.data?.length ? false : everyMs),
  });
  if (!traffic.data || traffic.data.length === 0) return null;
  return (
    <Section title="Your services" aside={<span className="text-xs text-muted">last 5 minutes</span>}>
      <Table>
        <thead>
          <tr>
            <Th>Service</Th>
            <Th className="text-right">Spans/s</Th>
            <Th className="text-right">Errors</Th>
            <Th className="text-right">p95</Th>
            <Th className="w-24" aria-label="Go to" />
          </tr>
        </thead>
        <tbody>
          {traffic.data.map((row) => (
            <Row key={row.service} row={row} />
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function Row({ row }: { row: ServiceTraffic }) {
  const failing = row.errorShare > 0;
  return (
    <tr className="last:[&>td]:border-0">
      <Td className="font-medium">
        <ServiceDot service={row.service} />
      </Td>
      <Td className="text-right">{formatRate(row.rate)}</Td>
      <Td className={classNames('text-right', failing ? 'text-bad' : 'text-muted')}>
        <span className="inline-flex items-center gap-1.5">
          {failing && <HealthMark health="bad" size={9} label="Errors" />}
          {failing ? `${(row.errorShare * 100).toFixed(row.errorShare < 0.1 ? 1 : 0)} %` : 'none'}
        </span>
      </Td>
      <Td className="text-right">{Number.isFinite(row.p95) ? formatDuration(row.p95 * 1e9) : '–'}</Td>
      <Td className="text-right text-xs whitespace-nowrap">
        <Link
          to="/traces"
          search={{ q: `{ resource.service.name = ${JSON.stringify(row.service)} }` }}
          className="text-accent underline-offset-2 hover:underline"
        >
          traces
        </Link>
        <span className="text-faint"> · </span>
        <Link to="/logs" search={{ service: row.service }} className="text-accent underline-offset-2 hover:underline">
          logs
        </Link>
      </Td>
    </tr>
  );
}
