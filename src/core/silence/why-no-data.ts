import { distance } from 'fastest-levenshtein';
import { formatAgo } from '../../shared/format-ago';
import type { Cause, Receiver, ReceiverStatus, Sender } from './cause';
import { atTheReceiver } from './causes/at-the-receiver';
import { notInstrumented } from './causes/not-instrumented';
import { notYet } from './causes/not-yet';
import { sentElsewhere } from './causes/sent-elsewhere';
import { switchedOff } from './causes/switched-off';

export interface SilenceFacts {
  /** Null where no host runs. */
  status: ReceiverStatus | null;
  /** Who listens on the usual ports of OTLP, where no host runs. */
  holders: readonly { port: number; name: string }[];
  receiver: Receiver;
  senders: readonly Sender[];
  /** The last run, whose program exported nothing: why, and what mends it. */
  ended?: { run: string; sentence: string; mend: string };
  /** That is looked for, and those that sent lately. */
  service: string | undefined;
  heard: readonly string[];
  now: number;
}

export interface Silence {
  /** What arrives, in one sentence; null where nothing does. */
  arriving: string | null;
  /** The likeliest first. */
  causes: Cause[];
}

/** Why nothing arrives, from all that is known. Each cause once. */
export async function whyNoData(facts: SilenceFacts): Promise<Silence> {
  const { status, senders, receiver, now } = facts;
  const ofSenders = await Promise.all(
    senders.map(async (sender) => [
      ...switchedOff(sender),
      ...(await sentElsewhere(sender, receiver)),
      ...notYet(sender),
      ...notInstrumented(sender),
    ]),
  );
  const all = [
    ...(status ? atTheReceiver(status, now) : withoutHost(facts)),
    ...ofSenders.flat(),
    ...otherService(facts),
    ...endedEarly(facts),
  ];
  const causes = [...new Map(all.map((cause) => [cause.sentence, cause])).values()];
  // Of a sender that is named, its own mistakes come before what others did.
  const rank = ({ id, weight }: Cause) => (weight === 'likely' ? 2 : id === 'refused' && senders.length > 0 ? 1 : 0);
  return { arriving: sayArriving(facts), causes: causes.sort((a, b) => rank(a) - rank(b)) };
}

function withoutHost({ holders }: SilenceFacts): Cause[] {
  const held = holders.map(({ port, name }) => `${name} listens on ${port}`);
  const others =
    held.length > 0 ? `; ${held.join(' and ')} instead and gets what apps send` : ': nothing takes what apps send';
  return [
    { id: 'not-running', sentence: `Watchtower does not run${others}.`, mend: 'watchtower serve', weight: 'sure' },
  ];
}

function sayArriving({ status, heard, service, now }: SilenceFacts): string | null {
  if (!status || status.ingest.lastReceivedAt === null) return null;
  if (service !== undefined && !heard.includes(service)) return null;
  const from = heard.length > 0 ? `, of ${heard.slice(0, 5).join(', ')}` : '';
  return `Data arrives: the last item came ${formatAgo(status.ingest.lastReceivedAt, now)}${from}.`;
}

function endedEarly({ ended }: SilenceFacts): Cause[] {
  if (!ended) return [];
  const { run, sentence, mend } = ended;
  return [{ id: 'ended-early', sentence: `Of the last run, ${run}, nothing came: ${sentence}`, mend, weight: 'sure' }];
}

/** The service may send under another name. */
function otherService({ service, heard }: SilenceFacts): Cause[] {
  if (service === undefined || heard.includes(service) || heard.length === 0) return [];
  const unknown = heard.find((name) => name.startsWith('unknown_service'));
  const near = [...heard].sort((a, b) => distance(a, service) - distance(b, service))[0]!;
  const isNear = distance(near, service) <= Math.max(2, service.length / 3);
  if (!unknown && !isNear) return [];
  const other = unknown ?? near;
  const why = unknown ? 'an SDK that was given no name calls itself so' : 'it may be the same';
  return [
    {
      id: 'other-name',
      sentence: `Nothing came of ${service}, but of ${other}: ${why}.`,
      mend: `export OTEL_SERVICE_NAME=${service}`,
      weight: 'likely',
    },
  ];
}
