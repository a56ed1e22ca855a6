import type { Destination } from '../../shared/contract/destinations';
import { formatBytes } from '../../shared/format-bytes';
import { paint, printable, printableName, type Terminal } from '../terminal';

const colours = { off: 'dim', waiting: 'yellow', sending: 'green', failing: 'red' } as const;

/** One destination in one to three lines: what it is, what went there, what went wrong. */
export function describeDelivery(destination: Destination, terminal: Terminal): string {
  const { delivery } = destination;
  const state = paint(terminal, colours[delivery.state], delivery.state);
  const lines = [`${printableName(destination.name)}  ${state}  ${printable(destination.endpoint)}`];
  const { sent, dropped, bytes, queued } = delivery;
  if (destination.enabled) {
    const size = bytes === null ? '' : ` (${formatBytes(bytes)})`;
    const lost = dropped.spans + dropped.logs + dropped.points;
    const waits = queued > 0 ? `, ${queued} ${delivery.queueUnit} waiting` : '';
    const dropNote = lost > 0 ? paint(terminal, 'red', `, ${lost} items dropped`) : '';
    lines.push(`  sent ${sent.spans} spans, ${sent.logs} logs, ${sent.points} points${size}${waits}${dropNote}`);
  }
  const { problem } = destination;
  if (problem) lines.push(`  ${printable(problem.message)} ${printable(problem.hint ?? '')}`);
  if (problem?.kind === 'destination-key-refused')
    lines.push(`  Give the new one with: watchtower destination key ${destination.id}`);
  return lines.join('\n');
}
