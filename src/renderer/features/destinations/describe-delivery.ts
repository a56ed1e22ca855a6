import type { Destination } from '../../../shared/contract/destinations';
import type { KeptAt } from '../../../shared/contract/host';
import { withoutCopies } from '../../../shared/without-copies';
import { formatCount } from '../../client/format-number';
import type { Health } from '../../ui/marks/health-mark';

const looks: Record<Destination['delivery']['state'], { word: string; health: Health }> = {
  off: { word: 'Off', health: 'off' },
  waiting: { word: 'On', health: 'busy' },
  sending: { word: 'Sending', health: 'ok' },
  failing: { word: 'Failing', health: 'bad' },
};

/** State of one destination in a word, with its mark and a sentence. */
export function describeDelivery({ enabled, delivery }: Pick<Destination, 'enabled' | 'delivery'>): {
  word: string;
  health: Health;
  sentence: string;
} {
  if (!enabled) return { ...looks.off, sentence: 'Nothing is sent to it' };
  if (delivery.state === 'off') {
    return { word: 'On', health: 'off', sentence: 'The backend does not run: nothing is sent' };
  }
  const lost = delivery.lastError?.lost ?? false;
  const sentences = {
    waiting: 'Sends as soon as telemetry arrives',
    sending: 'A copy of what arrives goes there',
    failing: lost
      ? 'It refuses what is sent: that is not sent again'
      : 'The last try failed; what waits is tried again',
  };
  return { ...looks[delivery.state], sentence: sentences[delivery.state] };
}

/** `1,204 spans, 3 log lines`; what is zero is left out. */
export function describeItems(items: Destination['delivery']['sent']): string {
  const parts = [
    items.spans > 0 && `${formatCount(items.spans)} ${items.spans === 1 ? 'span' : 'spans'}`,
    items.logs > 0 && `${formatCount(items.logs)} log ${items.logs === 1 ? 'line' : 'lines'}`,
    items.points > 0 && `${formatCount(items.points)} metric ${items.points === 1 ? 'point' : 'points'}`,
  ];
  return parts.filter(Boolean).join(', ') || 'nothing';
}

/** Where a copy goes and whether anything leaves this machine, in one line, and what that means for what is kept. */
export function describeSending(
  destinations: readonly Pick<Destination, 'enabled' | 'name' | 'delivery'>[],
  keptAt: KeptAt,
): {
  title: string;
  note: string;
  health: Health;
} {
  const on = destinations.filter(({ enabled }) => enabled);
  const failing = on.filter(({ delivery }) => delivery.state === 'failing').length;
  if (on.length === 0) return { ...withoutCopies(keptAt), health: 'off' };
  const note = `Everything is kept ${keptAt.where} as well. A destination that fails slows nothing down.`;
  const [only] = on.length === 1 ? on : [];
  if (only && failing > 0) return { title: `The copy to ${only.name} fails`, note, health: 'bad' };
  const title = only ? `A copy goes to ${only.name}` : `A copy goes to ${on.length} destinations`;
  if (failing > 0)
    return { title: `${title}, ${failing === on.length ? 'all' : failing} failing`, note, health: 'bad' };
  return { title, note, health: on.some(({ delivery }) => delivery.state === 'sending') ? 'ok' : 'busy' };
}
