import { classNames } from '../class-names';

export type Health = 'ok' | 'busy' | 'waiting' | 'warn' | 'bad' | 'off';

const colours: Record<Health, string> = {
  ok: 'text-ok',
  busy: 'text-accent',
  waiting: 'text-accent',
  warn: 'text-warn',
  bad: 'text-bad',
  off: 'text-faint',
};

/**
 * Health as a colour AND a shape: disc, turning ring with a gap, dotted ring, triangle, square on its corner, dash. Only
 * `busy` moves, for it ends soon: a mark that turns for hours costs a tenth of a core where no GPU draws.
 */
export function HealthMark({ health, label, size = 12 }: { health: Health; label?: string; size?: number }) {
  return (
    <svg
      viewBox="0 0 12 12"
      width={size}
      height={size}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={classNames('shrink-0', colours[health], health === 'busy' && 'animate-spin')}
    >
      {health === 'ok' && <circle cx="6" cy="6" r="4.5" fill="currentColor" />}
      {health === 'busy' && (
        <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="19 8" />
      )}
      {health === 'waiting' && (
        <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="1.8 2.65" />
      )}
      {health === 'warn' && <path d="M6 1 11.5 11H.5Z" fill="currentColor" />}
      {health === 'bad' && <path d="M6 .5 11.5 6 6 11.5.5 6Z" fill="currentColor" />}
      {health === 'off' && <path d="M2 6h8" stroke="currentColor" strokeWidth="2" />}
    </svg>
  );
}
