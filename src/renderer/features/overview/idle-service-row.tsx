import { useQuery } from '@tanstack/react-query';
import { formatAgo } from '../../../shared/format-ago';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { nanosToMillis } from '../../client/format-time';
import { useNow } from '../../client/use-now';
import { ServiceLink } from '../../page/service-link';
import { Td } from '../../ui/layout/table';
import { ServiceDot } from '../../ui/marks/service-dot';
import { ServiceLinks } from './service-links';

const lookBackMs = 7 * 24 * 3_600_000;
const staleMs = 5 * 60_000;

/** A service that sends nothing now: dimmed, with the time of its last span or line. */
export function IdleServiceRow({ service }: { service: string }) {
  const now = useNow(30_000);
  const seen = useQuery({
    queryKey: ['last-seen', service],
    queryFn: ({ signal }) => findLastSeen(service, signal),
    staleTime: staleMs,
  });
  return (
    <tr className="text-faint last:[&>td]:border-0">
      <Td className="w-full max-w-0 min-w-36">
        <ServiceLink service={service} className="block truncate hover:underline">
          <ServiceDot service={service} cut="middle" className="max-w-full" />
        </ServiceLink>
      </Td>
      <Td colSpan={7} className="text-right text-xs">
        {seen.data && `last seen ${formatAgo(seen.data.at, now)}`}
        {seen.data === null && 'silent for more than a week'}
        {seen.isError && seen.data === undefined && (
          <span title={describeError(seen.error).message}>when it was seen last is not known</span>
        )}
      </Td>
      <Td className="text-right">
        {seen.data && <ServiceLinks service={service} traces={seen.data.traces} logs={seen.data.logs} />}
      </Td>
    </tr>
  );
}

/** Unix milliseconds of the last span or line, and which of them there are. */
async function findLastSeen(service: string, signal: AbortSignal) {
  const to = Date.now();
  const window = { from: to - lookBackMs, to };
  const name = JSON.stringify(service);
  const [{ traces }, { records }] = await Promise.all([
    client.traces.search({ query: `{ resource.service.name = ${name} }`, window, limit: 1 }, { signal }),
    client.logs.query({ query: `{service_name=${name}}`, window, limit: 1, direction: 'backward' }, { signal }),
  ]);
  const times = [traces[0]?.startNs, records[0]?.timeNs].filter((time) => time !== undefined).map(nanosToMillis);
  return times.length > 0 ? { at: Math.max(...times), traces: traces.length > 0, logs: records.length > 0 } : null;
}
