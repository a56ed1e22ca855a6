import { formatDollars } from '../../../../shared/format-dollars';
import { formatShort } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import type { UsageSlot } from './usage-over-time';

const height = 96;
const parts = [
  { name: 'cached', label: 'from a cache', colour: 'var(--color-service-6)' },
  { name: 'read', label: 'read', colour: 'var(--color-service-0)' },
  { name: 'written', label: 'written', colour: 'var(--color-service-2)' },
] as const;

/** Tokens over the time of a session as stacked bars, with what they cost on hover. */
export function UsageChart({ slots }: { slots: readonly UsageSlot[] }) {
  const sums = slots.map(({ read, cached, written }) => read + cached + written);
  const top = Math.max(1, ...sums);
  const first = slots[0]?.at ?? 0;
  const last = slots.at(-1)?.at ?? first;
  return (
    <figure className="p-3">
      <div className="flex items-end gap-px" style={{ height }} role="img" aria-label="Tokens over time">
        {slots.map((slot, index) => (
          <div
            key={slot.at}
            className="flex h-full min-w-0 flex-1 flex-col justify-end hover:bg-hover"
            title={`${formatDateTime(slot.at)}\n${formatShort(sums[index]!)} tokens, ${formatDollars(slot.usd)}`}
          >
            {parts.map(({ name, colour }) => (
              <div key={name} style={{ height: `${(slot[name] / top) * 100}%`, background: colour }} />
            ))}
          </div>
        ))}
      </div>
      <div className="mt-1 flex justify-between text-2xs text-muted tabular">
        <span>{formatDateTime(first)}</span>
        <span>most at once {formatShort(top)} tokens</span>
        <span>{formatDateTime(last)}</span>
      </div>
      <figcaption className="mt-1 flex gap-4 text-xs text-muted">
        {parts.map(({ name, label, colour }) => (
          <span key={name} className="flex items-center gap-1.5">
            <span className="size-2.5 rounded-xs" style={{ background: colour }} aria-hidden />
            {label}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
