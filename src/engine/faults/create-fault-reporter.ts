import type { EngineMessage } from '../../shared/engine-messages';
import { describeFault } from './describe-fault';
import type { ReportFault } from './report-fault';

type LogMessage = Extract<EngineMessage, { type: 'log' }>;

/** A client that asks again and again would push everything else out of a log of bounded size. */
const FOLD_MS = 60_000;
const MAX_FAULTS = 200;

/** Sends each fault once a minute; what came in between is counted in the next one. */
export function createFaultReporter(
  thread: LogMessage['thread'],
  send: (message: LogMessage) => void,
  now: () => number = Date.now,
): ReportFault {
  const known = new Map<string, { toldAt: number; folded: number }>();
  return (where, error) => {
    const { message, stack } = describeFault(error);
    const key = `${where}\n${stack || message}`;
    const earlier = known.get(key);
    if (earlier && now() - earlier.toldAt < FOLD_MS) {
      earlier.folded += 1;
      return;
    }
    if (known.size >= MAX_FAULTS) known.clear();
    known.set(key, { toldAt: now(), folded: 0 });
    send({ type: 'log', thread, where, message, stack, repeated: earlier?.folded ?? 0 });
  };
}
