import { formatAgo } from '../../../shared/format-ago';
import type { Health } from '../../ui/marks/health-mark';

/** The last that came of a service, Unix milliseconds; null where nothing has. */
interface Seen {
  span: number | null;
  log: number | null;
}

/** Older than this, what came does not show that the service is connected now. */
const recentMs = 15 * 60_000;

interface Connection {
  health: Health;
  /** Stands behind the name of the service. */
  text: string;
  connected: boolean;
  note: string;
}

const startIt =
  'Set the environment, start your app, do one thing with it. SDKs send every few seconds, so give it five.';

/** How a service stands: `seen` is undefined until it is known. */
export function describeConnection(seen: Seen | undefined, now: number): Connection {
  if (!seen) return { health: 'busy', text: 'is looked for', connected: false, note: '' };
  const { span, log } = seen;
  if (span !== null && now - span <= recentMs) {
    return { health: 'ok', text: 'is connected', connected: true, note: '' };
  }
  if (span !== null) {
    const note = 'It is known here, and sends nothing now. Start it, and do one thing with it.';
    return { health: 'waiting', text: `sent its last span ${formatAgo(span, now)}`, connected: false, note };
  }
  if (log !== null) {
    const note = `Its last line came ${formatAgo(log, now)}. For traces, its SDK needs instrumentation: see the steps.`;
    return { health: 'ok', text: 'sends logs, and no spans yet', connected: true, note };
  }
  return { health: 'waiting', text: 'has sent nothing yet', connected: false, note: startIt };
}
