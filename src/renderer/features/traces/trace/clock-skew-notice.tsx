import { Clock } from 'lucide-react';
import { describeClockSkew } from '../../../../shared/trace/describe-clock-skew';
import type { ClockSkew } from '../../../../shared/trace/find-clock-skew';

const mostShown = 3;

/** Says which clocks of the trace do not agree; nothing where all do. */
export function ClockSkewNotice({ skews }: { skews: readonly ClockSkew[] }) {
  if (skews.length === 0) return null;
  return (
    <p
      role="note"
      className="flex shrink-0 items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-xs"
      title={skews.map(describeClockSkew).join('\n')}
    >
      <Clock size={13} className="shrink-0 text-warn" aria-hidden />
      <span className="min-w-0 truncate">
        {skews.slice(0, mostShown).map(describeClockSkew).join(' · ')}
        {skews.length > mostShown && ` · ${skews.length - mostShown} more`}. Times are shown as they were sent.
      </span>
    </p>
  );
}
