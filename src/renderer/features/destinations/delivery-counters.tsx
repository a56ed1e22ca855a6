import type { ReactNode } from 'react';
import type { Delivery } from '../../../shared/contract/destinations';
import { formatAgo } from '../../../shared/format-ago';
import { formatBytes } from '../../../shared/format-bytes';
import { formatCount, formatShort } from '../../client/format-number';
import { formatDateTime } from '../../client/format-time';
import { Meter } from '../../ui/marks/meter';
import { describeItems } from './describe-delivery';

/** What went, what waits, what was given up; since the sending was switched on. */
export function DeliveryCounters({ delivery, now }: { delivery: Delivery; now: number }) {
  const { sent, dropped, queued, queueUnit, queueCapacity, bytes, lastSentAt } = delivery;
  const lost = dropped.spans + dropped.logs + dropped.points;
  return (
    <dl className="grid grid-cols-3 gap-x-4 gap-y-2 min-[900px]:grid-cols-[repeat(3,auto)_minmax(9rem,1fr)_repeat(3,auto)]">
      <Counter name="Spans sent" value={sent.spans} />
      <Counter name="Log lines sent" value={sent.logs} />
      <Counter name="Points sent" value={sent.points} />
      <div>
        <dt className="sr-only">Waiting</dt>
        <dd>
          <Meter
            label="Waiting"
            share={queueCapacity > 0 ? queued / queueCapacity : 0}
            text={queued === 0 ? 'nothing' : `${formatCount(queued)} of ${formatShort(queueCapacity)} ${queueUnit}`}
          />
        </dd>
      </div>
      <Fact name="Given up">
        <span className={lost > 0 ? 'text-bad' : ''} title={lost > 0 ? describeItems(dropped) : undefined}>
          {formatShort(lost)}
        </span>
      </Fact>
      <Fact name="Bytes">{bytes === null ? <span title="Alloy does not count them">–</span> : formatBytes(bytes)}</Fact>
      <Fact name="Last sent">
        {lastSentAt === null ? 'never' : <span title={formatDateTime(lastSentAt)}>{formatAgo(lastSentAt, now)}</span>}
      </Fact>
    </dl>
  );
}

function Counter({ name, value }: { name: string; value: number }) {
  return (
    <Fact name={name}>
      <span title={formatCount(value)}>{formatShort(value)}</span>
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-16">
      <dt className="text-xs whitespace-nowrap text-muted">{name}</dt>
      <dd className="font-semibold whitespace-nowrap tabular">{children}</dd>
    </div>
  );
}
